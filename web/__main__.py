"""Starts the web pages: `python -m web`."""

import signal
import sys

import uvicorn

from ebw.logs import configure_logs
from ebw.operation import allow_many_connections
from ebw.production import settings_to_serve_with
from web.app import make_app
from web.patience import ImpatientProtocol


def main() -> None:
    """Serve the pages."""
    chosen = settings_to_serve_with()
    configure_logs()
    allow_many_connections()
    # When all is answered, uvicorn raises the signal again: that was no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    uvicorn.run(
        make_app(chosen),
        host=chosen.host,
        port=chosen.web_port,
        http=ImpatientProtocol,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=",".join(chosen.trusted_proxies),
    )


if __name__ == "__main__":
    main()
