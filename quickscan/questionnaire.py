"""The questionnaire: data from knowledge/content/quickscan.yml, made into objects."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of questions, such as *Borging*."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Question:
    """One control question with all that is said about it."""

    number: int
    theme: Theme
    question: str
    building_block: str
    explanation: str
    why: str
    good_practice: str
    next_steps: dict[str, str]
    explained_with: tuple[int, ...]
    knowledge: tuple[str, ...]

    @property
    def source(self) -> str:
        """Where the explanation comes from, to be shown with it."""
        first, last = self.explained_with[0], self.explained_with[-1]
        numbers = f"vraag {first}" if first == last else f"vraag {first} tot en met {last}"
        return f"toelichting quickscan, {numbers}"


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A version of the questionnaire."""

    id: str
    version: str
    title: str
    wording: str
    source_url: str
    questions: tuple[Question, ...]

    @property
    def count(self) -> int:
        """The number of questions."""
        return len(self.questions)

    @property
    def themes(self) -> tuple[Theme, ...]:
        """The themes in the order of their questions."""
        return tuple(dict.fromkeys(question.theme for question in self.questions))

    def question(self, number: int) -> Question:
        """Return question `number`, from 1."""
        return self.questions[number - 1]

    def has(self, number: int) -> bool:
        """Tell whether there is a question `number`."""
        return 1 <= number <= self.count

    def numbers_of(self, theme: Theme) -> list[int]:
        """Return the numbers of the questions of `theme`."""
        return [question.number for question in self.questions if question.theme == theme]


def parse_questionnaire(content: dict[str, Any]) -> Questionnaire:
    """Make a questionnaire of `content`, which must already follow the schema."""
    themes = {theme["id"]: Theme(theme["id"], theme["title"]) for theme in content["themes"]}
    return Questionnaire(
        id=content["id"],
        version=content["version"],
        title=content["title"],
        wording=content["wording"],
        source_url=content["source"]["url"],
        questions=tuple(_parse_question(entry, themes) for entry in content["questions"]),
    )


def _parse_question(entry: dict[str, Any], themes: dict[str, Theme]) -> Question:
    return Question(
        number=entry["number"],
        theme=themes[entry["theme"]],
        question=entry["question"],
        building_block=entry["building_block"],
        explanation=entry["explanation"],
        why=entry["why"],
        good_practice=entry["good_practice"],
        next_steps=dict(entry["next_steps"]),
        explained_with=tuple(entry["explained_with"]),
        knowledge=tuple(entry["knowledge"]),
    )
