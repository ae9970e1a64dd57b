"""Starts the action server: `python -m bot.actions`."""

import logging

from bot.rasa_tuning import silence_deprecations
from ebw.settings import settings


def main() -> None:
    """Serve the actions to Rasa, on this machine only: the protocol knows no authentication."""
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    silence_deprecations()
    from rasa_sdk.endpoint import create_app  # after its warnings were silenced

    app = create_app("bot.actions", cors_origins="")
    app.run(settings().host, settings().actions_port, access_log=False)


if __name__ == "__main__":
    main()
