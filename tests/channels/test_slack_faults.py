"""When Slack or the assistant is away, or much comes at once: nothing lost, nothing twice."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bot.channels.replies import UNSURE
from tests.channels.servers import ChannelAssistant
from tests.channels.slack_server import SlackServer, SlackUser
from tests.channels.test_slack import answers_of, start

OUTAGE_SECONDS = 3
STOP_LIMIT_SECONDS = 20
USERS = 20
EVENTS = 100


def test_what_is_said_while_slack_is_away_is_answered_when_it_is_back(
    assistant: ChannelAssistant, user: SlackUser, slack_server: SlackServer
) -> None:
    start(assistant, user)
    before, said = assistant.log_lengths(), len(user.seen)
    slack_server.away = True
    user.say("ja")
    user.say("nee")
    time.sleep(OUTAGE_SECONDS)
    assert len(user.seen) == said
    slack_server.away = False
    assistant.settle()
    assert answers_of(assistant, user.id) == {1: ("ja", None), 2: ("nee", None)}
    asked = [message.shown[:8] for message in user.seen if message.shown.startswith("Vraag")]
    assert asked == ["Vraag 1 ", "Vraag 2 ", "Vraag 3 "]
    assert assistant.log(before).count("slack is away") == 1


def test_when_slack_says_that_it_goes_too_fast_the_rest_comes_later_and_nothing_twice(
    assistant: ChannelAssistant, user: SlackUser, slack_server: SlackServer
) -> None:
    start(assistant, user)
    said = len(user.seen)
    slack_server.limit_rate(after=1, times=2, seconds=2)
    began = time.monotonic()
    user.say("deels, alleen voor jihadisme")
    assistant.settle()
    assert time.monotonic() - began > 2 * 2
    noted, asked = (message.shown for message in user.seen[said:])
    assert "alleen voor jihadisme" in noted
    assert "Vraag 2 van" in asked


def test_a_process_that_is_killed_loses_and_doubles_nothing(
    assistant: ChannelAssistant, new_user: Callable[..., SlackUser], slack_server: SlackServer
) -> None:
    users = [new_user() for _ in range(5)]
    for user in users:
        start(assistant, user)
    slack_server.away = True
    for user in users:
        user.say("ja")
        user.say("nee")
    assistant.restart("rasa")
    slack_server.away = False
    assistant.settle()
    for user in users:
        unsure = [message for message in user.seen if message.shown == UNSURE]
        answers = answers_of(assistant, user.id)
        assert unsure or answers == {1: ("ja", None), 2: ("nee", None)}
        assert len(answers) <= 2


def test_a_process_that_is_stopped_finishes_what_it_does_and_leaves_the_rest(
    assistant: ChannelAssistant, new_user: Callable[..., SlackUser]
) -> None:
    users = [new_user() for _ in range(5)]
    for user in users:
        for text in ("ik wil de quickscan doen", "Delft", "ja", "ja"):
            user.say(text)
    stopped = assistant.running.pop("rasa")
    stopped.terminate()
    assert stopped.wait(STOP_LIMIT_SECONDS) == 0
    assistant.start("rasa")
    assistant.settle()
    for user in users:
        assert answers_of(assistant, user.id) == {1: ("ja", None)}
        assert UNSURE not in [message.shown for message in user.seen]


def test_a_hundred_events_of_twenty_people_at_once(
    assistant: ChannelAssistant, new_user: Callable[..., SlackUser], slack_server: SlackServer
) -> None:
    users = [new_user() for _ in range(USERS)]
    for user in users:
        user.say("ik wil de quickscan doen")
        user.say("Delft")
    assistant.settle()
    slack_server.acknowledged.clear()
    words = ["ja", "ja", "deels", "nee", "weet ik niet"]

    def talk(user: SlackUser) -> list[Any]:
        return [user.say(text).status_code for text in words]

    with ThreadPoolExecutor(USERS) as people:
        statuses = [one for told in people.map(talk, users) for one in told]
    assert statuses == [200] * EVENTS
    slowest = max(slack_server.acknowledged)
    print(f"slowest acknowledgement of {len(slack_server.acknowledged)}: {slowest:.3f} s")
    assistant.settle()
    expected = {n: (word, None) for n, word in enumerate(["ja", "deels", "nee", "weet_niet"], 1)}
    for user in users:
        assert answers_of(assistant, user.id) == expected
        asked = [message.shown[:8] for message in user.seen if message.shown.startswith("Vraag")]
        assert asked == [f"Vraag {number} " for number in range(1, 6)]
