import pytest

from knowledge.stemming import stem
from knowledge.words import fold


@pytest.mark.parametrize(
    "forms",
    [
        "evalueren evalueert evaluatie evaluaties geëvalueerd geëvalueerde",
        "ouder ouders",
        "geven geeft gegeven",
        "leren leert geleerd geleerde",
        "les lessen lesje",
        "training trainingen trainen traint getraind",
        "sleutelfiguur sleutelfiguren",
        "gemeente gemeenten",
        "werving werven werft geworven",
        "meting metingen meten meet gemeten",
        "radicalisering radicaliseren geradicaliseerd",
        "plan plannen plannetje",
        "uitvoering uitvoeren uitgevoerd",
        "uitbesteden uitbesteed uitbesteedt",
        "onderzoek onderzoeken onderzocht",
        "gesprek gesprekken",
        "gebruiken gebruikt",
        "toets toetsen toetsing getoetst",
        "proces processen",
        "voorstelling voorstellingen",
        "leerling leerlingen",
        "moskee moskeeën",
        "checklist checklists",
        "advies adviezen",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(fold(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "words",
    [
        "kans kan",
        "toets toet",
        "voorstel voorstelling",
        "gemeente meent",
        "gebied bied",
        "tijd tij",
    ],
)
def test_different_words_keep_different_stems(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 2


@pytest.mark.parametrize(
    ("word", "wanted"),
    [("", ""), ("ik", "ik"), ("avg", "avg"), ("2021", "2021"), ("programma's", "programma")],
)
def test_a_short_or_odd_word_has_a_stem_too(word: str, wanted: str) -> None:
    assert stem(word) == wanted
