"""Look-ups, the evaluation guide, checklists and plans, as a user meets them."""

import json
import re
from itertools import product

import pytest

from bot.actions.topics import MATRIX
from knowledge.items import Item
from tests.conversations.chat import Chat, Reply
from tests.knowledge.real import real_items

CODE = re.compile(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}")
SPOKEN = {
    "sleutelfiguren": ("een netwerk van sleutelfiguren", "sleutelpersonen", "ons sleutelnetwerk"),
    "casusoverleg": ("het casusoverleg", "ons multidisciplinair casusoverleg", "een casustafel"),
    "weerbaar_opvoeden": ("een ouderinterventie", "de oudertraining", "Weerbaar Opvoeden"),
    "theater": ("theater", "een theatervoorstelling", "ons theaterproject"),
    "andere_interventie": (
        "een andere interventie",
        "een algemene interventie",
        "andere interventies",
    ),
}
WORDINGS = {
    "planevaluatie": (
        "hoe doe ik een planevaluatie van {}?",
        "wat heb ik nodig voor een planevaluatie van {}?",
        "welke stappen heeft een planevaluatie van {}?",
    ),
    "procesevaluatie": (
        "hoe doe ik een procesevaluatie van {}?",
        "welke voorwaarden gelden voor een procesevaluatie van {}?",
        "wat zijn de stappen van een procesevaluatie bij {}?",
    ),
    "effectevaluatie": (
        "hoe doe ik een effectevaluatie van {}?",
        "welke randvoorwaarden zijn er voor een effectevaluatie van {}?",
        "hoe meet ik het effect van {}?",
    ),
}
CELLS = [
    (row, kind, form.format(name))
    for row, (kind, forms) in product(MATRIX, WORDINGS.items())
    for form, name in zip(forms, SPOKEN[row], strict=True)
]
MOMENTS = {"Nog niet begonnen": "plan", "Loopt": "proces", "Is afgelopen": "effect"}
CHOICES = {
    "Sleutelfiguren": "sleutelfiguren",
    "Casusoverleg": "casusoverleg",
    "Weerbaar Opvoeden": "weerbaar-opvoeden",
    "Theater": "theater",
    "Iets anders": "andere-interventie",
}


def knowledge(reply: Reply) -> tuple[list[str], list[str]]:
    """Return the items and the sources that were named beside what was said."""
    stated = [message.get("custom", {}).get("knowledge", {}) for message in reply.messages]
    items = [item for part in stated for item in part.get("items", [])]
    return items, [url for part in stated for url in part.get("sources", [])]


def items_of(reply: Reply) -> list[str]:
    """Return the ids of the items that were named beside what was said."""
    return knowledge(reply)[0]


def point_of(reply: Reply) -> int | None:
    """Return the number of the checklist's point that was put."""
    customs = [message.get("custom", {}) for message in reply.messages]
    return next((custom["point"]["number"] for custom in customs if "point" in custom), None)


def of_cell(row: str, kind: str) -> tuple[str, ...]:
    """Return how the ids of a cell's items begin; the general steps are those of other projects."""
    own = f"{row.replace('_', '-')}-{kind}-"
    return (own, f"{kind}-stappen") if row == "andere_interventie" else (own,)


def find(item_id: str) -> Item:
    """Return an item of the content."""
    return next(item for item in real_items() if item.id == item_id)


@pytest.mark.parametrize(("row", "kind", "text"), CELLS)
def test_every_cell_of_the_matrix_gets_a_sourced_answer_or_an_honest_gap(
    chat: Chat, row: str, kind: str, text: str
) -> None:
    reply = chat.say(text)
    items, sources = knowledge(reply)
    assert any(item.startswith(of_cell(row, kind)) for item in items)
    assert sources
    for item in map(find, items):
        assert item.interventions <= {row}
        assert not item.evaluation_types or kind in item.evaluation_types
    gaps = [find(item) for item in items if find(item).is_gap]
    assert all(re.search(r"\bgeen\b|\bniet\b", gap.text) for gap in gaps)
    assert not gaps or gaps[0].text.split(".")[0] in reply.text


@pytest.mark.parametrize(("choice", "moment"), list(product(CHOICES, MOMENTS)))
def test_the_guide_leads_from_every_choice_to_the_evaluation_that_fits(
    chat: Chat, choice: str, moment: str
) -> None:
    assert chat.say("hoe evalueer ik een interventie?").says("utter_ask_intervention")
    assert chat.press(choice).says("utter_ask_moment")
    reply = chat.press(moment)
    kind = f"{MOMENTS[moment]}evaluatie"
    *told, steps = items_of(reply)[:4]
    assert told == [f"{kind}-uitleg", f"{kind}-moment", f"{kind}-wie"]
    row = CHOICES[choice].replace("-", "_")
    assert steps.startswith(of_cell(row, kind))
    assert steps.endswith("-stappen")
    for title in ("Voorwaarden nalopen", "Stappen", "Geleerde lessen", "Evaluatieplan maken"):
        assert items_of(chat.say(reply.buttons[title])) or title == "Evaluatieplan maken"
        chat.say("stop")
    assert chat.say(reply.buttons["Iemand spreken"]).says("utter_advice_intro")


def test_the_guide_understands_typed_answers(chat: Chat) -> None:
    assert chat.say("Hoe evalueer ik een ouderinterventie?").says("utter_ask_moment")
    reply = chat.say("we zijn ongeveer op de helft")
    assert "procesevaluatie-uitleg" in items_of(reply)
    assert "weerbaar-opvoeden-procesevaluatie-stappen" in items_of(reply)


def test_the_guide_answers_how_things_stand_and_goes_on(chat: Chat) -> None:
    chat.say("hoe evalueer ik ons casusoverleg?")
    reply = chat.say("Geen plan van aanpak")
    assert items_of(reply) == ["faq-geen-plan-van-aanpak"]
    assert reply.says("utter_ask_moment")
    assert items_of(chat.say("loopt al een tijd"))[:2] == ["faq-loopt-al", "procesevaluatie-uitleg"]
    assert items_of(chat.say("nooit een nulmeting gedaan")) == ["faq-geen-nulmeting"]


def test_follow_ups_keep_what_is_spoken_of(chat: Chat) -> None:
    chat.say("Hoe evalueer ik een ouderinterventie?")
    chat.press("Loopt")
    assert "theater-procesevaluatie-stappen" in items_of(chat.say("en voor theater?"))
    assert "theater-effectevaluatie-stappen" in items_of(chat.say("en de effectevaluatie?"))
    for text, part in [
        ("wie doet dat dan?", "wie"),
        ("wanneer dan?", "moment"),
        ("door wie?", "wie"),
    ]:
        assert items_of(chat.say(text)) == [f"theater-effectevaluatie-{part}"]


def test_a_checklist_is_walked_by_typing_paused_and_resumed_elsewhere(
    chat: Chat, new_chat: type[Chat]
) -> None:
    assert point_of(chat.say("loop de checklist plan van aanpak met me door")) == 1
    assert point_of(chat.say("ja")) == 2
    assert "alleen de doelgroep" in chat.say("deels, alleen de doelgroep jongeren").text
    assert point_of(chat.say("n.v.t.")) == 4
    reply = chat.say("wat is een nulmeting?")
    assert items_of(reply)[0] == "begrip-nulmeting"
    assert point_of(reply) == 4
    code = CODE.search(chat.say("pauze").text).group()
    colleague = new_chat()
    assert point_of(colleague.say(f"verder met {code}")) == 4
    for said, number in [("zoek ik later uit", 5), ("nee", 6), ("sla over", 7)]:
        assert point_of(colleague.say(said)) == number
    reply = colleague.say("ja")
    outcome = next(
        message["custom"]["checklist_outcome"]
        for message in reply.messages
        if "checklist_outcome" in message.get("custom", {})
    )
    assert outcome == {
        "present": [1, 7],
        "to_arrange": [5, 2],
        "open": [4, 6],
        "not_applicable": [3],
    }


def test_a_checklist_in_a_scan_returns_to_its_question(chat: Chat) -> None:
    chat.start_at(3)
    text = "loop de voorwaarden voor een procesevaluatie van theater met me na"
    assert point_of(chat.say(text)) == 1
    for _ in range(4):
        assert chat.press("Ja").questions == []
    assert chat.press("Ja").questions == [3]
    assert chat.stored() == chat.noted


def test_a_plan_is_made_in_the_guide_and_shown_by_the_program(chat: Chat) -> None:
    chat.say("hoe evalueer ik ons casusoverleg?")
    chat.press("Loopt")
    assert chat.press("Evaluatieplan maken").says("utter_plan_ask_goal")
    reply = chat.say("we willen weten of alle partners op tijd informatie delen")
    plan_id = reply.messages[-1].get("custom", reply.messages[-2].get("custom"))["plan"]["id"]
    plan = json.loads(chat.assistant.ebw("plans", "show", plan_id, "--format", "json"))
    assert plan["goal"] == "we willen weten of alle partners op tijd informatie delen"
    assert "10 procent" in json.dumps(plan)
    reply = chat.press("Voorwaarden nalopen")
    while point_of(reply):
        reply = chat.press("Nee")
    assert reply.says("utter_plan_updated")
    assert "nog te regelen" in chat.assistant.ebw("plans", "show", plan_id)


def test_a_plan_can_be_asked_for_at_once(chat: Chat) -> None:
    assert chat.say("stel een evaluatieplan op voor ons theaterproject, vooraf").says(
        "utter_plan_ask_goal"
    )
    reply = chat.say("overslaan")
    assert "theater-planevaluatie-randvoorwaarden" in items_of(reply)
    assert "(van jou)" not in reply.text


def test_the_outcome_of_a_scan_leads_to_knowledge(chat: Chat) -> None:
    reply = chat.answer_all("Nee")
    reply = chat.press("Klopt, rond af")
    more = [title for title in reply.buttons if title.startswith("Meer over vraag")]
    assert more
    first = items_of(chat.say(reply.buttons[more[0]]))
    assert first
    assert items_of(chat.say(more[0].lower())) == first
