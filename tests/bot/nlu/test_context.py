import pytest

from bot.nlu.context import leading_answer, read_in_context

Ranking = list[dict[str, object]]


def ranked(**confidences: float) -> Ranking:
    """Return a ranking as Rasa gives it, best first."""
    return [{"name": name, "confidence": sure} for name, sure in confidences.items()]


def pending(text: str, ranking: Ranking) -> str:
    return read_in_context(text, ranking, pending=True)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("ja, dat staat in het IVP", "affirm"),
        ("Nee. Daar is geen geld voor.", "deny"),
        ("deels, alleen voor jihadisme", "partly"),
        ("ja maar alleen regionaal", "partly"),
        ("weet ik niet, ik ben nieuw", "dont_know"),
        ("geen idee", "dont_know"),
        ("jas aan en weg", None),
        ("het staat in het plan", None),
    ],
)
def test_the_first_words_of_a_message_may_give_the_answer(text: str, answer: str | None) -> None:
    assert leading_answer(text) == answer


def test_without_a_pending_question_the_first_reading_counts() -> None:
    ranking = ranked(find_knowledge=0.4, affirm=0.35)
    assert read_in_context("ja theater", ranking, pending=False) == "find_knowledge"


@pytest.mark.parametrize(
    "elsewhere", ["find_knowledge", "inform", "start_quickscan", "out_of_scope"]
)
def test_with_a_pending_question_a_likely_answer_is_one(elsewhere: str) -> None:
    ranking = ranked(**{elsewhere: 0.5, "affirm": 0.3})
    assert pending("dat staat in het IVP", ranking) == "affirm"


def test_the_opening_words_decide_between_answers_that_are_close() -> None:
    assert pending("ja, het beeld is er", ranked(partly=0.5, affirm=0.3)) == "affirm"
    assert pending("nee, al is er een begin", ranked(partly=0.5, deny=0.3)) == "deny"


@pytest.mark.parametrize(
    ("text", "ranking"),
    [
        ("nee zeker wel", {"deny": 0.5, "affirm": 0.2}),
        ("ja nee", {"deny": 0.96, "affirm": 0.01}),
        ("nee hoor, dat hebben we wel", {"affirm": 0.95, "deny": 0.02}),
        ("nee we doen niks behalve ROR", {"deny": 0.99}),
    ],
)
def test_an_answer_that_takes_itself_back_is_asked_again(
    text: str, ranking: dict[str, float]
) -> None:
    assert pending(text, ranked(**ranking)) == "nlu_fallback"


def test_an_answer_without_yes_or_no_is_only_taken_when_it_is_clear() -> None:
    ranking = ranked(affirm=0.4, deny=0.35, partly=0.2)
    assert pending("dat is ons zwakke punt", ranking) == "nlu_fallback"
    assert pending("zeker niet, het hangt op mij", ranked(deny=0.5, affirm=0.25)) == "deny"


def test_a_clear_answer_is_not_overruled_by_its_opening() -> None:
    assert pending("ja hoor, geen idee dus", ranked(dont_know=0.9, affirm=0.05)) == "dont_know"


@pytest.mark.parametrize(
    "meant",
    [
        "explain_question",
        "previous_question",
        "change_answer",
        "skip_question",
        "pause_quickscan",
        "cancel",
        "report_concern",
        "report_emergency",
        "delete_data",
    ],
)
def test_what_belongs_in_a_scan_stays_what_it_is(meant: str) -> None:
    assert pending("dat is niet duidelijk", ranked(**{meant: 0.45, "deny": 0.4})) == meant


@pytest.mark.parametrize("drastic", ["cancel", "delete_data", "report_emergency"])
def test_a_scan_alone_makes_nothing_an_emergency_or_the_end(drastic: str) -> None:
    ranking = ranked(**{"out_of_scope": 0.4, drastic: 0.2})
    assert pending("dit is een stomme vraag", ranking) == "out_of_scope"


def test_an_emergency_stays_one_though_it_begins_with_an_answer() -> None:
    ranking = ranked(report_emergency=0.7, affirm=0.2)
    assert pending("ja, hij staat hier met een mes", ranking) == "report_emergency"


@pytest.mark.parametrize("danger", ["report_concern", "report_emergency"])
def test_no_opening_makes_an_answer_of_danger(danger: str) -> None:
    ranking = ranked(**{danger: 0.5, "partly": 0.25})
    assert pending("ja maar er is een jongen die steeds bozer wordt", ranking) == danger


def test_a_clear_question_for_knowledge_stays_one() -> None:
    ranking = ranked(find_knowledge=0.85, affirm=0.05)
    assert pending("welke lessen zijn er over theater", ranking) == "find_knowledge"


def test_what_was_not_understood_is_an_answer_only_when_that_is_likely() -> None:
    likely = ranked(nlu_fallback=0.3, affirm=0.25, inform=0.2)
    unlikely = ranked(nlu_fallback=0.3, inform=0.25, affirm=0.05)
    assert pending("staat erin", likely) == "affirm"
    assert pending("blauw", unlikely) == "nlu_fallback"


def test_a_button_means_what_it_says() -> None:
    assert pending("/inform", ranked(inform=1.0)) == "inform"
    assert pending("", ranked(nlu_fallback=1.0)) == "nlu_fallback"


def test_without_any_reading_nothing_was_understood() -> None:
    assert read_in_context("", [], pending=True) == "nlu_fallback"
    assert read_in_context("", [], pending=False) == "nlu_fallback"


@pytest.mark.parametrize("sigh", ["tja", "Pff...", "nou ja", "hmm, lastig"])
def test_a_sigh_is_no_answer_however_sure_the_model_is(sigh: str) -> None:
    assert pending(sigh, ranked(dont_know=0.9)) == "nlu_fallback"


@pytest.mark.parametrize("code", ["{question}", "{{7*7}}", "<b>deels</b>"])
def test_code_is_no_answer_however_sure_the_model_is(code: str) -> None:
    assert pending(code, ranked(skip_question=0.9)) == "nlu_fallback"


def test_a_reason_may_hold_a_sign() -> None:
    assert pending("nee, {nog} niet", ranked(deny=0.9)) == "deny"
    assert pending("budget < 10.000 euro, dus deels", ranked(partly=0.9)) == "partly"
