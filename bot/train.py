"""Trains the model from config.yml, domain.yml and bot/data: `python -m bot.train`."""

import logging
import sys
import warnings

from bot.rasa_tuning import silence_deprecations
from ebw.settings import ROOT, settings

MODEL_NAME = "ebw"


def main() -> int:
    """Train, show what goes on only when it goes wrong, and return the exit status."""
    silence_deprecations()
    # Entities come from rules and the vocabulary; the examples serve to measure them.
    warnings.filterwarnings("ignore", message="You have defined (training data|synonyms)")
    import rasa.model_training  # takes seconds
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    configure_logging_and_warnings(logging.WARNING, warn_only_once=True, filter_repeated_logs=True)
    configure_structlog(logging.WARNING)
    result = rasa.model_training.train(
        domain=str(ROOT / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=[str(ROOT / "bot" / "data")],
        output=str(settings().model_dir),
        fixed_model_name=MODEL_NAME,
    )
    return int(result.code)


if __name__ == "__main__":
    sys.exit(main())
