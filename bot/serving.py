"""Rasa's server as we run it: our channels and nothing else, with limits on what it takes."""

import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

from rasa.core import run
from rasa.core.utils import AvailableEndpoints, number_of_sanic_workers
from sanic import Sanic

from bot.operation import measure_messages, operation_routes
from bot.patience import ImpatientProtocol
from bot.rasa_tuning import apply_tuning
from ebw.operation import allow_many_connections
from ebw.settings import ROOT, Settings, settings

MODEL_UNUSABLE = (
    "Het getrainde model is niet te gebruiken: het is beschadigd, of past niet bij deze versie. "
    "Verwijder {model}; 'make run' maakt een nieuw.\n"
)
LARGEST_REQUEST = 300_000
"""In bytes; more than any channel takes, so that each can say by itself what is too long."""
LIMITS = {
    "REQUEST_TIMEOUT": 10,  # seconds without a byte (bot/patience.py: and in all)
    "RESPONSE_TIMEOUT": 60,
    "KEEP_ALIVE_TIMEOUT": 15,
    "REQUEST_MAX_SIZE": LARGEST_REQUEST,
}


def serve(model: Path, chosen: Settings) -> None:
    """Serve until a signal comes; the message at hand is finished."""
    apply_tuning()
    allow_many_connections()
    app, endpoints = make_app(model, chosen)
    app.run(
        host=chosen.host,
        port=chosen.rasa_port,
        workers=number_of_sanic_workers(endpoints.lock_store),
        access_log=False,
        protocol=ImpatientProtocol,
    )


def make_app(model: Path, chosen: Settings) -> tuple[Sanic, AvailableEndpoints]:
    """Return the server, with the channels of credentials.yml; Rasa's own HTTP API is not there."""
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    app = run.configure_app(
        run.create_http_input_channels(None, str(ROOT / "credentials.yml")),
        enable_api=False,
        endpoints=endpoints,
        server_listeners=[
            (_stop_without_model, "after_server_start"),
            (measure_messages, "after_server_start"),
        ],
    )
    app.update_config(LIMITS)
    app.blueprint(operation_routes(chosen))
    load = partial(run.load_agent_on_start, str(model), endpoints, None)
    app.register_listener(load, "before_server_start")
    app.register_listener(run.close_resources, "after_server_stop")
    return app, endpoints


async def _stop_without_model(app: Any, _loop: object) -> None:  # noqa: ANN401 - Rasa's Sanic app
    """End the process when Rasa could not load the model: it would serve without a word."""
    if app.ctx.agent is None or not app.ctx.agent.is_ready():
        sys.stderr.write(MODEL_UNUSABLE.format(model=settings().model_dir))
        sys.stderr.flush()
        os._exit(1)
