import logging
from collections.abc import Callable

import pytest
from sqlalchemy import text as sql
from sqlalchemy.engine import Engine

from quickscan import session as session_module
from quickscan.scan import Status
from storage.database import transaction
from tests.bot.actions.conversation import Conversation

UNSURE = [{"name": "find_knowledge", "confidence": 0.3}, {"name": "affirm", "confidence": 0.2}]


# What a message means, knowing what is asked


def test_a_statement_while_a_question_is_put_is_an_answer_with_its_reason(
    user: Conversation,
) -> None:
    user.begin()
    user.say("ja het staat in het IVP", "find_knowledge", ranking=UNSURE)
    assert user.answers == {1: "ja"}
    assert user.scan.answers[1].explanation == "het staat in het IVP"


def test_without_a_question_the_same_words_mean_what_rasa_takes_them_for(
    user: Conversation,
) -> None:
    said = user.say(
        "ja het staat in het IVP", "thank", ranking=[{"name": "thank", "confidence": 1}]
    )
    assert said == ["utter_thank"]


@pytest.mark.parametrize(
    "intent", ["explain_question", "report_concern", "cancel", "delete_data", "pause_quickscan"]
)
def test_commands_and_concerns_keep_their_meaning_in_a_scan(
    user: Conversation, intent: str
) -> None:
    user.begin()
    user.say("daar wil ik het over hebben", intent)
    assert user.answers == {}


def test_a_button_means_what_it_says(user: Conversation) -> None:
    user.begin()
    user.send_payload("/thank")
    assert user.responses == ["utter_thank", "utter_question"]


@pytest.mark.parametrize("ask", ["", "onzin", "00000000-question1"])
def test_a_made_up_button_does_nothing(user: Conversation, ask: str) -> None:
    user.begin()
    said = user.send_payload(f'/affirm{{"ask": "{ask or "x"}"}}')
    assert said == ["utter_stale_button", "utter_question"]
    assert user.answers == {}


# Two conversations


def test_two_users_do_not_get_in_each_others_way(
    user: Conversation, another: Callable[..., Conversation]
) -> None:
    other = another("tweede")
    user.begin("Ja", "Nee")
    other.begin("Deels")
    user.press("Nee")
    other.press("Weet ik niet")
    assert user.answers == {1: "ja", 2: "nee", 3: "nee"}
    assert other.answers == {1: "deels", 2: "weet_niet"}


def test_the_same_sender_on_another_channel_is_another_session(
    user: Conversation, another: Callable[..., Conversation]
) -> None:
    user.begin("Ja")
    elsewhere = another(user.sender, "web")
    assert elsewhere.say("ja", "affirm") == ["utter_nothing_asked"]


def test_the_senders_id_is_not_stored(user: Conversation, database: Engine) -> None:
    user.begin("Ja")
    with transaction() as connection:
        rows = connection.execute(sql("SELECT * FROM scans")).fetchall()
    assert rows
    assert user.sender not in str(rows)


# When storing fails


@pytest.fixture
def broken(database: Engine) -> Callable[[], None]:
    """Give a function that lets answers not be stored any more, as a full disk would."""

    def break_it() -> None:
        with transaction() as connection:
            connection.execute(sql("ALTER TABLE answers RENAME TO answers_gone"))

    return break_it


def test_an_answer_that_could_not_be_stored_is_never_acknowledged(
    user: Conversation, broken: Callable[[], None], database: Engine
) -> None:
    user.begin("Ja")
    payload = user.payload_of("Nee")
    broken()
    assert user.send_payload(payload) == ["utter_not_stored"]
    assert user.heard[0]["custom"] == {}
    with transaction() as connection:
        connection.execute(sql("ALTER TABLE answers_gone RENAME TO answers"))
    assert user.answers == {1: "ja"}
    assert user.send_payload(payload) == ["utter_noted", "utter_question"]
    assert user.answers == {1: "ja", 2: "nee"}


def test_a_failure_while_storing_takes_back_the_acknowledgement(
    user: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    user.begin("Ja")
    payload = user.payload_of("Nee")

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(session_module.scans, "save_answers", fail)
    assert user.send_payload(payload) == ["utter_not_stored"]
    monkeypatch.undo()
    assert user.answers == {1: "ja"}
    assert user.scan.status is Status.IN_PROGRESS


def test_without_content_the_user_hears_that_there_is_none_now(
    user: Conversation, database: Engine
) -> None:
    with transaction() as connection:
        connection.execute(sql("DELETE FROM questionnaires"))
    assert user.say("start de quickscan", "start_quickscan") == ["utter_nothing_loaded"]
    assert user.scan is None


def test_the_log_of_a_failure_holds_no_words_of_the_user(
    user: Conversation, broken: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    user.begin()
    broken()
    with caplog.at_level(logging.DEBUG):
        user.say("nee, buurman Piet wil dat niet", "deny")
    assert "a turn was not stored" in caplog.text
    assert "Piet" not in caplog.text
    assert "Piet" not in user.text


def test_after_a_failure_nothing_new_is_remembered(
    user: Conversation, broken: Callable[[], None]
) -> None:
    user.say("paars", "nlu_fallback")
    before = dict(user.slots)
    assert before["misunderstandings"] == 1
    user.begin()
    user.slots = dict(before)
    broken()
    assert user.say("nee", "deny") == ["utter_not_stored"]
    assert user.slots == before
