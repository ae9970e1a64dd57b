"""Making an evaluation plan in conversation: the goal is asked, the rest comes from the sources."""

import json
import re
from collections.abc import Iterable

from bot.actions.speech import Speaker
from bot.actions.topics import ASKING_GOAL, PLANNING, Topic
from bot.actions.turn import PLAN_ASK, Turn
from bot.actions.walking import NEW_PLAN, PERSON
from bot.nlu.context import leading_answer
from checklists.course import Run, RunStatus
from checklists.session import WorkSession
from evaluation.making import Evaluation
from evaluation.plan import Line, Origin, Plan
from evaluation.session import make_plan, update_plan
from knowledge.answering import together
from privacy.redact import redact

WITHOUT_GOAL = f"{PLAN_ASK}zonder-doel"
_LONGEST_GOAL = 300
_FEW = 2  # words: "sla over"
_NO_GOAL = ("skip_question", "deny", "dont_know")
_SENTENCE = re.compile(r"(.+?[.?])(?:\s|$)", re.DOTALL)
_MOST_LINES = 4
_MET = ("geregeld", "niet van toepassing")


def is_planning(turn: Turn) -> bool:
    """Tell whether a turn asks for a plan, or answers what was asked for one."""
    return turn.entities.get("ask") in (NEW_PLAN, WITHOUT_GOAL) or turn.topic.asking in (
        PLANNING,
        ASKING_GOAL,
    )


def plan(topic: Topic, turn: Turn, session: WorkSession, speaker: Speaker) -> None:
    """Ask for the goal when nothing else waits; then make the plan and show it."""
    asked = turn.topic.asking == ASKING_GOAL and turn.entities.get("ask") != NEW_PLAN
    skipped = turn.entities.get("ask") == WITHOUT_GOAL
    if asked or skipped or session.pending:
        goal = _goal_in(turn, speaker) if asked and not skipped else None
        made = make_plan(session, evaluation_of(topic), goal)
        speaker.remember_topic(topic.asking_for(None))
        _show(made, speaker)
        return
    speaker.remember_topic(topic.asking_for(ASKING_GOAL))
    payload = json.dumps({"ask": WITHOUT_GOAL})
    skip = {"title": "Overslaan", "payload": f"/evaluate_intervention{payload}"}
    speaker.say("utter_plan_ask_goal", [skip])


def bring_into_plan(run: Run, session: WorkSession, speaker: Speaker) -> None:
    """Update the plan with conditions that were walked, when there is a plan, and say so."""
    if run.status is not RunStatus.COMPLETED or run.checklist.kind != "randvoorwaarde":
        return
    if run.intervention and run.evaluation_type:
        topic = Topic(run.intervention, run.evaluation_type)
        if update_plan(session, evaluation_of(topic), run):
            speaker.say("utter_plan_updated", [_again(topic)])


def evaluation_of(topic: Topic) -> Evaluation:
    """Return what the topic's plan is about; the topic names an intervention and a type."""
    return Evaluation(
        intervention=topic.intervention or "",
        row=topic.row or "",
        spoken=topic.spoken_intervention,
        evaluation_type=topic.evaluation_type or "",
    )


def _goal_in(turn: Turn, speaker: Speaker) -> str | None:
    """Return the goal that the user typed, without personal data."""
    first = turn.ranking[0]["name"] if turn.ranking else turn.intent
    passed = first in _NO_GOAL and (leading_answer(turn.text) or len(turn.text.split()) <= _FEW)
    if turn.is_button or passed:
        return None
    redaction = redact(" ".join(turn.text.split())[:_LONGEST_GOAL])
    if redaction.kinds:
        speaker.say("utter_redacted")
    return redaction.text or None


def _show(made: Plan, speaker: Speaker) -> None:
    """Show the plan in three short messages; the whole of it is stored."""
    main = [_first(made, name) for name in ("doel", "vragen", "planning", "wie")]
    goal, questions, timeline, who = map(_short, main)
    speaker.say(
        "utter_plan",
        [],
        _rests_on(made, ("doel", "soort", "vragen", "planning", "wie")),
        title=made.title,
        goal=goal,
        questions=questions,
        timeline=timeline,
        who=who,
        sources=_sources(main),
    )
    conditions, more = _conditions(made)
    data, budget = _first(made, "gegevens"), _first(made, "budget")
    speaker.say(
        "utter_plan_conditions",
        [],
        _rests_on(made, ("voorwaarden", "gegevens", "budget")),
        conditions="\n".join([*map(_listed, conditions), *more]),
        data=_short(data),
        budget=_short(budget),
        sources=_sources([*conditions, data, budget]),
    )
    steps = made.section("stappen").lines[:_MOST_LINES]
    speaker.say(
        "utter_plan_steps",
        _offers(made),
        _rests_on(made, ("stappen",)) | {"plan": {"id": made.id}},
        steps="\n".join(map(_listed, steps)),
        sources=_sources(steps),
    )


def _offers(made: Plan) -> list[dict[str, str]]:
    lines = made.section("voorwaarden").lines
    walkable = [line for line in lines if line.origin is Origin.SOURCE]
    about = {"intervention": made.intervention, "evaluation_type": made.evaluation_type}
    payload = json.dumps({**about, "content_kind": "randvoorwaarde"})
    walk = {"title": "Voorwaarden nalopen", "payload": f"/start_checklist{payload}"}
    return [*([walk] if walkable else []), PERSON]


def _conditions(made: Plan) -> tuple[list[Line], list[str]]:
    """Return the first conditions that are not met, and what to say of the others."""
    lines = made.section("voorwaarden").lines
    to_do = [line for line in lines if line.given not in _MET]
    met, more = len(lines) - len(to_do), len(to_do) - _MOST_LINES
    rest = [f"En nog {more} in het plan."] if more > 0 else []
    settled = [f"Geregeld of niet van toepassing: {met}."] if met else []
    return to_do[:_MOST_LINES], [*rest, *settled]


def _again(topic: Topic) -> dict[str, str]:
    about = {"intervention": topic.intervention, "evaluation_type": topic.evaluation_type}
    payload = json.dumps({**about, "ask": WITHOUT_GOAL})
    return {"title": "Evaluatieplan bekijken", "payload": f"/evaluate_intervention{payload}"}


def _first(made: Plan, section: str) -> Line:
    return made.section(section).lines[0]


def _sources(lines: Iterable[Line]) -> str:
    """Return the titles of the sources that these lines rest on, or that there are none."""
    return together(line.source for line in lines if line.source) or "geen; dit is van ons"


def _listed(line: Line) -> str:
    return f"- {_short(line)}"


def _short(line: Line) -> str:
    """Return the first sentence of a line, and what the user gave."""
    sentence = _SENTENCE.match(line.text)
    if sentence and sentence.group(1).startswith("Dit is afgeleid"):
        sentence = _SENTENCE.match(line.text, sentence.end())
    told = sentence.group(1) if sentence and line.origin is not Origin.USER else line.text
    if line.origin is Origin.USER:
        return f"{told} (van jou)"
    derived = " (afgeleid)" if "afgeleid" in line.text else ""
    given = f" Jij: {line.given}." if line.given else ""
    return f"{told}{derived}{given}"


def _rests_on(made: Plan, names: tuple[str, ...]) -> dict[str, object]:
    lines = [line for name in names for line in made.section(name).lines]
    items = dict.fromkeys(line.item for line in lines if line.item)
    sources = dict.fromkeys(line.url for line in lines if line.url)
    return {"knowledge": {"items": list(items), "sources": list(sources)}}
