"""Ready-made plans for the tests."""

from typing import Any

from evaluation.plan import Line, Origin, Plan, Section
from tests.builders import NOW, SESSION

PLAN_ID = "44444444-2222-4333-8444-555555555555"
CONDITION = Line(
    "Er ligt een plan.",
    Origin.SOURCE,
    "deels geregeld: alleen op papier",
    "de-lijst",
    ("TH-PLAN",),
    "Planevaluatie theater",
    "https://example.org/lijst",
)


def a_plan(**changes: Any) -> Plan:  # noqa: ANN401 - a plan's fields differ
    """Return a plan of two sections."""
    values = {
        "id": PLAN_ID,
        "session_id": SESSION,
        "channel": "rest",
        "title": "Evaluatieplan: planevaluatie van theater",
        "intervention": "theater",
        "evaluation_type": "planevaluatie",
        "goal": "weten of het klopt",
        "created_at": NOW,
        "updated_at": NOW,
        "sections": (
            Section("doel", "Doel", (Line("weten of het klopt", Origin.USER),)),
            Section(
                "voorwaarden",
                "Voorwaarden",
                (Line("Dit heb ik niet.", Origin.ASSISTANT, item="het-gat"), CONDITION),
            ),
        ),
    }
    return Plan(**{**values, **changes})
