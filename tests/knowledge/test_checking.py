from pathlib import Path

import pytest

from knowledge.checking import ContentError, Document, Fault, check_schema, read_document
from knowledge.questionnaire_content import QUICKSCAN_FILE

CONTENT = """\
# Een toelichting
title: De titel
source:
  url: https://example.org
questions:
  - number: 1
    why: >-
      Over twee
      regels.
  - {number: 2, why: Kort}
"""


@pytest.fixture
def document(tmp_path: Path) -> Document:
    """Give a document that was read."""
    return read(tmp_path, CONTENT)


def read(folder: Path, text: str) -> Document:
    """Read a file with this text."""
    file = folder / "inhoud.yml"
    file.write_text(text, encoding="utf-8")
    return read_document(file)


def fault_in(folder: Path, text: str) -> Fault:
    """Return the one fault of a file with this text, which cannot be read."""
    with pytest.raises(ContentError) as failure:
        read(folder, text)
    (fault,) = failure.value.faults
    return fault


def test_a_document_is_read_with_its_data(document: Document) -> None:
    assert document.data["questions"][0]["why"] == "Over twee regels."


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ([], 1),
        (["title"], 2),
        (["source"], 3),
        (["source", "url"], 4),
        (["questions"], 5),
        (["questions", 0], 6),
        (["questions", 0, "number"], 6),
        (["questions", 0, "why"], 7),
        (["questions", 1], 10),
        (["questions", 1, "why"], 10),
    ],
)
def test_every_field_knows_its_line(document: Document, path: list[str | int], line: int) -> None:
    assert document.line_of(path) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (["weg"], 1),
        (["source", "weg"], 3),
        (["source", "url", "dieper"], 4),
        (["questions", 7, "why"], 5),
        (["title", 0], 2),
    ],
)
def test_a_field_that_is_not_there_has_the_line_of_what_is_around_it(
    document: Document, path: list[str | int], line: int
) -> None:
    assert document.line_of(path) == line


def test_a_fault_names_file_line_and_field_on_one_line(document: Document) -> None:
    fault = document.fault(["questions", 0, "why"], "is te kort")
    assert str(fault) == "inhoud.yml:7: questions.0.why: is te kort"


def test_a_fault_of_the_whole_names_the_file(document: Document) -> None:
    assert str(document.fault([], "deugt niet")) == "inhoud.yml:1: bestand: deugt niet"


def test_faults_sort_by_file_and_line() -> None:
    faults = [Fault("b", 1, "x", "y"), Fault("a", 10, "x", "y"), Fault("a", 9, "x", "y")]
    assert [(fault.file, fault.line) for fault in sorted(faults)] == [("a", 9), ("a", 10), ("b", 1)]


def test_an_error_has_a_line_per_fault() -> None:
    error = ContentError([Fault("a.yml", 1, "x", "eerste"), Fault("a.yml", 2, "y", "tweede")])
    assert str(error).splitlines() == ["a.yml:1: x: eerste", "a.yml:2: y: tweede"]


# Files that cannot be read


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"weg\.yml:1: bestand: niet te lezen"):
        read_document(tmp_path / "weg.yml")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="niet te lezen"):
        read_document(tmp_path)


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    file = tmp_path / "inhoud.yml"
    file.write_bytes("title: geëvalueerd".encode("latin-1"))
    with pytest.raises(ContentError, match="niet in UTF-8"):
        read_document(file)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: c: d\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ('a: 1\nb: "open\n', 3),
        ("a: [1, 2\nb: 3\n", 2),
        ("a: 1\n  b: 2\n", 2),
        ("a: &x 1\nb: *y\n", 2),
        ("a: 1\nb: 2\x01\n", 1),
    ],
)
def test_what_is_no_yaml_is_told_in_dutch_with_its_line(
    tmp_path: Path, text: str, line: int
) -> None:
    fault = fault_in(tmp_path, text)
    assert (fault.line, fault.field) == (line, "bestand")
    assert fault.message.startswith("geen geldige YAML")
    assert "\n" not in str(fault)


def test_a_field_that_stands_there_twice_is_told(tmp_path: Path) -> None:
    fault = fault_in(tmp_path, "a: 1\nb: >-\n  lang\n  stuk\na: 3\n")
    assert (fault.line, fault.message) == (5, "een veld met deze naam staat er al")


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    document = read(tmp_path, "")
    assert document.data is None
    (fault,) = check_schema(document, "quickscan")
    assert (fault.line, fault.field) == (1, "bestand")


# Against a schema


def test_the_questionnaire_follows_its_schema() -> None:
    assert check_schema(read_document(QUICKSCAN_FILE), "quickscan") == []


def changed(folder: Path, old: str, new: str) -> list[str]:
    """Return the faults of the questionnaire with `new` in the place of the first `old`."""
    text = QUICKSCAN_FILE.read_text(encoding="utf-8")
    assert old in text
    document = read(folder, text.replace(old, new, 1))
    return [f"{fault.field}: {fault.message}" for fault in check_schema(document, "quickscan")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("\nversion:", "\nversie:", "versie: dit veld bestaat niet"),
        ('version: "1.', 'version: "v1.', "version: heeft niet de vorm"),
        ("    theme: visie\n", "", "questions.0: het veld 'theme' ontbreekt"),
        ("- number: 1\n", "- number: een\n", "questions.0.number: moet van het soort 'integer'"),
        ("- number: 1\n", "- number: 0\n", "questions.0.number: moet minstens 1 zijn"),
        ("- number: 1\n", "- number: 1000\n", "questions.0.number: moet hooguit 999 zijn"),
        ("explained_with: [1]", "explained_with: []", "explained_with: is leeg of te kort"),
        ("explained_with: [1]", "explained_with: [1, 1]", "explained_with: bevat iets dubbel"),
    ],
)
def test_a_fault_against_the_schema_is_told_in_dutch(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert any(expected in told for told in changed(tmp_path, old, new))


def test_unknown_fields_of_any_kind_are_all_told(tmp_path: Path) -> None:
    told = changed(tmp_path, "\nversion:", "\n1: een\nwaar: nee\nversion:")
    assert told == ["1: dit veld bestaat niet", "waar: dit veld bestaat niet"]


def test_faults_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = QUICKSCAN_FILE.read_text(encoding="utf-8")
    broken = text.replace("- number: 26\n", "- number: x\n").replace(
        "- number: 3\n", "- number: y\n"
    )
    faults = check_schema(read(tmp_path, broken), "quickscan")
    lines = [fault.line for fault in faults]
    assert len(lines) == 2
    assert lines == sorted(lines)
    assert "number: y" in broken.splitlines()[lines[0] - 1]
    assert "number: x" in broken.splitlines()[lines[1] - 1]
