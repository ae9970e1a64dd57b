"""Starts the web pages: `python -m web`."""

import uvicorn

from ebw.logs import configure_logs
from ebw.production import settings_to_serve_with
from web.app import make_app


def main() -> None:
    """Serve the pages."""
    chosen = settings_to_serve_with()
    configure_logs()
    uvicorn.run(
        make_app(chosen),
        host=chosen.host,
        port=chosen.web_port,
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=",".join(chosen.trusted_proxies),
    )


if __name__ == "__main__":
    main()
