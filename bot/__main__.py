"""Starts Rasa with the trained model: `python -m bot`."""

import os
import sys
from typing import Any

from bot.rasa_tuning import apply_tuning, quiet_logging
from ebw.settings import ROOT, settings

MODEL_UNUSABLE = (
    "Het getrainde model is niet te gebruiken: het is beschadigd, of past niet bij deze versie. "
    "Verwijder {model}; 'make run' maakt een nieuw.\n"
)
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
    quiet_logging()
    import rasa.core.run  # takes seconds: only after the quick checks
    from rasa.core.utils import AvailableEndpoints

    apply_tuning()
    rasa.core.run.serve_application(
        str(models[-1]),
        interface=chosen.host,
        port=chosen.rasa_port,
        credentials=str(ROOT / "credentials.yml"),
        endpoints=AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml")),
        enable_api=False,
        server_listeners=[(_stop_without_model, "after_server_start")],
    )
    return 0


async def _stop_without_model(app: Any, _loop: object) -> None:  # noqa: ANN401 - Rasa's Sanic app
    """End the process when Rasa could not load the model: it would serve without a word."""
    if app.ctx.agent is None or not app.ctx.agent.is_ready():
        sys.stderr.write(MODEL_UNUSABLE.format(model=settings().model_dir))
        sys.stderr.flush()
        os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
