"""Starts Rasa with the trained model: `python -m bot`."""

import os
import sys

from bot.rasa_tuning import quiet_logging
from ebw.production import settings_to_serve_with
from ebw.settings import ROOT

MODEL_MISSING = "Er is geen getraind model in {folder}. 'make run' maakt het.\n"


def main() -> int:
    """Serve the channels of credentials.yml; return the exit status."""
    chosen = settings_to_serve_with()
    models = sorted(chosen.model_dir.glob("*.tar.gz"))
    if not models:
        sys.stderr.write(MODEL_MISSING.format(folder=chosen.model_dir))
        return 1
    os.environ.setdefault("EBW_ACTIONS_URL", chosen.actions_url)
    os.chdir(ROOT)
    quiet_logging()
    from bot.serving import serve  # takes seconds: only after the quick checks

    serve(models[-1], chosen)
    return 0


if __name__ == "__main__":
    sys.exit(main())
