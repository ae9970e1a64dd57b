"""Starts the action server: `python -m bot.actions`."""

from contextlib import suppress

from bot.rasa_tuning import silence_deprecations
from ebw.logs import configure_logs
from ebw.production import settings_to_serve_with
from knowledge.search import current_index
from privacy.dutch import word_list
from privacy.lexicon import lexicon
from storage.database import DatabaseUnavailableError, NothingLoadedError


def main() -> None:
    """Serve the actions to Rasa, on this machine only: the protocol knows no authentication."""
    chosen = settings_to_serve_with()
    configure_logs()
    silence_deprecations()
    from rasa_sdk.endpoint import create_app  # after its warnings were silenced

    # What takes a moment is read now: not at the first question or answer.
    lexicon()
    word_list()
    with suppress(DatabaseUnavailableError, NothingLoadedError):  # the user hears of it, in time
        current_index()
    app = create_app("bot.actions", cors_origins="")
    app.run(chosen.host, chosen.actions_port, access_log=False)


if __name__ == "__main__":
    main()
