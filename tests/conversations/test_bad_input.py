"""Whatever comes in gets a clear answer; nothing is lost, nothing is doubled."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.conversations.chat import Chat, Reply
from tests.conversations.servers import DATABASES, Assistant

EMPTY = ["", "   ", "\n", "😀", "👍🏽👍🏽", "...", "?!"]
TOO_LONG = ["x" * 100_000, "ja " * 33_333, "nee, want " + "a " * 50_000]
NOT_LET_IN = [
    '/affirm{"x":1}',
    '/affirm{"ask": 5}',
    "/affirm{broken",
    "/affirm@0.2",
    "/session_start",
    "/restart",
    "/back",
    "/nlu_fallback",
    "/action_listen",
    "/action_record_answer",
    '/slot{"misunderstandings": 4}',
    '/change_answer{"question_number": "abc"}',
    "//",
    "/ ja",
]
NOT_UNDERSTOOD = [
    "<script>alert(1)</script>",
    "{{7*7}}",
    "{question}",
    "'; DROP TABLE scans;--",
    "はい、そうです",
    "نعم",
    "да, конечно",
    "Können Sie mir bei der Steuer helfen?",
    "qsdf qsdf",
]
NO_SUCH_QUESTION = [
    ("vraag 27", "27"),
    ("vraag -1", "-1"),
    ("vraag 0", "0"),
    ("vraag 1000000", "1000000"),
    ("wijzig vraag 27", "27"),
    ("wijzig vraag -1", "-1"),
    ("wijzig vraag 1000000", "1000000"),
    ("bij vraag 99 moet het nee zijn", "99"),
    ('/change_answer{"question_number": 999}', "999"),
    ('/affirm{"question_number": 40}', "40"),
]
NO_MESSAGE: list[Any] = [
    None,
    [],
    "ja",
    3,
    {},
    {"message": "ja"},
    {"sender": "someone"},
    {"sender": 5, "message": "ja"},
    {"sender": ["someone"], "message": "ja"},
    {"sender": "", "message": "ja"},
    {"sender": "someone", "message": 3},
    {"sender": "someone", "message": ["ja"]},
    {"sender": "someone", "message": {"text": "ja"}},
    {"sender": "someone", "message": True},
    {"sender": "someone", "message": "ja", "metadata": [1]},
    {"sender": "someone", "message": "ja", "metadata": "x"},
]


@pytest.fixture
def at_three(chat: Chat) -> Chat:
    """A user who is at question 3."""
    chat.start_at(3)
    return chat


def assert_still_at_three(chat: Chat, reply: Reply) -> None:
    """The question came back, the answers are as they were, and the scan goes on."""
    assert reply.noted == {}
    assert reply.questions == [3]
    assert chat.stored() == {1: ("ja", None), 2: ("ja", None)}
    assert chat.say("deels").noted == {3: ("deels", None)}


@pytest.mark.parametrize("text", EMPTY)
def test_a_message_without_words_is_said_to_be_empty(at_three: Chat, text: str) -> None:
    reply = at_three.say(text)
    assert reply.says("utter_empty")
    assert_still_at_three(at_three, reply)


@pytest.mark.parametrize("text", TOO_LONG, ids=lambda text: text[:9])
def test_a_message_that_is_too_long_is_said_to_be(at_three: Chat, text: str) -> None:
    reply = at_three.say(text)
    assert reply.says("utter_too_long")
    assert_still_at_three(at_three, reply)


@pytest.mark.parametrize("text", NOT_LET_IN)
def test_an_internal_or_broken_command_does_nothing(at_three: Chat, text: str) -> None:
    reply = at_three.say(text)
    assert reply.says("utter_unknown_command") or reply.says("utter_empty")
    assert_still_at_three(at_three, reply)


@pytest.mark.parametrize("text", ["", "x" * 100_000, "/restart", '/affirm{"x":1}'])
def test_bad_input_without_a_scan_is_answered_too(chat: Chat, text: str) -> None:
    assert chat.say(text).texts != []


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_what_is_no_answer_is_not_taken_for_one(at_three: Chat, text: str) -> None:
    reply = at_three.say(text)
    assert reply.noted == {}
    assert {"Ja", "Deels", "Nee", "Weet ik niet"} <= set(reply.buttons)
    assert at_three.stored() == {1: ("ja", None), 2: ("ja", None)}
    assert at_three.say("deels").noted == {3: ("deels", None)}


@pytest.mark.parametrize(("text", "number"), NO_SUCH_QUESTION)
def test_a_question_that_is_not_there_is_said_not_to_be(
    at_three: Chat, text: str, number: str
) -> None:
    reply = at_three.say(text)
    assert reply.values("utter_no_such_question") == {"number": number, "count": "26"}
    assert_still_at_three(at_three, reply)


@pytest.mark.parametrize("assistant", DATABASES, indirect=True)
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("deels, <script>alert('x')</script>", "<script>alert('x')</script>"),
        ("deels, {number} en {{reason}}", "{number} en {{reason}}"),
        ("deels, 'x'); DROP TABLE answers;--", "'x'); DROP TABLE answers;--"),
        ("deels, dat kan\x00 beter", "dat kan beter"),
        ("deels, dat kan \ud83d beter", "dat kan beter"),
        ("deels, dat kan beter 👍🏽", "dat kan beter 👍🏽"),
    ],
    ids=["markup", "braces", "sql", "nul", "half a character", "emoji"],
)
def test_a_reason_is_kept_as_it_is_whatever_is_in_it(
    at_three: Chat, text: str, reason: str
) -> None:
    reply = at_three.say(text)
    assert reply.noted == {3: ("deels", reason)}
    assert at_three.stored()[3] == ("deels", reason)


@pytest.mark.parametrize("body", NO_MESSAGE, ids=repr)
def test_a_body_that_is_no_message_is_refused(assistant: Assistant, body: Any) -> None:  # noqa: ANN401 - any JSON
    response = assistant.client.post(
        assistant.webhook,
        content=json.dumps(body),
        headers={"Content-Type": "application/json"},
    )
    assert response.status_code == httpx.codes.BAD_REQUEST
    assert response.json()["message"]


@pytest.mark.parametrize("content", [b"", b"{broken", b"\xff\xfe"])
def test_a_body_that_is_no_json_is_refused(assistant: Assistant, content: bytes) -> None:
    response = assistant.client.post(assistant.webhook, content=content)
    assert response.status_code == httpx.codes.BAD_REQUEST


def test_a_sender_cannot_pretend_to_come_from_another_channel(at_three: Chat) -> None:
    reply = at_three.send(
        {"sender": at_three.sender, "message": "deels", "input_channel": "web" * 20}
    )
    assert reply.noted == {3: ("deels", None)}


@pytest.mark.parametrize("assistant", DATABASES, indirect=True)
def test_two_messages_at_once_from_one_sender_are_taken_one_after_the_other(
    at_three: Chat,
) -> None:
    with ThreadPoolExecutor(2) as pool:
        replies = list(pool.map(at_three.say, ["deels", "nee"]))
    noted = {number: given for reply in replies for number, given in reply.noted.items()}
    assert sorted(noted) == [3, 4]
    assert sorted(answer for answer, _ in noted.values()) == ["deels", "nee"]
    assert at_three.stored() == at_three.noted


@pytest.mark.parametrize("assistant", DATABASES, indirect=True)
@pytest.mark.parametrize("at_once", [1, 5])
def test_a_button_pressed_five_times_answers_one_question(at_three: Chat, at_once: int) -> None:
    payload = at_three.buttons["Nee"]
    with ThreadPoolExecutor(at_once) as pool:
        replies = list(pool.map(at_three.say, [payload] * 5))
    assert sorted(list(reply.noted) for reply in replies) == [[], [], [], [], [3]]
    assert sum(reply.says("utter_stale_button") for reply in replies) == 4
    assert all(reply.question == 4 for reply in replies)
    assert at_three.stored() == {1: ("ja", None), 2: ("ja", None), 3: ("nee", None)}


@pytest.mark.parametrize("title", ["Ja", "Uitleg"])
def test_a_button_of_an_earlier_question_does_nothing(at_three: Chat, title: str) -> None:
    old = at_three.buttons[title]
    at_three.say("deels")
    reply = at_three.say(old)
    assert reply.says("utter_stale_button")
    assert reply.questions == [4]
    assert at_three.stored()[3] == ("deels", None)
    assert 4 not in at_three.stored()


def test_a_button_of_an_earlier_scan_does_nothing(at_three: Chat) -> None:
    old = at_three.buttons["Nee"]
    at_three.say("opnieuw beginnen")
    at_three.press("Ja, opnieuw beginnen")
    reply = at_three.say(old)
    assert reply.says("utter_stale_button")
    assert reply.says("utter_ask_municipality")
    at_three.press("Liever niet zeggen")
    at_three.press("Ja")
    assert at_three.say(old).says("utter_stale_button")
    assert at_three.stored() == {}


def test_a_button_for_a_municipality_does_nothing_later(chat: Chat) -> None:
    chat.say("quickscan")
    chat.say("Bergen")
    payload = chat.buttons["Bergen (L.)"]
    replies = [chat.say(payload) for _ in range(3)]
    assert replies[0].values("utter_municipality_noted") == {"municipality": "Bergen (L.)"}
    assert all(reply.says("utter_stale_button") for reply in replies[1:])
    assert all(reply.says("utter_ask_mode") for reply in replies)


def test_a_button_of_a_completed_scan_does_nothing(chat: Chat) -> None:
    chat.answer_all()
    payload = chat.buttons["Klopt, rond af"]
    replies = [chat.say(payload) for _ in range(5)]
    assert [reply.says("utter_completed") for reply in replies] == [True] + [False] * 4
    assert all(reply.says("utter_stale_button") for reply in replies[1:])
    assert len(chat.assistant.scans_of(chat.sender)) == 1


def test_starting_twice_at_once_makes_one_scan_to_go_on_with(chat: Chat) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(chat.say, ["/start_quickscan"] * 2))
    going_on = [scan for scan in chat.assistant.scans_of(chat.sender) if scan.is_active]
    assert len(going_on) == 1
