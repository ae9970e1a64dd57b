"""A scan and its course: which question is at hand, what an answer does, where to go next.

The rules are those of design/house.md, decisions 4 and 5: an answer is kept under (scan, question),
so that giving it twice changes nothing, and the scan itself knows how far it is.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from quickscan.questionnaire import Question, Questionnaire


class Answer(StrEnum):
    """What can be answered to a question."""

    YES = "ja"
    PARTLY = "deels"
    NO = "nee"
    UNKNOWN = "weet_niet"
    SKIPPED = "overgeslagen"


class Status(StrEnum):
    """How a scan stands."""

    IN_PROGRESS = "in_progress"
    PAUSED = "paused"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Mode(StrEnum):
    """Whether there is an approach to check, or one to be built (contract, `mode`)."""

    EXISTING_APPROACH = "existing_approach"
    BUILDING_BLOCKS = "building_blocks"


class Stage(StrEnum):
    """What the user is being asked."""

    MUNICIPALITY = "municipality"
    MODE = "mode"
    QUESTION = "question"
    OPEN_QUESTIONS = "open_questions"
    CONFIRM = "confirm"
    DONE = "done"


class Confirming(StrEnum):
    """A question put in between, which must be answered before the course goes on."""

    RESTART = "restart"
    DELETE = "delete"
    WHICH_QUESTION = "which_question"


class OpenRound(StrEnum):
    """The second round, in which the questions that were left open are put once more."""

    NOT_OFFERED = "not_offered"
    GOING = "going"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer with the user's reason (personal data removed), and when it was given."""

    answer: Answer
    explanation: str | None
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality with its CBS code, such as GM0503 Delft."""

    code: str
    name: str


@dataclass(slots=True)
class Scan:
    """One quickscan of one municipality."""

    id: str
    session_id: str
    channel: str
    questionnaire: Questionnaire
    started_at: datetime
    updated_at: datetime
    status: Status = Status.IN_PROGRESS
    mode: Mode = Mode.EXISTING_APPROACH
    municipality: Municipality | None = None
    stage: Stage = Stage.MUNICIPALITY
    position: int = 1
    return_to: int | None = None
    open_round: OpenRound = OpenRound.NOT_OFFERED
    confirming: Confirming | None = None
    unclear: int = 0
    reopened_from: str | None = None
    shared_for_benchmark: bool = False
    completed_at: datetime | None = None
    answers: dict[int, GivenAnswer] = field(default_factory=dict)

    @property
    def question(self) -> Question:
        """The question at hand."""
        return self.questionnaire.question(self.position)

    @property
    def ask(self) -> str:
        """Identify what is being asked, so that a button of an earlier asking is known as stale."""
        at_hand = self.confirming or self.stage
        number = self.position if at_hand is Stage.QUESTION else ""
        return f"{self.id[:8]}-{at_hand}{number}"

    @property
    def is_active(self) -> bool:
        """Tell whether the scan waits for the user."""
        return self.status is Status.IN_PROGRESS

    @property
    def unanswered(self) -> list[int]:
        """The questions that were not yet put or answered."""
        return [q.number for q in self.questionnaire.questions if q.number not in self.answers]

    @property
    def skipped(self) -> list[int]:
        """The questions that were left open."""
        return sorted(n for n, given in self.answers.items() if given.answer is Answer.SKIPPED)

    def set_municipality(self, municipality: Municipality | None) -> None:
        """Note for which municipality the scan is, or that this stays unsaid, and go on."""
        self.municipality = municipality
        if self.stage is Stage.MUNICIPALITY:
            self._go(Stage.MODE)

    def set_mode(self, mode: Mode) -> None:
        """Note whether there is an approach already, and go on to the first question."""
        self.mode = mode
        self._continue()

    def answer(self, number: int, given: GivenAnswer) -> None:
        """Keep the answer to question `number`; go on if that is the question at hand."""
        self.answers[number] = given
        self.confirming = None
        self.unclear = 0
        if self.stage is Stage.QUESTION and number == self.position:
            self._continue()
        elif self.stage is Stage.OPEN_QUESTIONS and not self.skipped:
            self._finish_open_round()

    def skip(self, at: datetime) -> None:
        """Leave the question at hand open; an answer that it already has stays."""
        kept = self.answers.get(self.position) or GivenAnswer(Answer.SKIPPED, None, at)
        self.answer(self.position, kept)

    def jump(self, number: int) -> None:
        """Put question `number` again, and come back afterwards."""
        if self.open_round is OpenRound.GOING and self.stage is Stage.QUESTION:
            came_from = self.return_to or self.position
            self.return_to = came_from if number != came_from else None
        self._go(Stage.QUESTION, number)

    def previous(self) -> bool:
        """Go one step back; return whether there is one."""
        if self.stage is Stage.MODE:
            self._go(Stage.MUNICIPALITY)
        elif self.stage in (Stage.OPEN_QUESTIONS, Stage.CONFIRM):
            self.jump(self.questionnaire.count)
        elif self.stage is Stage.QUESTION and self.position > 1:
            self.jump(self.position - 1)
        else:
            return False
        return True

    def answer_open_questions(self, *, wanted: bool) -> None:
        """Put the open questions once more when `wanted`; otherwise go on to the summary."""
        if wanted and self.skipped:
            self.open_round = OpenRound.GOING
            self._go(Stage.QUESTION, self.skipped[0])
        else:
            self._finish_open_round()

    def complete(self, at: datetime) -> None:
        """Close the scan."""
        self.status = Status.COMPLETED
        self.completed_at = at
        self._go(Stage.DONE)

    def resume(self) -> None:
        """Go on with a scan that was paused or cancelled."""
        self.status = Status.IN_PROGRESS
        self.confirming = None

    def _continue(self) -> None:
        """Go to what comes after the question at hand."""
        first = self.return_to or self.position + 1
        self.return_to = None
        later_open = [number for number in self.skipped if number >= first]
        if self.unanswered:
            self._go(Stage.QUESTION, self.unanswered[0])
        elif self.skipped and self.open_round is OpenRound.NOT_OFFERED:
            self._go(Stage.OPEN_QUESTIONS)
        elif later_open and self.open_round is OpenRound.GOING:
            self._go(Stage.QUESTION, later_open[0])
        else:
            self._finish_open_round()

    def _finish_open_round(self) -> None:
        self.open_round = OpenRound.OVER
        self._go(Stage.CONFIRM)

    def _go(self, stage: Stage, position: int | None = None) -> None:
        self.stage = stage
        self.position = position or self.position
        self.confirming = None
        self.unclear = 0
