import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from knowledge.checking import ContentError
from knowledge.questionnaire_content import (
    QUICKSCAN_FILE,
    check_questionnaire,
    read_questionnaire,
)
from quickscan.questionnaire import parse_questionnaire
from tests.builders import questionnaire_content

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def faults_after(tmp_path: Path) -> Callable[[Change], list[str]]:
    """Give a function that changes a sound questionnaire and returns its faults."""

    def check(change: Change) -> list[str]:
        content = questionnaire_content()
        change(content)
        return [str(fault) for fault in check_questionnaire(write(tmp_path, content))]

    return check


def write(folder: Path, content: dict[str, Any]) -> Path:
    """Write a questionnaire to a file."""
    out = io.StringIO()
    YAML().dump(content, out)
    file = folder / "quickscan.yml"
    file.write_text(out.getvalue(), encoding="utf-8")
    return file


# The questionnaire that is served


def test_our_questionnaire_has_no_faults() -> None:
    assert check_questionnaire() == []


def test_our_questionnaire_has_twenty_six_questions_in_eleven_themes() -> None:
    questionnaire = parse_questionnaire(read_questionnaire())
    assert questionnaire.count == 26
    assert len(questionnaire.themes) == 11
    together = [n for theme in questionnaire.themes for n in questionnaire.numbers_of(theme)]
    assert together == list(range(1, 27)), "the questions of a theme must stand together"


def test_every_question_is_worded_for_both_modes_and_has_three_different_steps() -> None:
    for question in parse_questionnaire(read_questionnaire()).questions:
        assert question.question != question.building_block
        assert len(set(question.next_steps.values())) == 3


def test_no_two_questions_say_the_same() -> None:
    questions = parse_questionnaire(read_questionnaire()).questions
    for field in ("question", "building_block", "explanation"):
        assert len({getattr(question, field) for question in questions}) == len(questions)


def test_our_questionnaire_says_that_its_wording_is_not_the_official_text() -> None:
    assert "niet de officiële tekst" in read_questionnaire()["wording"]


# Reading


def test_what_is_read_is_plain_data(tmp_path: Path) -> None:
    content = questionnaire_content()
    read = read_questionnaire(write(tmp_path, content))
    assert read == content

    def kinds(node: object) -> set[type]:
        if isinstance(node, dict):
            return {type(node)}.union(*(kinds(value) for value in node.values()))
        if isinstance(node, list):
            return {type(node)}.union(*(kinds(value) for value in node))
        return {type(node)}

    assert kinds(read) == {dict, list, str, int}


def test_a_folded_text_is_read_as_one_line() -> None:
    assert "\n" not in "".join(entry["explanation"] for entry in read_questionnaire()["questions"])


def test_faulty_content_is_not_read(tmp_path: Path) -> None:
    content = questionnaire_content()
    del content["questions"][2]["why"]
    with pytest.raises(ContentError) as failure:
        read_questionnaire(write(tmp_path, content))
    assert "het veld 'why' ontbreekt" in str(failure.value)


def test_a_missing_questionnaire_is_a_fault(tmp_path: Path) -> None:
    (fault,) = check_questionnaire(tmp_path / "quickscan.yml")
    assert fault.message == "niet te lezen"


# What a schema cannot say


def test_sound_content_has_no_faults(faults_after: Callable[[Change], list[str]]) -> None:
    assert faults_after(lambda content: None) == []


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        (lambda c: c["questions"][2].update(number=4), "questions.2.number", "moet 3 zijn"),
        (lambda c: c["questions"].pop(0), "questions.0.number", "moet 1 zijn"),
        (lambda c: c["questions"].reverse(), "questions.0.number", "moet 1 zijn"),
        (lambda c: c["themes"].pop(0), "questions.0.theme", "dit thema staat niet onder"),
        (
            lambda c: c["questions"][1].update(theme="onbekend"),
            "questions.1.theme",
            "dit thema staat niet onder",
        ),
        (
            lambda c: c["questions"][1].update(explained_with=[3, 4]),
            "questions.1.explained_with",
            "moet vraag 2 zelf noemen",
        ),
        (
            lambda c: c["questions"][5].update(explained_with=[6, 7]),
            "questions.5.explained_with",
            "alleen vragen die er zijn",
        ),
    ],
)
def test_numbers_run_from_one_and_what_is_named_exists(
    faults_after: Callable[[Change], list[str]], change: Change, field: str, message: str
) -> None:
    told = faults_after(change)
    assert any(field in fault and message in fault for fault in told)


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["questions"][0].update(
            question="Is dit een vraag zonder vraagteken aan het einde"
        ),
        lambda c: c["questions"][0].update(question="Te kort?"),
        lambda c: c["questions"][0].update(explanation="Dit is een uitleg met een uitroepteken!"),
        lambda c: c["questions"][0].update(why="   "),
        lambda c: c["questions"][0]["next_steps"].pop("nee"),
        lambda c: c["questions"][0]["next_steps"].update(ja="Niets meer te doen, dat is geregeld."),
        lambda c: c.update(version="1"),
        lambda c: c.update(questions=[]),
        lambda c: c["source"].update(url="http://example.org"),
    ],
)
def test_content_of_another_form_is_refused(
    faults_after: Callable[[Change], list[str]], change: Change
) -> None:
    assert faults_after(change)


def test_the_file_is_where_advisers_look_for_it() -> None:
    assert QUICKSCAN_FILE.parts[-3:] == ("knowledge", "content", "quickscan.yml")
