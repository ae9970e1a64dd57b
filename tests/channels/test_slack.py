"""Conversations in Slack: with clicks and words, in direct messages, channels and threads."""

from collections.abc import Callable
from hashlib import sha256

import pytest

from bot.channels.replies import TOO_LONG
from bot.channels.slack import STARTING
from quickscan.scan import Scan
from storage import scans
from tests.channels.servers import ChannelAssistant
from tests.channels.slack_server import SlackServer, SlackUser

MakeUser = Callable[..., SlackUser]
COUNT = 26
TITLES = ["Ja", "Deels", "Nee", "Weet ik niet"]


def start(assistant: ChannelAssistant, user: SlackUser) -> None:
    """Begin a scan and come to its first question."""
    user.say("ik wil de quickscan doen")
    user.say("Delft")
    assistant.settle()
    user.press("Ja")
    assistant.settle()


def scan_of(assistant: ChannelAssistant, sender: str) -> Scan | None:
    """Return the scan of a sender, as it is stored."""
    session = sha256(f"slack:{sender}".encode()).hexdigest()
    with assistant.engine.connect() as connection:
        return scans.latest_of_session(connection, session)


def answers_of(assistant: ChannelAssistant, sender: str) -> dict[int, tuple[str, str | None]]:
    """Return the stored answers of a sender: which they are, and the reasons."""
    scan = scan_of(assistant, sender)
    given = scan.answers if scan else {}
    return {number: (one.answer.value, one.explanation) for number, one in given.items()}


def test_a_whole_scan_by_clicks(assistant: ChannelAssistant, user: SlackUser) -> None:
    start(assistant, user)
    for number in range(1, COUNT + 1):
        assert f"Vraag {number} van {COUNT}" in user.seen[-1].shown
        assert list(user.seen[-1].buttons) == [*TITLES, "Uitleg"]
        user.press(TITLES[number % 4])
        assistant.settle()
    user.press("Klopt, rond af")
    assistant.settle()
    scan = scan_of(assistant, user.id)
    assert scan
    assert scan.status.value == "completed"
    values = ["ja", "deels", "nee", "weet_niet"]
    assert answers_of(assistant, user.id) == {
        number: (values[number % 4], None) for number in range(1, COUNT + 1)
    }


def test_words_are_taken_as_they_were_typed(assistant: ChannelAssistant, user: SlackUser) -> None:
    start(assistant, user)
    user.say("deels, alleen voor <R&D> en *sport*")
    assistant.settle()
    reason = "alleen voor <R&D> en *sport*"
    assert answers_of(assistant, user.id) == {1: ("deels", reason)}
    noted = next(message for message in user.seen if reason in message.shown)
    assert "&lt;R&amp;D&gt;" in noted.text


def test_after_a_choice_the_message_shows_it_and_its_buttons_are_gone(
    assistant: ChannelAssistant, user: SlackUser
) -> None:
    start(assistant, user)
    asked = user.seen[-1]
    user.press("Deels")
    assistant.settle()
    assert asked.buttons == {}
    assert asked.shown.startswith("Vraag 1 van")
    assert asked.shown.endswith("Gekozen: Deels")


def test_a_second_click_on_a_message_does_nothing(
    assistant: ChannelAssistant, user: SlackUser
) -> None:
    start(assistant, user)
    asked = user.seen[-1]
    buttons = asked.buttons
    user.press("Ja")
    user.send_click(user.click_on(asked, buttons["Nee"]))
    assistant.settle()
    said = len(user.seen)
    user.send_click(user.click_on(asked, buttons["Nee"]))
    assistant.settle()
    assert answers_of(assistant, user.id) == {1: ("ja", None)}
    assert len(user.seen) == said


def test_a_click_on_a_question_that_was_answered_in_words_changes_nothing(
    assistant: ChannelAssistant, user: SlackUser
) -> None:
    start(assistant, user)
    asked = user.seen[-1]
    user.say("ja")
    assistant.settle()
    user.press("Nee", asked)
    assistant.settle()
    assert answers_of(assistant, user.id) == {1: ("ja", None)}
    assert asked.buttons == {}


@pytest.mark.parametrize(
    "value",
    ['/session_start{"a": "b"}', "/restart", '/deny{"slot": "x"}', '/inform{"municipality": 1}'],
)
def test_a_payload_that_was_never_offered_is_an_ordinary_message(
    assistant: ChannelAssistant, user: SlackUser, value: str
) -> None:
    start(assistant, user)
    user.press("Nee", value=value)
    assistant.settle()
    assert answers_of(assistant, user.id) == {}
    user.press("Ja", user.seen[-1])
    assistant.settle()
    assert answers_of(assistant, user.id) == {1: ("ja", None)}


def test_in_a_channel_the_answer_comes_in_a_thread_to_who_named_the_assistant(
    assistant: ChannelAssistant, new_user: MakeUser
) -> None:
    user = new_user(channel="C1")
    user.say("hallo", ts="1767225600.9")
    assistant.settle()
    user.thread = "1767225600.9"
    assert "EBW-assistent" in user.seen[-1].shown


def test_a_person_s_direct_messages_and_threads_are_kept_apart(
    assistant: ChannelAssistant, new_user: MakeUser
) -> None:
    direct = new_user()
    places = [
        new_user(id=direct.id, channel="C1", thread="1.1"),
        new_user(id=direct.id, channel="C1", thread="1.2"),
        new_user(id=direct.id, channel=direct.channel, thread="1.3"),
    ]
    for place in (direct, *places):
        start(assistant, place)
        place.press("Ja")
    assistant.settle()
    direct.press("Nee")
    assistant.settle()
    assert answers_of(assistant, direct.id) == {1: ("ja", None), 2: ("nee", None)}
    for place in places:
        sender = f"{place.id} {place.channel} {place.thread}"
        assert answers_of(assistant, sender) == {1: ("ja", None)}


def test_in_a_thread_nobody_answers_the_question_of_another(
    assistant: ChannelAssistant, new_user: MakeUser
) -> None:
    asked, other = (new_user(channel="C1", thread="1.4") for _ in range(2))
    start(assistant, asked)
    question = asked.seen[-1]
    other.press("Nee", question)
    assistant.settle()
    assert answers_of(assistant, f"{asked.id} C1 1.4") == {}
    asked.press("Ja", question)
    assistant.settle()
    assert answers_of(assistant, f"{asked.id} C1 1.4") == {1: ("ja", None)}


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "message", "channel_type": "channel", "channel": "C1"},
        {"bot_id": "B1"},
        {"subtype": "message_changed"},
        {"subtype": "bot_message"},
        {"type": "reaction_added"},
    ],
)
def test_what_is_not_said_to_the_assistant_by_a_person_is_not_answered(
    assistant: ChannelAssistant, user: SlackUser, changes: dict[str, str]
) -> None:
    before = len(user.server.posted)
    assert user.say("hallo", **changes).status_code == 200
    assistant.settle()
    assert len(user.server.posted) == before


def test_naming_the_assistant_without_a_word_says_what_it_can_do(
    assistant: ChannelAssistant, new_user: MakeUser
) -> None:
    user = new_user(channel="C1", thread="1.5")
    user.say("")
    assistant.settle()
    assert "26 vragen" in user.seen[-1].shown


def test_the_command_starts_the_scan_in_direct_messages(
    assistant: ChannelAssistant, new_user: MakeUser
) -> None:
    user = new_user(channel="C1")
    told = user.command().json()
    assert told == {"response_type": "ephemeral", "text": STARTING}
    assistant.settle()
    direct = new_user(id=user.id)
    assert "26 vragen" in "".join(message.shown for message in direct.seen)
    direct.say("Delft")
    assistant.settle()
    assert scan_of(assistant, user.id)


def test_words_after_the_command_are_a_message(
    assistant: ChannelAssistant, user: SlackUser
) -> None:
    user.command("hallo")
    assistant.settle()
    assert "EBW-assistent" in user.seen[-1].shown


def test_the_home_tab_says_what_this_is_and_starts_it(
    assistant: ChannelAssistant, user: SlackUser, slack_server: SlackServer
) -> None:
    user.open_home("messages")
    assert user.id not in slack_server.homes
    user.open_home()
    user.say("hallo")  # the tab comes after the acknowledgement
    assistant.settle()
    assert "computerprogramma" in str(slack_server.homes[user.id])
    for _ in range(2):
        before = len(user.seen)
        user.press_at_home("Wat kun je?")
        assistant.settle()
        assert len(user.seen) == before + 1


def test_a_message_that_is_too_long_gets_a_friendly_answer(
    assistant: ChannelAssistant, user: SlackUser
) -> None:
    user.say("a" * 2_001)
    assistant.settle()
    assert [message.shown for message in user.seen] == [TOO_LONG]
