"""Trains the model from config.yml, domain.yml and bot/data: `python -m bot.train`."""

import sys
import warnings

from bot.rasa_tuning import quiet_logging
from ebw.settings import ROOT, settings

MODEL_NAME = "ebw"


def main() -> int:
    """Train, show what goes on only when it goes wrong, and return the exit status."""
    quiet_logging()
    # Entities come from rules and the vocabulary; the examples serve to measure them.
    warnings.filterwarnings("ignore", message="You have defined (training data|synonyms)")
    import rasa.model_training  # takes seconds

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
