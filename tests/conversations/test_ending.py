"""The end of a scan: open questions, the summary, a change, completing, and a new version."""

import pytest

from quickscan.scan import Status
from tests.conversations.chat import Chat, Reply, stored_answers
from tests.conversations.servers import Assistant


def to_the_end(chat: Chat, *, skipping: tuple[int, ...] = ()) -> Reply:
    """Answer every question with ja, but leave some open."""
    reply = chat.start()
    while reply.question:
        reply = chat.say("overslaan") if reply.question in skipping else chat.press("Ja")
    return reply


@pytest.fixture
def completed(chat: Chat) -> tuple[Chat, str]:
    """A user with a completed scan, and its code."""
    to_the_end(chat)
    told = chat.press("Klopt, rond af").values("utter_completed")
    assert told is not None
    return chat, told["code"]


def test_open_questions_are_offered_once_more(chat: Chat) -> None:
    offered = to_the_end(chat, skipping=(4, 9))
    assert offered.values("utter_ask_open_questions") == {"open_questions": "vraag 4 en 9"}
    assert chat.press("Ja, nu beantwoorden").question == 4
    assert chat.press("Deels").question == 9
    summary = chat.say("overslaan")
    assert summary.says("utter_summary")
    assert summary.says("utter_ask_confirm")
    assert chat.stored()[4] == ("deels", None)
    assert chat.stored()[9] == ("overgeslagen", None)


def test_open_questions_may_stay_open(chat: Chat) -> None:
    to_the_end(chat, skipping=(4,))
    summary = chat.press("Nee, open laten")
    told = summary.values("utter_summary")
    assert told is not None
    assert told["blind_spots"] == "vraag 4"


def test_the_summary_tells_strengths_improvements_blind_spots_and_first_steps(chat: Chat) -> None:
    chat.start()
    for title in ("Ja", "Deels", "Nee", "Weet ik niet"):
        chat.press(title)
    reply = chat.press("Nee")
    while reply.question:
        reply = chat.press("Ja")
    told = reply.values("utter_summary")
    assert told is not None
    assert told["municipality"] == "Delft"
    assert told["improvements"] == "vraag 2, 3 en 5"
    assert told["blind_spots"] == "vraag 4"
    assert "Visie: 1 ja, 1 deels, 2 nee, 1 weet ik niet" in reply.text
    steps = reply.values("utter_first_steps")
    assert steps is not None
    assert [line.split(":")[0] for line in steps["steps"].splitlines()] == [
        "Vraag 3",
        "Vraag 5",
        "Vraag 2",
    ]


@pytest.mark.parametrize("wish", ["nee", "wijzig vraag 3", "Antwoord wijzigen"])
def test_an_answer_can_still_be_changed_before_completing(chat: Chat, wish: str) -> None:
    to_the_end(chat)
    reply = chat.press(wish) if wish in chat.buttons else chat.say(wish)
    reply = reply if reply.question else chat.say("3")
    assert reply.question == 3
    summary = chat.press("Nee")
    told = summary.values("utter_summary")
    assert told is not None
    assert told["improvements"] == "vraag 3"
    assert chat.press("Klopt, rond af").says("utter_completed")
    assert chat.stored()[3] == ("nee", None)


def test_completing_asks_for_a_yes(assistant: Assistant, chat: Chat) -> None:
    to_the_end(chat)
    chat.say("uitleg")
    assert chat.say("hmm").says("utter_ask_confirm")
    scan = assistant.scan_of(chat.sender)
    assert scan is not None
    assert scan.status is Status.IN_PROGRESS
    assert chat.say("ja").says("utter_completed")
    scan = assistant.scan_of(chat.sender)
    assert scan is not None
    assert scan.status is Status.COMPLETED
    assert scan.completed_at is not None


def test_a_completed_scan_is_not_changed_by_what_is_said_next(completed: tuple[Chat, str]) -> None:
    chat, _ = completed
    before = chat.assistant.scans_of(chat.sender)
    for text in (
        "nee",
        "wijzig vraag 3",
        "bij vraag vijf moet het nee zijn",
        "vorige",
        "overslaan",
    ):
        assert chat.say(text).noted == {}
    assert chat.assistant.scans_of(chat.sender) == before
    assert chat.say("uitkomst").says("utter_summary")
    assert chat.say("verder").says("utter_already_completed")


def test_a_code_reopens_a_completed_scan_as_a_new_version(
    assistant: Assistant, completed: tuple[Chat, str]
) -> None:
    chat, code = completed
    [old] = assistant.scans_of(chat.sender)
    colleague = Chat(assistant)
    reply = colleague.say(f"verder met {code}")
    assert reply.says("utter_reopened")
    assert reply.says("utter_ask_confirm")
    colleague.say("bij vraag 5 moet het nee zijn")
    colleague.press("Klopt, rond af")
    [version] = assistant.scans_of(colleague.sender)
    assert assistant.scans_of(chat.sender) == [old]
    assert version.reopened_from == old.id
    assert version.status is Status.COMPLETED
    assert stored_answers(version) == {**stored_answers(old), 5: ("nee", None)}
