import pytest

from quickscan.questionnaire import Theme, parse_questionnaire
from tests.builders import a_questionnaire, questionnaire_content


def test_a_question_keeps_everything_that_its_content_says() -> None:
    content = questionnaire_content()
    question = parse_questionnaire(content).question(4)
    entry = content["questions"][3]
    assert question.number == 4
    assert question.theme == Theme("aanbod", "Aanbod")
    assert question.question == entry["question"]
    assert question.building_block == entry["building_block"]
    assert question.explanation == entry["explanation"]
    assert question.why == entry["why"]
    assert question.good_practice == entry["good_practice"]
    assert question.next_steps == entry["next_steps"]
    assert question.knowledge == ("item-4",)


def test_a_questionnaire_keeps_what_is_said_about_it() -> None:
    content = questionnaire_content(version="2.3")
    questionnaire = parse_questionnaire(content)
    assert (questionnaire.id, questionnaire.version) == ("quickscan-test", "2.3")
    assert questionnaire.title == content["title"]
    assert questionnaire.wording == content["wording"]
    assert questionnaire.source_url == "https://example.org/scan"
    assert questionnaire.count == 6


def test_themes_come_in_the_order_of_their_questions() -> None:
    content = questionnaire_content()
    content["themes"].reverse()
    themes = parse_questionnaire(content).themes
    assert [theme.id for theme in themes] == ["visie", "aanbod", "borging"]


def test_a_theme_knows_its_questions() -> None:
    questionnaire = a_questionnaire()
    numbers = [questionnaire.numbers_of(theme) for theme in questionnaire.themes]
    assert numbers == [[1, 2], [3, 4], [5, 6]]


@pytest.mark.parametrize(
    ("number", "there"), [(-1, False), (0, False), (1, True), (6, True), (7, False), (10**6, False)]
)
def test_a_number_out_of_range_is_no_question(number: int, there: bool) -> None:  # noqa: FBT001 - an expectation
    assert a_questionnaire().has(number) is there


@pytest.mark.parametrize(
    ("explained_with", "source"),
    [
        ([4], "toelichting quickscan, vraag 4"),
        ([3, 4, 5], "toelichting quickscan, vraag 3 tot en met 5"),
    ],
)
def test_the_source_names_the_questions_that_are_explained_together(
    explained_with: list[int], source: str
) -> None:
    content = questionnaire_content()
    content["questions"][3]["explained_with"] = explained_with
    assert parse_questionnaire(content).question(4).source == source
