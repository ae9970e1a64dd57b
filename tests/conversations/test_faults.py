"""When the database or a server is away, nobody is told that an answer was stored."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.engine import make_url

from tests.conversations.chat import Chat, Reply
from tests.conversations.servers import Assistant

if TYPE_CHECKING:
    from tests.postgresql import Server

BEFORE = {1: ("ja", None), 2: ("ja", None)}


@pytest.fixture
def no_stack_trace() -> None:
    """Take the place of the check in conftest.py: Rasa logs that it could not reach a server."""


@pytest.fixture
def at_three(chat: Chat) -> Chat:
    """A user who is at question 3."""
    chat.start_at(3)
    return chat


def assert_not_acknowledged(reply: Reply) -> None:
    assert reply.noted == {}
    assert reply.says("utter_not_stored") or reply.says("utter_action_server_away")


def assert_goes_on(chat: Chat) -> None:
    """Nothing of the failed attempts was stored, and the same answer is taken now."""
    assert chat.stored() == BEFORE
    reply = chat.say("nee, dat komt nog")
    assert reply.noted == {3: ("nee", "dat komt nog")}
    assert reply.question == 4
    assert chat.stored() == {**BEFORE, 3: ("nee", "dat komt nog")}


def assert_shows_where_we_are(chat: Chat) -> None:
    """Nobody knows whether the answer was stored: typed again, it is not taken blindly."""
    reply = chat.say("deels, zoals ik zei")
    assert reply.noted == {}
    assert reply.question == 3


def test_an_answer_while_the_database_is_locked_is_asked_again(at_three: Chat) -> None:
    with _locked(at_three.assistant):
        assert_not_acknowledged(at_three.say("deels, dit raakt niet bewaard"))
    assert_goes_on(at_three)


def test_an_answer_while_the_database_file_is_gone_is_asked_again(at_three: Chat) -> None:
    with _moved_away(at_three.assistant):
        assert_not_acknowledged(at_three.say("deels, dit raakt niet bewaard"))
        assert_not_acknowledged(at_three.press("Ja"))
    assert_goes_on(at_three)


def test_an_answer_while_the_database_file_is_something_else_is_asked_again(
    at_three: Chat,
) -> None:
    with _moved_away(at_three.assistant) as path:
        path.mkdir()
        assert_not_acknowledged(at_three.say("deels, dit raakt niet bewaard"))
        path.rmdir()
    assert_goes_on(at_three)


def test_an_answer_after_the_database_was_put_back_from_a_copy_is_stored_in_the_copy(
    at_three: Chat,
) -> None:
    path = _file_of(at_three.assistant)
    copy = path.with_suffix(".copy")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    with _moved_away(at_three.assistant, for_good=True):
        shutil.move(copy, path)
    assert_goes_on(at_three)


@pytest.mark.parametrize("assistant", ["postgresql"], indirect=True)
def test_an_answer_while_postgresql_is_down_is_asked_again(
    at_three: Chat, postgresql: "Server"
) -> None:
    postgresql.stop()
    try:
        assert_not_acknowledged(at_three.say("deels, dit raakt niet bewaard"))
        assert_not_acknowledged(at_three.press("Ja"))
    finally:
        postgresql.start()
    assert_goes_on(at_three)


def test_an_answer_while_the_action_server_is_away_is_asked_again(at_three: Chat) -> None:
    with at_three.assistant.without("actions"):
        assert_not_acknowledged(at_three.say("deels, dit raakt niet bewaard"))
        assert_not_acknowledged(at_three.press("Ja"))
        assert at_three.say("uitleg").texts != []
    assert_shows_where_we_are(at_three)
    assert_goes_on(at_three)


def test_an_answer_that_the_action_server_dies_on_is_asked_again(at_three: Chat) -> None:
    assistant = at_three.assistant
    with ThreadPoolExecutor(1) as pool, assistant.without("actions"):
        assistant.start("actions")
        with _locked(assistant):
            waiting = pool.submit(at_three.say, "deels, dit raakt niet bewaard")
            time.sleep(1)
            assistant.stop("actions")
            assert_not_acknowledged(waiting.result())
    assert_goes_on(at_three)


def test_after_a_restart_of_rasa_the_next_message_brings_the_question_back(
    at_three: Chat,
) -> None:
    at_three.assistant.restart("rasa")
    assert at_three.say("hallo").question == 3
    assert_goes_on(at_three)


@contextmanager
def _locked(assistant: Assistant) -> Iterator[Path]:
    """Keep the database to ourselves, longer than the assistant waits for it."""
    path = _file_of(assistant)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield path
    finally:
        connection.execute("ROLLBACK")
        connection.close()


@contextmanager
def _moved_away(assistant: Assistant, *, for_good: bool = False) -> Iterator[Path]:
    """Take the file of the database away, with its log; put it back unless `for_good`."""
    path = _file_of(assistant)
    away = path.parent / "away"
    away.mkdir()
    for file in path.parent.glob(f"{path.name}*"):
        shutil.move(file, away)
    try:
        yield path
    finally:
        if not for_good:
            for file in path.parent.glob(f"{path.name}*"):
                file.unlink()
            for file in away.iterdir():
                shutil.move(file, path.parent)
        shutil.rmtree(away)


def _file_of(assistant: Assistant) -> Path:
    return Path(str(make_url(assistant.database_url).database))
