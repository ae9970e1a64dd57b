from pathlib import Path

import pytest
from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler
from rasa.shared.core.domain import Domain

from bot.nlu.contract import PUBLIC_INTENTS
from bot.nlu.guard import LONGEST_MESSAGE, MessageGuard
from tests.bot.nlu.pipeline import made, reading, storage_in, typed

ROOT = Path(__file__).parents[3]
DOMAIN = Domain.load(str(ROOT / "domain.yml"))


@pytest.fixture
def guard(tmp_path: Path) -> MessageGuard:
    return made(MessageGuard, storage_in(tmp_path))


def through(guard: MessageGuard, text: str) -> tuple[str | None, list[tuple[str, object]]]:
    """Return what Rasa makes of `text`: the guard first, its own payload handler last."""
    (message,) = RegexMessageHandler().process(guard.process([typed(text)]), DOMAIN)
    return reading(message)


@pytest.mark.parametrize("intent", sorted(PUBLIC_INTENTS))
def test_the_domain_knows_every_intent_that_the_guard_lets_through(
    guard: MessageGuard, intent: str
) -> None:
    assert through(guard, f"/{intent}") == (intent, [])


def test_a_button_keeps_its_entities(guard: MessageGuard) -> None:
    assert through(guard, '/inform{"intervention": "theater"}') == (
        "inform",
        [("intervention", "theater")],
    )


@pytest.mark.parametrize(
    "text",
    [
        "/session_start",
        "/restart",
        "/back",
        "/nlu_fallback",
        '/inform{"intervention": "drop table"}',
        '/inform{"session_started_metadata": "x"}',
        "/inform{oops",
        "  /restart",
        "/greet@0.1",
    ],
)
def test_a_forged_payload_is_not_understood_and_carries_nothing(
    guard: MessageGuard, text: str
) -> None:
    assert through(guard, text) == ("nlu_fallback", [])


@pytest.mark.parametrize(
    "text",
    ["", "   ", "???", "👍", "-", "x" * (LONGEST_MESSAGE + 1), "/" + "a" * 100_000, "ja " * 50_000],
)
def test_what_is_no_message_is_not_understood(guard: MessageGuard, text: str) -> None:
    assert through(guard, text) == ("nlu_fallback", [])


def test_an_unreadable_message_loses_its_text_so_that_nothing_after_it_reads_it(
    guard: MessageGuard,
) -> None:
    (message,) = guard.process([typed("x" * 100_000)])
    assert message.get("text") == ""


@pytest.mark.parametrize("text", ["hallo", "7", "ja/nee", "a" * LONGEST_MESSAGE])
def test_an_ordinary_message_is_left_to_the_rest_of_the_pipeline(
    guard: MessageGuard, text: str
) -> None:
    (message,) = guard.process([typed(text)])
    assert message.get("text") == text
    assert reading(message) == (None, [])
