"""Starts the web pages: `python -m web`."""

import uvicorn

from ebw.settings import settings
from web.app import make_app


def main() -> None:
    """Serve the pages."""
    chosen = settings()
    uvicorn.run(
        make_app(chosen),
        host=chosen.host,
        port=chosen.web_port,
        log_level="warning",
        access_log=False,
        server_header=False,
        forwarded_allow_ips=",".join(chosen.trusted_proxies),
    )


if __name__ == "__main__":
    main()
