"""The disk is full while a user answers: nothing is acknowledged, and nothing is lost."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.conversations.chat import Chat
from tests.conversations.servers import Assistant

NO_MORE_BYTES = 1
UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


@pytest.fixture
def no_stack_trace() -> None:
    """Take the place of the check in conftest.py: the servers log that they could not write."""


@pytest.fixture
def no_words_of_users_in_the_log() -> None:
    """Take the place of the check in conftest.py: nothing can be logged either."""


def test_an_answer_while_the_disk_is_full_is_asked_again(chat: Chat) -> None:
    chat.start_at(3)
    with _full_disk(chat.assistant):
        reply = chat.say("deels, dit raakt niet bewaard")
        assert reply.noted == {}
        assert reply.says("utter_not_stored")
        assert chat.stored() == {1: ("ja", None), 2: ("ja", None)}
    assert chat.say("nee").noted == {3: ("nee", None)}
    assert chat.stored()[3] == ("nee", None)


@contextmanager
def _full_disk(assistant: Assistant) -> Iterator[None]:
    """Let the servers write to no file any more."""
    processes = [process.pid for process in assistant.running.values()]
    for pid in processes:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (NO_MORE_BYTES, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        for pid in processes:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, UNLIMITED)
