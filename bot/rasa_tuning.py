"""Work that Rasa does anew at every message, done once; and noise of its dependencies, silenced."""

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


def silence_deprecations() -> None:
    """Leave out warnings of Rasa's dependencies about their own age: no user can act on them."""
    import sanic.app  # noqa: F401 - importing it switches them on

    warnings.filterwarnings("ignore", category=DeprecationWarning)
