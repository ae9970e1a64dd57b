"""Starts Rasa with the trained model: `python -m bot`."""

import logging
import os
import sys

from bot.rasa_tuning import apply_tuning, silence_deprecations
from ebw.settings import ROOT, settings

MODEL_MISSING = "Er is geen getraind model in {folder}. 'make run' maakt het.\n"


def main() -> int:
    """Serve the channels of credentials.yml; return the exit status."""
    chosen = settings()
    models = sorted(chosen.model_dir.glob("*.tar.gz"))
    if not models:
        sys.stderr.write(MODEL_MISSING.format(folder=chosen.model_dir))
        return 1
    os.environ.setdefault("EBW_ACTIONS_URL", chosen.actions_url)
    os.chdir(ROOT)
    silence_deprecations()
    import rasa.core.run  # takes seconds: only after the quick checks
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    apply_tuning()

    configure_logging_and_warnings(logging.WARNING, warn_only_once=True, filter_repeated_logs=True)
    # Left alone, structlog prints every message of a user at debug level.
    configure_structlog(logging.WARNING)
    rasa.core.run.serve_application(
        str(models[-1]),
        interface=chosen.host,
        port=chosen.rasa_port,
        credentials=str(ROOT / "credentials.yml"),
        endpoints=AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml")),
        enable_api=False,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
