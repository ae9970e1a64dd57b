import asyncio
import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import select, update
from sqlalchemy.engine import Engine

from bot.tracker_store import SlotTrackerStore
from ebw.settings import ROOT
from storage.database import transaction
from storage.tables import trackers

SENDER = "jan.de.vries@gemeente.example"
DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [inform]
slots:
  subject: {type: any, mappings: [{type: custom}]}
  count: {type: any, initial_value: 0, mappings: [{type: custom}]}
actions: [action_answer]
"""
)


@pytest.fixture
def store(database: Engine) -> SlotTrackerStore:
    """Give a tracker store on the database of this test."""
    return SlotTrackerStore(DOMAIN)


def retrieve(store: SlotTrackerStore, sender: str = SENDER) -> DialogueStateTracker:
    """Return what the store remembers of a conversation."""
    return asyncio.run(store.retrieve(sender))


def slots_of(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Return the slots of the domain; Rasa adds some of its own."""
    values = tracker.current_slot_values()
    return {name: values[name] for name in ("subject", "count")}


def turn(store: SlotTrackerStore, sender: str = SENDER, **slots: Any) -> None:  # noqa: ANN401 - a slot holds anything
    """Have a turn in which a user says something, and slots are set."""
    tracker = retrieve(store, sender)
    tracker.update(UserUttered("mijn buurman Piet doet raar", {"name": "inform"}))
    tracker.update(ActionExecuted("action_answer"))
    tracker.update(BotUttered("Dat mag je hier niet zeggen over Piet."))
    for name, value in slots.items():
        tracker.update(SlotSet(name, value))
    tracker.update(ActionExecuted("action_listen"))
    asyncio.run(store.save(tracker))


def rows() -> list[Any]:
    """Return what is stored."""
    with transaction() as connection:
        return connection.execute(select(trackers)).fetchall()


def age(hours: float) -> None:
    """Make what is stored older."""
    with transaction() as connection:
        then = datetime.now(UTC) - timedelta(hours=hours)
        connection.execute(update(trackers).values(updated_at=then))


def test_of_an_unknown_conversation_nothing_is_remembered_and_it_listens(
    store: SlotTrackerStore,
) -> None:
    tracker = retrieve(store)
    assert tracker.sender_id == SENDER
    assert slots_of(tracker) == {"subject": None, "count": 0}
    assert tracker.latest_action_name == "action_listen"
    assert rows() == []


def test_slots_come_back_in_the_next_turn(store: SlotTrackerStore) -> None:
    turn(store, subject={"name": "theater", "pages": [1, 2]}, count=2)
    tracker = retrieve(store)
    assert slots_of(tracker) == {"subject": {"name": "theater", "pages": [1, 2]}, "count": 2}
    assert tracker.latest_action_name == "action_listen"


def test_nothing_but_slots_comes_back(store: SlotTrackerStore) -> None:
    turn(store, subject="theater")
    tracker = retrieve(store)
    assert not [event for event in tracker.events if isinstance(event, UserUttered | BotUttered)]
    assert tracker.latest_message.text is None
    assert tracker.active_loop is None


def test_a_form_does_not_outlive_its_turn(store: SlotTrackerStore) -> None:
    tracker = retrieve(store)
    tracker.update(ActiveLoop("some_form"))
    asyncio.run(store.save(tracker))
    assert retrieve(store).active_loop is None


def test_no_words_of_a_user_and_no_sender_are_stored(store: SlotTrackerStore) -> None:
    turn(store, subject="theater")
    (row,) = rows()
    assert row.conversation == hashlib.sha256(SENDER.encode()).hexdigest()
    assert row.slots == {"subject": "theater"}
    stored = str(tuple(row))
    assert SENDER not in stored
    assert "Piet" not in stored


def test_what_a_channel_sends_along_is_not_stored(store: SlotTrackerStore) -> None:
    metadata = {"from": {"name": "Jan de Vries", "email": SENDER}}
    turn(store, session_started_metadata=metadata)
    assert rows() == []
    turn(store, session_started_metadata=metadata, subject="theater")
    assert rows()[0].slots == {"subject": "theater"}


def test_a_conversation_without_slots_leaves_no_trace(store: SlotTrackerStore) -> None:
    turn(store)
    turn(store, count=0)
    assert rows() == []


def test_a_slot_that_is_emptied_is_not_remembered(store: SlotTrackerStore) -> None:
    turn(store, subject="theater", count=1)
    turn(store, subject=None)
    assert slots_of(retrieve(store)) == {"subject": None, "count": 1}
    turn(store, count=0)
    assert rows() == []


def test_after_an_hour_a_conversation_is_forgotten(store: SlotTrackerStore) -> None:
    turn(store, subject="theater")
    age(0.95)
    assert retrieve(store).get_slot("subject") == "theater"
    age(1.05)
    assert retrieve(store).get_slot("subject") is None


def test_a_forgotten_conversation_can_begin_anew(store: SlotTrackerStore) -> None:
    turn(store, subject="theater", count=3)
    age(2)
    turn(store, count=1)
    assert slots_of(retrieve(store)) == {"subject": None, "count": 1}


def test_a_turn_that_changes_no_slot_writes_nothing(store: SlotTrackerStore) -> None:
    turn(store, subject="theater")
    before = rows()
    turn(store)
    turn(store, subject="theater")
    assert rows() == before


def test_conversations_do_not_mix(store: SlotTrackerStore) -> None:
    turn(store, "een", subject="theater")
    turn(store, "twee", subject="sleutelfiguren")
    assert retrieve(store, "een").get_slot("subject") == "theater"
    assert retrieve(store, "twee").get_slot("subject") == "sleutelfiguren"


def test_a_restart_forgets_nothing(store: SlotTrackerStore, database: Engine) -> None:
    turn(store, subject="theater")
    assert retrieve(SlotTrackerStore(DOMAIN)).get_slot("subject") == "theater"


def test_a_slot_that_the_domain_no_longer_has_does_no_harm(store: SlotTrackerStore) -> None:
    turn(store, subject="theater", count=2)
    smaller = Domain.from_yaml(
        'version: "3.1"\nslots: {count: {type: any, mappings: [{type: custom}]}}'
    )
    assert retrieve(SlotTrackerStore(smaller)).get_slot("count") == 2


def test_the_ids_of_senders_cannot_be_listed(store: SlotTrackerStore) -> None:
    turn(store, subject="theater")
    assert list(asyncio.run(store.keys())) == []


def test_rasa_makes_this_store_from_endpoints_yml(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EBW_ACTIONS_URL", "http://127.0.0.1:1/webhook")
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    assert isinstance(TrackerStore.create(endpoints.tracker_store, DOMAIN), SlotTrackerStore)
