"""Making a plan's sections from the knowledge items, a goal and the walked preconditions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checklists.choosing import choose
from checklists.course import Run, Verdict
from checklists.outcome import outcome_of, verdict_on
from evaluation.plan import Line, Origin, Section, from_source
from knowledge.answering import name_source
from knowledge.items import Item
from knowledge.lookup import Wanted, look_up

_STATUS = {
    Verdict.YES: "geregeld",
    Verdict.PARTLY: "deels geregeld",
    Verdict.NO: "nog te regelen",
    Verdict.NOT_APPLICABLE: "niet van toepassing",
    Verdict.LATER: "nog na te gaan",
}
_DATA = {
    "planevaluatie": ("planevaluatie-checklist",),
    "procesevaluatie": ("evaluatie-als-beginpunt", "methode-combineren"),
    "effectevaluatie": ("methode-voor-en-nameting", "methode-combineren"),
}
_NO_GOAL = "Nog in te vullen: schrijf in één zin op wat je met de evaluatie wilt weten."
_CHECK_YOURSELF = "Loop deze voorwaarden nog na."


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What is evaluated and how: `row` is its row in the matrix, `spoken` how it is spoken of."""

    intervention: str
    row: str
    spoken: str
    evaluation_type: str


class Maker:
    """Makes the sections of a plan for one evaluation."""

    def __init__(self, items: Iterable[Item], evaluation: Evaluation) -> None:
        """Make from `items`, which hold everything that the matrix always has."""
        self._items = tuple(items)
        self._by_id = {item.id: item for item in self._items}
        self._evaluation = evaluation
        self._type = evaluation.evaluation_type

    def sections(self, goal: str | None, run: Run | None) -> tuple[Section, ...]:
        """Return the sections; `run` is the walk through the preconditions, when there was one."""
        parts = (
            ("doel", "Doel van de evaluatie", self._goal(goal)),
            ("soort", "Soort evaluatie", self._kind()),
            ("vragen", "Vragen", self._questions()),
            ("planning", "Moment en planning", self._timeline()),
            ("wie", "Wie voert uit", self._who()),
            ("voorwaarden", "Voorwaarden", self._conditions(run)),
            ("gegevens", "Gegevens om te verzamelen", self._data()),
            ("budget", "Budget", self._budget()),
            ("stappen", "Volgende stappen", self._steps(run)),
        )
        return tuple(Section(part, title, tuple(lines)) for part, title, lines in parts)

    def _goal(self, goal: str | None) -> Iterator[Line]:
        yield Line(goal, Origin.USER) if goal else Line(_NO_GOAL, Origin.ASSISTANT)

    def _kind(self) -> Iterator[Line]:
        about = f"Een {self._type} van {self._evaluation.spoken}."
        yield Line(about, Origin.USER)
        yield self._whole(self._by_id[f"{self._type}-uitleg"])

    def _questions(self) -> Iterator[Line]:
        overview = self._by_id["evaluatietypen-overzicht"]
        mine = [point for point in overview.points if point.lower().startswith(self._type)]
        yield from (self._line(overview, _question_in(point)) for point in mine)
        explained = self._by_id[f"{self._type}-uitleg"]
        yield from (self._line(explained, point) for point in explained.points)

    def _timeline(self) -> Iterator[Line]:
        yield self._whole(self._of_cell("moment"))
        yield self._whole(self._by_id["ideale-tijdlijn"])
        weeks = self._by_id["methode-doorlooptijd"]
        text = "Hoeveel weken of uren het kost, staat in geen bron."
        yield Line(text, Origin.ASSISTANT, item=weeks.id)

    def _who(self) -> Iterator[Line]:
        yield self._whole(self._of_cell("rol"))
        objective = self._by_id["objectiviteit"]
        if self._type in objective.evaluation_types:
            yield self._whole(objective)

    def _conditions(self, run: Run | None) -> Iterator[Line]:
        choice = choose(
            self._items,
            self._by_id.__getitem__,
            self._evaluation.row,
            self._type,
            "randvoorwaarde",
        )
        if choice.gap:
            yield Line(choice.gap.text, Origin.ASSISTANT, item=choice.gap.id)
        if run:
            yield from (self._walked(run, n) for n in range(1, run.checklist.count + 1))
        elif choice.item:
            yield Line(_CHECK_YOURSELF, Origin.ASSISTANT)
            yield from (self._line(choice.item, point) for point in choice.item.points)

    def _walked(self, run: Run, number: int) -> Line:
        status, given = _STATUS[verdict_on(run, number)], run.verdicts.get(number)
        remark = f": {given.remark}" if given and given.remark else ""
        checklist = run.checklist
        return Line(
            checklist.points[number - 1],
            Origin.SOURCE,
            f"{status}{remark}",
            checklist.item_id,
            checklist.source_codes,
            checklist.source_title,
            checklist.source_url,
        )

    def _data(self) -> Iterator[Line]:
        yield from (self._whole(self._by_id[name]) for name in _DATA[self._type])

    def _budget(self) -> Iterator[Line]:
        guideline = self._by_id["kosten-richtlijn"]
        if self._type in guideline.evaluation_types:
            yield self._whole(guideline)
        else:
            text = f"Voor een {self._type} heb ik geen richtlijn voor het budget met een bron."
            yield Line(text, Origin.ASSISTANT, item=self._by_id["methode-kosten"].id)

    def _steps(self, run: Run | None) -> Iterator[Line]:
        if run:
            yield from (self._walked(run, number) for number in outcome_of(run).to_arrange)
        steps = self._of_cell("stappenplan")
        if steps.is_gap:
            yield Line(steps.text, Origin.ASSISTANT, item=steps.id)
            instead = (self._by_id[name] for name in steps.instead)
            steps = next((item for item in instead if item.kind == "stappenplan"), steps)
        yield from (self._line(steps, point) for point in steps.points)
        yield Line("Leg dit plan bij twijfel voor aan een adviseur van ESS.", Origin.ASSISTANT)

    def _of_cell(self, kind: str) -> Item:
        """Return the item of this kind for the row and the type; it may be a gap."""
        return look_up(self._items, Wanted(self._evaluation.row, self._type, kind)).best[0]

    def _whole(self, item: Item) -> Line:
        return self._line(item, item.text)

    def _line(self, item: Item, text: str) -> Line:
        return from_source(item, text, name_source(item))


def _question_in(point: str) -> str:
    """Return the question in "Planevaluatie, vooraf: klopt het plan van aanpak? De gemeente …"."""
    asked = point.partition(": ")[2].partition("?")[0]
    return f"{asked[:1].upper()}{asked[1:]}?"
