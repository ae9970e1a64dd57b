import pytest

from knowledge.analysis import Analyzer, folded_words
from knowledge.vocabulary import load_vocabulary

GROUPS = {
    "budget": ["geld", "kosten", "wat kost"],
    "ouders": ["moeder", "vader"],
    "planning": ["hoe lang"],
}
TEXT = "netwerk van sleutelfiguren evaluatie interventie radicalisering ouder nulmeting"


@pytest.fixture
def analyzer() -> Analyzer:
    made = Analyzer(GROUPS, load_vocabulary())
    made.learn(folded_words(TEXT))
    return made


def tokens(analyzer: Analyzer, text: str) -> set[str]:
    return set(analyzer.tokens(folded_words(text)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("evalueren", "Evaluatie"),
        ("geëvalueerd", "geevalueerd"),
        ("sleutelfiguur", "sleutelfiguren"),
        ("netwerken", "netwerk"),
    ],
)
def test_inflection_capitals_and_accents_make_no_difference(
    analyzer: Analyzer, one: str, other: str
) -> None:
    assert tokens(analyzer, one) == tokens(analyzer, other)


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("sleutelfigurennetwerk", {"sleutelfiguren", "netwerk"}),
        ("ouderinterventie", {"ouder", "interventie"}),
        ("evaluatienetwerk", {"evaluatie", "netwerk"}),
    ],
)
def test_a_compound_is_also_its_parts(analyzer: Analyzer, compound: str, parts: set[str]) -> None:
    for part in parts:
        assert tokens(analyzer, part) <= tokens(analyzer, compound)


@pytest.mark.parametrize("question", ["de betekenis van netwerk", "hallo, netwerk graag uitleggen"])
def test_how_one_asks_is_no_token(analyzer: Analyzer, question: str) -> None:
    single = {token for token in tokens(analyzer, question) if " " not in token}
    assert single == tokens(analyzer, "netwerk")


def test_a_part_counts_less_than_the_word_itself(analyzer: Analyzer) -> None:
    weights = analyzer.tokens(["sleutelfigurennetwerk"])
    assert weights["netwerk"] < weights["sleutelfigurennetwerk"]


@pytest.mark.parametrize("word", ["overleg", "onderzoek", "leerlingen", "toespraak"])
def test_a_word_that_only_looks_like_a_compound_stays_whole(analyzer: Analyzer, word: str) -> None:
    assert len(tokens(analyzer, word)) == 1


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("evalatie", "evaluatie"),
        ("radikalisering", "radicalisering"),
        ("sleutlefiguren", "sleutelfiguren"),
        ("nulmetting", "nulmeting"),
    ],
)
def test_a_misspelt_word_is_read_as_the_known_word(
    analyzer: Analyzer, misspelt: str, meant: str
) -> None:
    assert tokens(analyzer, misspelt) == tokens(analyzer, meant)


def test_a_short_word_is_never_corrected(analyzer: Analyzer) -> None:
    assert tokens(analyzer, "gelt") == {"gel"}


def test_words_of_one_group_share_a_token(analyzer: Analyzer) -> None:
    assert "#budget" in tokens(analyzer, "geld") & tokens(analyzer, "de kosten")


def test_a_group_knows_words_that_belong_together(analyzer: Analyzer) -> None:
    assert "#planning" in tokens(analyzer, "hoe lang duurt het")
    assert "#planning" not in tokens(analyzer, "hoe loopt het, duurt het lang")


def test_neighbouring_words_count_as_a_pair(analyzer: Analyzer) -> None:
    assert tokens(analyzer, "hoe lang") != tokens(analyzer, "lang, hoe")


def test_fillers_between_two_words_do_not_part_them(analyzer: Analyzer) -> None:
    assert tokens(analyzer, "budget van de ouders") == tokens(analyzer, "budget ouders")


def test_only_small_words_leave_nothing(analyzer: Analyzer) -> None:
    assert tokens(analyzer, "de het een van") == set()


def test_the_values_of_the_vocabulary_are_recognised(analyzer: Analyzer) -> None:
    assert analyzer.values("checklist voor een effectevaluatie van theater") == {
        ("content_kind", "checklist"),
        ("evaluation_type", "effectevaluatie"),
        ("intervention", "theater"),
    }
