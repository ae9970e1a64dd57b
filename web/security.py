"""The headers that tell a browser what a page of ours may do: next to nothing."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ebw.settings import Settings

ONE_YEAR_SECONDS = 31_536_000


class SecurityHeaders:
    """Adds the headers to every response that has not set them itself."""

    def __init__(self, app: ASGIApp, chosen: Settings) -> None:
        """Let the origins of the settings frame our pages; demand TLS when the address has it."""
        self._app = app
        self._headers = _headers(chosen)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers on the way back."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def content_security_policy(frame_ancestors: str) -> str:
    """Return the policy: only our own files, nothing inline, framed by `frame_ancestors` only."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {frame_ancestors}"
    )


def _headers(chosen: Settings) -> dict[str, str]:
    headers = {
        "Content-Security-Policy": content_security_policy(
            " ".join(["'self'", *sorted(chosen.web_origins)])
        ),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    if chosen.public_url.startswith("https:"):
        headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR_SECONDS}; includeSubDomains"
    return headers
