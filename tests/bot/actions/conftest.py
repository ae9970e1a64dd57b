"""Users who talk with the actions."""

from collections.abc import Callable

import pytest
from sqlalchemy.engine import Engine

from tests.bot.actions.conversation import Conversation


@pytest.fixture
def user(database: Engine) -> Conversation:
    """Give a user who has not said anything yet."""
    return Conversation()


@pytest.fixture
def another(database: Engine) -> Callable[..., Conversation]:
    """Give a function that makes another user."""
    return Conversation
