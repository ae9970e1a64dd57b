"""What users say about people, who they are, and our secrets: in no log, no table and no file."""

import random
import time
from contextlib import suppress
from urllib.parse import quote

import httpx
import pytest

from tests.conversations.test_faults import _locked, _moved_away
from tests.markers.conftest import REST_SENDER, SECRET, SLACK_USER, TEAMS_USER, Everywhere

ERASE_LIMIT_SECONDS = 10
CHANNELS = ["rest", "web", "slack", "teams"]
PERSON = "Fatima el Khattabi"
BSN = "123456782"
MAIL = "ans.markeerder@voorbeeld.nl"
TOKEN = "7KQF-2MXD-9R4T-B6HW"  # noqa: S105 - a code that nobody was given
TOLD = f"want {PERSON} (BSN {BSN}, {MAIL}) doet dat nog niet op school"
PLANTED = ["Khattabi", BSN, "markeerder", TOKEN, "9R4TB6HW", "Sam de Vries"]
SENDERS = [REST_SENDER, SLACK_USER, TEAMS_USER]
SECRETS = [SECRET, "a secret that Slack signs with", "xoxb-of-this-test"]
MESSAGES = [
    f"deels, {TOLD}",
    f"verder met {TOKEN} van {TOLD}",
    TOLD,
    f"mijn buurman {TOLD}, ik maak me zorgen",
    f"wat zegt {TOLD} over evalueren?",
    f'/inform{{"ask": "{TOLD}", "municipality": "{TOLD}"}}',
    f"/nergens {TOLD}",
    f"{TOLD} " * 60,
    TOLD + "\ud83d\ude00\u0000",
]


@pytest.fixture(scope="module", autouse=True)
def everything_said(everywhere: Everywhere) -> None:
    """Say it all through every channel: when all goes well, and when everything fails."""
    speakers = everywhere.speakers
    for say in speakers.values():
        for text in ("ik wil de quickscan doen", "Delft", "ja", "ja"):
            say(text)
            everywhere.wait_until_done()

    def say_all() -> None:
        for say in speakers.values():
            for text in MESSAGES:
                say(text)

    say_all()
    everywhere.wait_until_done()
    with everywhere.without("actions"):
        say_all()
        _send_what_is_no_message(everywhere)
        everywhere.wait_until_done()
    with _moved_away(everywhere):
        say_all()
    with _locked(everywhere):
        for channel in ("rest", "web"):
            speakers[channel](TOLD)
        _go_away_before_the_answer(everywhere)
    everywhere.stop("rasa")
    for text in MESSAGES:
        speakers["web"](text)
    everywhere.start("rasa")
    _send_what_is_no_message(everywhere)
    _ask_odd_addresses(everywhere)
    for say in speakers.values():
        say(f"nee, {TOLD}")
    everywhere.wait_until_done()


def _go_away_before_the_answer(everywhere: Everywhere) -> None:
    """Hang up while the assistant is at work: Rasa would log the whole message."""
    body = {"sender": REST_SENDER, "message": TOLD}
    with suppress(httpx.TimeoutException):
        everywhere.client.post(everywhere.webhook, json=body, timeout=0.5)
    time.sleep(0.5)


def _send_what_is_no_message(everywhere: Everywhere) -> None:
    """Send bodies that no channel can read, also to the servers that are not for outside."""
    chance = random.Random(81)
    actions = f"http://{everywhere.chosen.host}:{everywhere.chosen.actions_port}/webhook"
    addresses = [
        everywhere.webhook,
        f"{everywhere.rasa}/webhooks/web/message",
        f"{everywhere.rasa}/webhooks/slack/events",
        everywhere.endpoint,
        f"{everywhere.page}/chat/message",
        *([actions] if "actions" in everywhere.running else []),
    ]
    bodies = [
        TOLD.encode(),
        f'{{"sender": "{REST_SENDER}", "message": ["{TOLD}"]}}'.encode(),
        f'{{"sender": ["{REST_SENDER}"], "message": "{TOLD}", "tracker": "{TOLD}"}}'.encode(),
        f'{{"next_action": "action_help", "tracker": {{"sender_id": "{TOLD}"}}}}'.encode(),
        f'{{"next_action": "action_answer_from_knowledge", "tracker": "{TOLD}"}}'.encode(),
        f'{{"sender": "{REST_SENDER}", "message": "{TOLD}'.encode(),
        chance.randbytes(200) + TOLD.encode(),
    ]
    for address in addresses:
        for body in bodies:
            for headers in ({}, {"Authorization": f"Bearer {TOKEN}"}):
                everywhere.client.post(address, content=body, headers=headers)


def _ask_odd_addresses(everywhere: Everywhere) -> None:
    for base in (everywhere.page, everywhere.rasa):
        for path in (f"/{TOLD}", f"/resultaat/{TOKEN}", f"/webhooks/{TOLD}", f"/?q={TOLD}"):
            everywhere.client.get(base + quote(path, safe="/?="))
            everywhere.client.request(TOKEN.replace("-", ""), base + quote(path, safe="/?="))


@pytest.mark.parametrize("planted", [*PLANTED, *SENDERS, *SECRETS])
def test_it_stands_in_no_log_and_no_file(everywhere: Everywhere, planted: str) -> None:
    written = everywhere.what_is_written()
    assert {"rasa.log", "actions.log", "web.log", "ebw.db"} <= set(written)
    forms = {planted, planted.lower(), planted.upper(), quote(planted)}
    found = [
        (name, content[max(0, place - 100) : place + 100])
        for name, content in written.items()
        for form in forms
        if (place := content.find(form.encode())) >= 0
    ]
    assert found == []


def test_a_token_of_the_web_channel_stands_nowhere_either(everywhere: Everywhere) -> None:
    session_id, _, signature = everywhere.visitor.token.split(".")
    for part in (session_id, signature):
        assert files_with(everywhere, part) == []


def test_what_may_be_kept_is_found_by_the_same_search(everywhere: Everywhere) -> None:
    assert files_with(everywhere, "doet dat nog niet op school") != []


def test_everything_that_failed_is_told(everywhere: Everywhere) -> None:
    log = everywhere.log()
    assert "the web channel cannot use the database" in log
    assert "rest.message.received.timeout" in log
    assert "Rasa did not answer" in everywhere.log_file("web").read_text()


@pytest.mark.parametrize("channel", CHANNELS)
def test_after_deleting_nothing_of_the_session_is_in_any_file(
    everywhere: Everywhere, channel: str
) -> None:
    say = everywhere.speakers[channel]
    word = f"kaboutermuts-{channel}"
    say(f"deels, want alleen de {word} doet dat")
    everywhere.wait_until_done()
    assert files_with(everywhere, word) != []
    say("verwijder mijn gegevens")
    everywhere.wait_until_done()
    say("ja")
    everywhere.wait_until_done()
    # A message in the inbox goes with the rest, so that nothing tells when its turn is over.
    deadline = time.monotonic() + ERASE_LIMIT_SECONDS
    while (left := files_with(everywhere, word)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []


def files_with(everywhere: Everywhere, word: str) -> list[str]:
    """Return the names of the files that a word stands in."""
    written = everywhere.what_is_written()
    return [name for name, content in written.items() if word.encode() in content]
