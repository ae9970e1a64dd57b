from pathlib import Path

import pytest

from ebw.evaluation_file import EvaluationFileError
from knowledge.answering import Reply
from knowledge.evaluate import evaluate_search
from knowledge.search import Hit
from tests.knowledge.content import an_item, parsed

FIRST, SECOND, THIRD, FOURTH = parsed(
    an_item("een", text="Doe een voormeting."),
    an_item("twee", text="Vergelijk met een controlegroep."),
    an_item("drie", points=["Bekijk de evaluatié."]),
    an_item("vier", text="Bel het steunpunt."),
)


def answer(question: str) -> Reply:
    hits = tuple(Hit(item, 0.5) for item in (FIRST, SECOND, THIRD, FOURTH))
    return Reply("antwoord", (FIRST,), no_source="geen bron" in question, hits=hits)


def evaluate(folder: Path, text: str) -> dict[str, object]:
    path = folder / "needs.yml"
    path.write_text(text, encoding="utf-8")
    return evaluate_search(path, answer)


def test_a_need_is_met_when_every_fact_has_an_alternative_in_the_first_items(
    tmp_path: Path,
) -> None:
    figures = evaluate(
        tmp_path,
        """
        - {query: eerste, expect: {facts: [[nulmeting, voormeting]]}}
        - {query: eerste drie samen, expect: {facts: [[voormeting], [controlegroep]]}}
        - {query: pas de vierde, expect: {facts: [[steunpunt]]}}
        - {query: nergens, expect: {facts: [[voormeting], [onzin]]}}
        """,
    )
    assert (figures["n"], figures["answered"]) == (4, 4)
    assert (figures["recall_at_1"], figures["recall_at_3"]) == (0.25, 0.5)
    assert figures["errors"] == [
        {"query": query, "wanted": "facts", "found": ["een", "twee", "drie"]}
        for query in ("pas de vierde", "nergens")
    ]


def test_case_and_accents_are_ignored_and_points_count(tmp_path: Path) -> None:
    need = "- {query: q, expect: {facts: [[VOORMETING], [evaluatie]]}}"
    assert evaluate(tmp_path, need)["recall_at_3"] == 1.0


def test_of_the_needs_without_a_source_the_share_that_says_so_is_given(tmp_path: Path) -> None:
    figures = evaluate(
        tmp_path,
        """
        - {query: heeft geen bron, expect: {no_source: true}}
        - {query: anders, expect: {no_source: true}}
        - {query: wel een maar zegt geen bron, expect: {facts: [[voormeting]]}}
        """,
    )
    assert (figures["no_source_correct"], figures["answered"]) == (0.5, 0)
    assert [error["wanted"] for error in figures["errors"]] == ["no_source"]


@pytest.mark.parametrize(
    "text",
    ["query: los", "- los", "- {query: q}", "- {expect: {}}", "- [", "- {query: q, expect: 3}"],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(EvaluationFileError, match=r"needs\.yml"):
        evaluate(tmp_path, text)
