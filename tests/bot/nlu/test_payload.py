import pytest

from bot.nlu.payload import read_payload

VALUES = {"intervention": ("theater",), "moment": ("vooraf",)}


@pytest.mark.parametrize(
    ("text", "intent", "entities"),
    [
        ("/greet", "greet", {}),
        (" /affirm ", "affirm", {}),
        ("/restart_quickscan", "restart_quickscan", {}),
        ('/inform{"intervention": "theater"}', "inform", {"intervention": "theater"}),
        ('/change_answer{"question_number": 12}', "change_answer", {"question_number": 12}),
        ('/change_answer{"question_number": "12"}', "change_answer", {"question_number": "12"}),
        (
            '/inform{"municipality": "Súdwest-Fryslân"}',
            "inform",
            {"municipality": "Súdwest-Fryslân"},
        ),
        ('/help{"ask": "kennis"}', "help", {"ask": "kennis"}),
    ],
)
def test_a_button_of_the_assistant_is_let_through(
    text: str, intent: str, entities: dict[str, object]
) -> None:
    payload = read_payload(text, VALUES)
    assert payload is not None
    assert (payload.intent, payload.entities) == (intent, entities)


@pytest.mark.parametrize(
    "text",
    [
        "/session_start",
        "/restart",
        "/back",
        "/nlu_fallback",
        "/does_not_exist",
        "/",
        "//greet",
        "/greet rest",
        "/greet@0.5",
        "/GREET",
        "/greet\n/restart",
        "/inform{",
        "/inform{}x",
        '/inform{"intervention": "theater"',
        '/inform["theater"]',
        '/inform{"intervention": "hack"}',
        '/inform{"intervention": ["theater"]}',
        '/inform{"intervention": {"a": 1}}',
        '/inform{"intervention": null}',
        '/inform{"intervention": true}',
        '/inform{"role": "admin"}',
        '/inform{"requested_slot": "x"}',
        '/change_answer{"question_number": true}',
        '/change_answer{"question_number": 1.5}',
        '/change_answer{"question_number": -3}',
        '/change_answer{"question_number": 0}',
        '/change_answer{"question_number": 99999999}',
        '/change_answer{"question_number": "٣"}',
        '/inform{"municipality": ""}',
        '/inform{"municipality": "a\\u0000b"}',
        '/help{"ask": 3}',
        f'/inform{{"municipality": "{"x" * 101}"}}',
        "/inform" + "{" * 5000,
    ],
)
def test_anything_else_is_not_let_through(text: str) -> None:
    assert read_payload(text, VALUES) is None


def test_a_payload_is_written_in_one_way() -> None:
    payload = read_payload('/inform   {"moment":"vooraf"}', VALUES)
    assert payload is not None
    assert payload.canonical == '/inform{"moment": "vooraf"}'
