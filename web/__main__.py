"""Starts the web pages: `python -m web`."""

import uvicorn

from ebw.settings import settings
from web.app import app


def main() -> None:
    """Serve the pages."""
    chosen = settings()
    uvicorn.run(app, host=chosen.host, port=chosen.web_port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
