"""Measuring the redaction on a file of messages."""

from pathlib import Path

import pytest

from ebw.evaluation_file import EvaluationFileError
from privacy.evaluate import evaluate_privacy, nothing_left


def written(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "messages.yml"
    path.write_text(content, encoding="utf-8")
    return path


MIXED = """
- text: Esra Toprak belt over de quickscan.
  spans: [{text: Esra Toprak, kind: person}]
  keep: [quickscan]
- text: "iets over vrzg, bsn 123456782"
  spans: [{text: vrzg, kind: person}, {text: "123456782", kind: bsn}]
  keep: []
- text: Wie is Fatima in deze voorstelling?
  spans: []
  keep: [Fatima]
- text: In Delft loopt het goed.
  spans: []
  keep: [Delft]
"""


def test_the_figures_are_those_of_the_contract(tmp_path: Path) -> None:
    figures = evaluate_privacy(written(tmp_path, MIXED))
    errors = figures.pop("errors")
    assert figures == {
        "n": 4,
        "span_recall": pytest.approx(2 / 3),
        "span_recall_by_kind": {"bsn": 1.0, "person": 0.5},
        "clean_messages_changed": 0.5,
        "keep_lost": 1,
    }
    assert isinstance(errors, list)
    assert [error["fault"] for error in errors] == ["missed", "changed", "lost"]


def test_without_messages_nothing_is_missed(tmp_path: Path) -> None:
    figures = evaluate_privacy(written(tmp_path, "[]"))
    assert (figures["n"], figures["span_recall"], figures["clean_messages_changed"]) == (0, 1, 0)


@pytest.mark.parametrize(
    ("redacted", "nothing"),
    [
        ("[naam] is de dader", True),
        ("Jan [naam] is de dader", False),
        ("[naam] Vries is de dader", False),
        ("[naam] de [naam] is de dader", False),
        ("Jan de Vries is de dader", False),
    ],
)
def test_a_span_is_found_when_nothing_of_it_is_left(redacted: str, nothing: bool) -> None:  # noqa: FBT001
    assert nothing_left("Jan de Vries", "Jan de Vries is de dader", redacted) is nothing


def test_every_mention_counts() -> None:
    assert not nothing_left("Jan", "Jan en Jan", "[naam] en Jan")
    assert nothing_left("Noor", "Noors moeder en Noor", "[naam] moeder en [naam]")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("tekst: een", "een lijst"),
        ("- {text: een, keep: []}", "punt 1"),
        ("- {text: een, spans: []}\n- een", "punt 2"),
        ("- [", "niet te lezen"),
    ],
)
def test_a_wrong_file_is_refused_in_plain_dutch(
    tmp_path: Path, content: str, complaint: str
) -> None:
    with pytest.raises(EvaluationFileError, match=complaint):
        evaluate_privacy(written(tmp_path, content))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationFileError, match="niet te lezen"):
        evaluate_privacy(tmp_path / "none.yml")
