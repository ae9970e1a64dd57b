from bot.event_stream import told

SAID = {
    "sender_id": "geheim-gesprek",
    "event": "user",
    "timestamp": 1.5,
    "text": "mijn nummer is 06-12345678",
    "input_channel": "web",
    "parse_data": {
        "intent": {"name": "inform", "confidence": 0.9},
        "text": "mijn nummer is 06-12345678",
        "entities": [{"entity": "municipality", "value": "Delft"}],
    },
    "metadata": {"name": "Henk"},
}


def test_of_a_message_is_told_what_kind_it_was_and_no_word_of_it() -> None:
    fields = told(SAID)
    session = fields.pop("session")
    assert fields == {"event": "user", "time": "1.5", "channel": "web", "intent": "inform"}
    assert "geheim" not in session


def test_an_intent_that_a_user_made_up_is_not_told() -> None:
    assert "intent" not in told({**SAID, "parse_data": {"intent": {"name": "Henk de Vries"}}})


def test_of_what_the_assistant_says_is_told_that_it_spoke() -> None:
    said = {"sender_id": "x", "event": "bot", "timestamp": 2.0, "text": "Genoteerd.", "data": {}}
    assert set(told(said)) == {"event", "time", "session"}


def test_a_slot_is_not_told() -> None:
    assert told({"sender_id": "x", "event": "slot", "name": "topic", "value": "Henk"}) == {}


def test_the_messages_of_one_session_can_be_put_together() -> None:
    assert told(SAID)["session"] == told({**SAID, "event": "bot"})["session"]
    assert told(SAID)["session"] != told({**SAID, "sender_id": "ander"})["session"]
