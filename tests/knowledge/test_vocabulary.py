from pathlib import Path

import pytest

from knowledge.municipalities import read_municipalities
from knowledge.vocabulary import VocabularyError, load_vocabulary, referred_lists

MINIMAL = """
lijsten: {groep: [docenten]}
intervention: {theater: [toneel]}
evaluation_type: {planevaluatie: [planevaluatie]}
moment: {vooraf: [vooraf]}
content_kind: {les: [les]}
gemeentenamen: {Delft: [delluft]}
gemeenten_die_ook_een_woord_zijn: [Best]
"""

CANONICAL = {
    "intervention": {
        "weerbaar_opvoeden",
        "sleutelfiguren",
        "casusoverleg",
        "theater",
        "andere_interventie",
        "weerbaarheid_jongeren",
        "begeleiding_jongeren",
        "lotgenotencontact",
        "deskundigheidsbevordering",
        "lokale_aanpak",
    },
    "evaluation_type": {"planevaluatie", "procesevaluatie", "effectevaluatie"},
    "moment": {"vooraf", "tijdens", "achteraf"},
    "content_kind": {
        "les",
        "checklist",
        "stappenplan",
        "randvoorwaarde",
        "format",
        "voorbeeld",
        "werkzaam_element",
    },
}


def written(folder: Path, text: str) -> Path:
    path = folder / "vocabulary.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_vocabulary_names_exactly_the_values_of_the_contract() -> None:
    vocabulary = load_vocabulary()
    assert {entity: set(vocabulary.values(entity)) for entity in CANONICAL} == CANONICAL


def test_other_names_are_given_to_municipalities_that_exist() -> None:
    official = {municipality.name for municipality in read_municipalities()}
    vocabulary = load_vocabulary()
    assert set(vocabulary.spoken_names) <= official
    assert vocabulary.common_word_names <= official


def test_a_good_file_is_read(tmp_path: Path) -> None:
    vocabulary = load_vocabulary(written(tmp_path, MINIMAL))
    assert vocabulary.terms["intervention"] == {"theater": ("toneel",)}
    assert vocabulary.values("municipality") == ()


@pytest.mark.parametrize(
    ("good", "bad", "where"),
    [
        ("moment: {vooraf: [vooraf]}", "", "moment"),
        ("theater: [toneel]", "theater: []", "intervention.theater"),
        ("theater: [toneel]", "theater: [2024]", "intervention.theater"),
        ("theater: [toneel]", "theater: ['{klas} toneel']", "intervention.theater"),
        ("[Best]", "Best", "gemeenten_die_ook_een_woord_zijn"),
    ],
)
def test_a_fault_is_reported_with_file_and_field(
    tmp_path: Path, good: str, bad: str, where: str
) -> None:
    path = written(tmp_path, MINIMAL.replace(good, bad))
    with pytest.raises(VocabularyError, match=rf"^vocabulary\.yml: {where}: "):
        load_vocabulary(path)


def test_a_file_without_fields_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError):
        load_vocabulary(written(tmp_path, "- toneel"))


def test_the_lists_that_a_term_refers_to_are_found() -> None:
    assert referred_lists("{training} {voor} ... {professional}") == [
        "training",
        "voor",
        "professional",
    ]
