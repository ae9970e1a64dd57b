"""Teams is away, slow down or lets us in no more: nothing is lost, and nothing said twice."""

import time
from collections.abc import Callable, Iterator

import pytest
from starlette.requests import Request
from starlette.responses import Response

from tests.bot.channels.teams_connector import Microsoft
from tests.teams.servers import TeamsUser

AWAY_SECONDS = 3
WAIT_SECONDS = 3
NewUser = Callable[..., TeamsUser]


@pytest.fixture(autouse=True)
def healthy_afterwards(microsoft: Microsoft) -> Iterator[None]:
    """Have Microsoft work again after each test."""
    yield
    microsoft.fault = lambda _: None


def _post(user: TeamsUser, text: str) -> str:
    activity = user.activity("message", text=text)
    assert user.post(activity).status_code == 202
    return str(activity["id"])


@pytest.mark.parametrize("status", [500, 429])
def test_no_answer_is_lost_or_doubled_while_teams_is_away(
    new_user: NewUser, microsoft: Microsoft, status: int
) -> None:
    users = [new_user() for _ in range(3)]
    until = time.monotonic() + AWAY_SECONDS
    microsoft.fault = lambda _: Response(status_code=status) if time.monotonic() < until else None
    asked = [[_post(user, text) for text in ("start quickscan", "Delft", "ja")] for user in users]
    users[0].assistant.wait_until_done()
    for user, ids in zip(users, asked, strict=True):
        answered = [sent.reply_to for sent in user.messages]
        assert list(dict.fromkeys(answered)) == ids, "in the order in which they were asked"
        assert len(answered) == len({sent.text for sent in user.messages})
        assert "Vraag 1 van 26" in user.messages[-1].text


def test_of_an_answer_that_arrived_in_part_the_rest_follows(
    user: TeamsUser, microsoft: Microsoft
) -> None:
    user.start()
    posted: list[str] = []

    def second_message_fails(request: Request) -> Response | None:
        posted.append(request.method)
        return Response(status_code=500) if len(posted) in (4, 5) else None

    microsoft.fault = second_message_fails  # after typing, the card that is put back, and one
    noted, question = user.click("Ja")
    assert "Genoteerd bij vraag 1" in noted.text
    assert "Vraag 2 van 26" in question.text
    assert len(posted) > 4


def test_teams_is_left_alone_for_as_long_as_it_asks(user: TeamsUser, microsoft: Microsoft) -> None:
    tried: list[float] = []

    def busy_at_first(request: Request) -> Response | None:
        if b'"typing"' in request.scope["state_body"]:
            return None
        tried.append(time.monotonic())
        wait = {"Retry-After": str(WAIT_SECONDS)}
        return Response(status_code=429, headers=wait) if len(tried) == 1 else None

    microsoft.fault = busy_at_first
    (said,) = user.say("help")
    assert said.text
    first, second = tried
    assert second - first >= WAIT_SECONDS


def test_a_token_that_is_refused_is_renewed(user: TeamsUser, microsoft: Microsoft) -> None:
    user.say("help")
    microsoft.login_key = type(microsoft.login_key)()
    (said,) = user.say("help")
    assert said.text
    assert {told.partition(":")[0] for told in microsoft.broken} == {"POST 401"}
    microsoft.broken.clear()


def test_who_removed_the_assistant_does_not_hold_up_others(
    user: TeamsUser, new_user: NewUser, microsoft: Microsoft
) -> None:
    gone = new_user()
    activity = gone.activity("message", text="help")
    del microsoft.known[gone.conversation]
    assert gone.post(activity).status_code == 202
    assert user.say("help")
    assert gone.messages == []
    assert {told.partition(":")[0] for told in microsoft.broken} == {"POST 404"}
    microsoft.broken.clear()
