"""Work that Rasa does anew at every message, done once; and noise of its dependencies, silenced."""

import logging
import os
import sys
import warnings
from typing import Any


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
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    # Before Rasa sets it to standard output, where the commands write their JSON.
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    configure_logging_and_warnings(logging.WARNING, warn_only_once=True, filter_repeated_logs=True)
    configure_structlog(logging.WARNING)


def silence_deprecations() -> None:
    """Leave out warnings of Rasa's dependencies about their own age: no user can act on them."""
    import sanic.app  # noqa: F401 - importing it switches them on

    warnings.filterwarnings("ignore", category=DeprecationWarning)
