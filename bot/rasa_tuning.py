"""Work that Rasa does anew at every message, done once; and noise of its dependencies, silenced."""

import logging
import os
import warnings
from collections.abc import MutableMapping
from typing import Any

from ebw.logs import configure_logs


def apply_tuning() -> None:
    """Make Rasa check replies of the action server with a schema that was checked before.

    Measured with py-spy on a quickscan step: Rasa spent 23 % of its time checking that the schema
    for these replies is itself a valid schema. It is a constant.
    """
    from jsonschema import Draft7Validator  # not needed where Rasa is not
    from rasa.core.actions.action import RemoteAction

    replies = Draft7Validator(RemoteAction.action_response_format_spec())

    def check_reply(_action: RemoteAction, result: dict[str, Any]) -> bool:
        replies.validate(result)
        return True

    RemoteAction._validate_action_result = check_reply  # noqa: SLF001 - Rasa has no setting for it


def quiet_logging() -> None:
    """Have Rasa and what it loads log warnings only, and nothing of what users say.

    Left alone, structlog prints every message of a user at debug level, to standard output.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    silence_deprecations()
    import structlog
    from rasa.utils.common import configure_logging_and_warnings

    configure_logs()
    configure_logging_and_warnings(logging.WARNING, filter_repeated_logs=False)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, _name_only],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def _name_only(_logger: object, _method: str, event: MutableMapping[str, Any]) -> tuple[Any, ...]:
    """Leave out all that structlog would tell beside the name of an event: it holds messages."""
    return (event["event"],), {"exc_info": event.get("exc_info")}


def silence_deprecations() -> None:
    """Leave out warnings of Rasa's dependencies about their own age: no user can act on them."""
    import sanic.app  # noqa: F401 - importing it switches them on

    warnings.filterwarnings("ignore", category=DeprecationWarning)
