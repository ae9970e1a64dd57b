"""What the assistant says about a scan: which response, filled with what, with which buttons.

The wording itself is in domain.yml (responses); a question's text is in the questionnaire.
"""

import json
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from advice.intake import Intake
from bot.actions.advice_speech import ask_step
from bot.actions.checklist_speech import say_point
from bot.actions.topics import Topic
from checklists.course import Run
from checklists.session import Waiting
from quickscan.outcome import Outcome, outcome_of
from quickscan.report import SPOKEN
from quickscan.scan import Answer, Confirming, GivenAnswer, Mode, Scan, Stage

STEPS_IN_SUMMARY = 3
REPORT_DOWNLOADS = (
    ("PDF, om te delen", "verslag.pdf"),
    ("Word, om te bewerken", "verslag.docx"),
    ("CSV, voor een rekenblad", "verslag.csv"),
    ("JSON, voor een ander programma", "verslag.json"),
)
MISUNDERSTANDINGS = "misunderstandings"
TOPIC = "topic"
CHOICE = "#"  # in a button's `ask`: what follows says more than the intent does

Button = tuple[str, str]

_ANSWERS: list[Button] = [
    ("Ja", "affirm"),
    ("Deels", "partly"),
    ("Nee", "deny"),
    ("Weet ik niet", "dont_know"),
]
_EXPLAIN: Button = ("Uitleg", "explain_question")
_ASKS: dict[Stage | Confirming, tuple[str, list[Button]]] = {
    Stage.MUNICIPALITY: ("utter_ask_municipality", [("Liever niet zeggen", "skip_question")]),
    Stage.MODE: ("utter_ask_mode", [("Ja", "affirm"), ("Nee, nog niet", "deny")]),
    Stage.OPEN_QUESTIONS: (
        "utter_ask_open_questions",
        [("Ja, nu beantwoorden", "affirm"), ("Nee, open laten", "deny")],
    ),
    Confirming.RESTART: (
        "utter_ask_restart",
        [("Ja, opnieuw beginnen", "affirm"), ("Nee, verder gaan", "deny")],
    ),
    Confirming.DELETE: (
        "utter_ask_delete",
        [("Ja, verwijder alles", "affirm"), ("Nee, bewaren", "deny")],
    ),
    Confirming.WHICH_QUESTION: ("utter_ask_which_question", [("Laat maar", "cancel")]),
}
_OFFERS: list[Button] = [
    ("Quickscan starten", "start_quickscan"),
    ("Verder met een scan", "resume_quickscan"),
    ("Interventie evalueren", "evaluate_intervention"),
    ("Wat kun je?", "help"),
]
_ALL_OFFERS: list[Button] = [
    *_OFFERS[:-1],
    ("Checklist nalopen", "start_checklist"),
    ("Iemand spreken", "request_advice"),
]
_CONFIRM: list[Button] = [
    ("Klopt, rond af", "affirm"),
    ("Antwoord wijzigen", "change_answer"),
    ("Pauzeren", "pause_quickscan"),
]


class Speaker:
    """Says things to the user of this turn."""

    def __init__(self, dispatcher: CollectingDispatcher) -> None:
        """Speak through `dispatcher`; nothing was misunderstood yet, and nothing asked."""
        self._dispatcher = dispatcher
        self.has_asked = False
        self.remembered: dict[str, Any] = {MISUNDERSTANDINGS: 0}

    def remember_topic(self, topic: Topic) -> None:
        """Keep what the conversation is about, for the next turn."""
        self.remembered[TOPIC] = topic.as_slot()

    def forget_conversation(self) -> None:
        """Keep nothing of what the conversation is about."""
        self.remembered = {MISUNDERSTANDINGS: 0, TOPIC: None}

    def forget_question(self, topic: Topic) -> None:
        """Let a question that stands in the `topic` of this turn go, unless it was put again."""
        if topic.asking and TOPIC not in self.remembered:
            self.remember_topic(topic.asking_for(None))

    def say(
        self,
        response: str,
        buttons: list[dict[str, str]] | None = None,
        custom: dict[str, Any] | None = None,
        **values: object,
    ) -> None:
        """Say the response of that name in domain.yml, with `values` filled in."""
        self._dispatcher.utter_message(
            response=response, buttons=buttons or [], json_message=custom or {}, **values
        )

    def say_and_offer(self, response: str) -> None:
        """Say a response and offer what can be done from here; for when nothing is pending."""
        offers = _ALL_OFFERS if response == "utter_help" else _OFFERS
        self.say(response, [{"title": title, "payload": f"/{intent}"} for title, intent in offers])

    def ask_pending(self, pending: Waiting, *, explain: bool = True) -> None:
        """Ask what the scan, the checklist or the request waits for, with the buttons that fit.

        `explain` offers the explanation of the question; not when it was just given.
        """
        self.has_asked = True
        if isinstance(pending, Run):
            say_point(self.say, pending, explain=explain)
        elif isinstance(pending, Intake):
            ask_step(self.say, pending)
        elif isinstance(pending, Scan):
            self._ask_in_scan(pending, explain=explain)

    def _ask_in_scan(self, scan: Scan, *, explain: bool) -> None:
        if scan.confirming:
            self._ask_simply(scan, scan.confirming)
        elif scan.stage is Stage.QUESTION:
            self._ask_question(scan, explain=explain)
        elif scan.stage is Stage.CONFIRM:
            self.say("utter_ask_confirm", buttons_for(scan, _CONFIRM))
        elif scan.stage is not Stage.DONE:
            self._ask_simply(scan, scan.stage)

    def note(self, number: int, given: GivenAnswer) -> None:
        """Acknowledge an answer; only after it is part of what will be stored this turn."""
        response = "utter_noted_with_reason" if given.explanation else "utter_noted"
        self.say(
            response,
            custom={"noted": {"question": number, "answer": given.answer.value}},
            number=number,
            answer=SPOKEN[given.answer],
            reason=given.explanation or "",
        )

    def note_skip(self, scan: Scan) -> None:
        """Say that the question at hand stays open, or keeps the answer that it has."""
        given = scan.answers.get(scan.position)
        if given and given.answer is not Answer.SKIPPED:
            self.recall(scan.position, given)
        else:
            noted = {"question": scan.position, "answer": Answer.SKIPPED.value}
            self.say("utter_skipped", custom={"noted": noted}, number=scan.position)

    def recall(self, number: int, given: GivenAnswer | None) -> None:
        """Say which answer question `number` has, if it has one."""
        if given:
            self.say("utter_recall", number=number, answer=SPOKEN[given.answer])

    def introduce(self, scan: Scan) -> None:
        """Say what the scan is before its first question."""
        questionnaire = scan.questionnaire
        self.say("utter_scan_intro", count=questionnaire.count, wording=questionnaire.wording)
        if scan.municipality:
            self.say("utter_municipality_noted", municipality=scan.municipality.name)
        self.ask_pending(scan)

    def tell_progress(self, scan: Scan) -> None:
        """Say how many questions are done, left open and to come."""
        self.say("utter_progress", **progress_of(scan))

    def ask_choice(self, scan: Scan) -> None:
        """Ask back which of the answers fits."""
        self.say("utter_unclear", buttons_for(scan, [*_ANSWERS, _EXPLAIN]), number=scan.position)

    def ask_which_municipality(self, scan: Scan, names: list[str]) -> None:
        """Ask which of the municipalities with this name is meant."""
        buttons = [
            {"title": name, "payload": _payload("inform", municipality=name, ask=scan.ask)}
            for name in names
        ]
        self.say("utter_which_municipality", buttons)

    def ask_if_active(self, scan: Scan) -> None:
        """Ask what the scan waits for, unless it does not wait."""
        if scan.is_active:
            self.ask_pending(scan)

    def explain(self, scan: Scan) -> None:
        """Explain the question at hand, with its source."""
        question = scan.question
        self.say(
            "utter_explanation",
            custom={"source": {"title": question.source, "url": scan.questionnaire.source_url}},
            explanation=question.explanation,
            why=question.why,
            good_practice=question.good_practice,
            source=question.source,
        )

    def say_stale_button(self, pending: Waiting | None) -> None:
        """Say that a button of an earlier asking does nothing any more, and ask what is pending."""
        self.say("utter_stale_button")
        if pending:
            self.ask_pending(pending)

    def summarise(self, scan: Scan) -> None:
        """Say the outcome as it stands: totals, per theme, first steps."""
        outcome = outcome_of(scan)
        building = scan.mode is Mode.BUILDING_BLOCKS
        self.say(
            "utter_summary_building_blocks" if building else "utter_summary",
            municipality=scan.municipality.name if scan.municipality else "jullie gemeente",
            strengths=_numbers(outcome.strengths),
            improvements=_numbers(outcome.improvements),
            blind_spots=_numbers(outcome.blind_spots),
        )
        self.say("utter_summary_themes", themes=_theme_lines(outcome))
        if outcome.next_steps:
            self.say("utter_first_steps", steps=_step_lines(outcome))

    def offer_knowledge(self, scan: Scan) -> None:
        """Offer what is known about the questions with a next step; the first have a button."""
        numbers = [step.question for step in outcome_of(scan).next_steps if step.knowledge]
        buttons = [
            {
                "title": f"Meer over vraag {number}",
                "payload": f'/find_knowledge{{"question_number": {number}}}',
            }
            for number in numbers[:STEPS_IN_SUMMARY]
        ]
        if buttons:
            known = _numbers(sorted(numbers))
            self.say("utter_more_about", buttons, first=numbers[0], questions=known)

    def give_report(self, address: str) -> None:
        """Say where the report is, and in which forms it can be had."""
        downloads = [
            {"title": title, "url": f"{address}/{file}"} for title, file in REPORT_DOWNLOADS
        ]
        report = {"url": address, "downloads": downloads}
        self.say("utter_report", custom={"report": report}, address=address)

    def _ask_simply(self, scan: Scan, ask: Stage | Confirming) -> None:
        response, buttons = _ASKS[ask]
        self.say(
            response,
            buttons_for(scan, buttons),
            count=scan.questionnaire.count,
            open_questions=_numbers(scan.skipped),
        )

    def _ask_question(self, scan: Scan, *, explain: bool) -> None:
        question, count = scan.question, scan.questionnaire.count
        building = scan.mode is Mode.BUILDING_BLOCKS
        self.say(
            "utter_question",
            buttons_for(scan, [*_ANSWERS, _EXPLAIN] if explain else _ANSWERS),
            custom={
                "question": {"number": question.number, "of": count, "theme": question.theme.id}
            },
            number=question.number,
            count=count,
            theme=question.theme.title,
            question=question.building_block if building else question.question,
        )


def progress_of(scan: Scan) -> dict[str, Any]:
    """Return what can be told of the scan's progress, for use in a response."""
    to_come = len(scan.unanswered)
    count = scan.questionnaire.count
    return {
        "answered": count - to_come - len(scan.skipped),
        "skipped": len(scan.skipped),
        "to_come": to_come,
        "count": count,
        "theme": scan.question.theme.title,
    }


def buttons_for(scan: Scan, buttons: list[Button]) -> list[dict[str, str]]:
    """Make buttons that only work as long as the scan asks what it asks now."""
    return [
        {"title": title, "payload": _payload(intent, ask=scan.ask)} for title, intent in buttons
    ]


def _payload(intent: str, **entities: str) -> str:
    """Return what a button sends: an intent with its entities, as Rasa reads it."""
    return f"/{intent}{json.dumps(entities, ensure_ascii=False)}"


def _numbers(numbers: list[int]) -> str:
    """Write question numbers as a Dutch list: "vraag 3, 5 en 9", or "geen"."""
    if not numbers:
        return "geen"
    *first, last = map(str, numbers)
    return f"vraag {', '.join(first)} en {last}" if first else f"vraag {last}"


def _theme_lines(outcome: Outcome) -> str:
    return "\n".join(
        f"{profile.theme.title}: "
        + ", ".join(f"{n} {SPOKEN[answer]}" for answer, n in profile.counts.items() if n)
        for profile in outcome.themes
    )


def _step_lines(outcome: Outcome) -> str:
    return "\n".join(
        f"Vraag {step.question}: {step.text}" for step in outcome.next_steps[:STEPS_IN_SUMMARY]
    )
