from collections.abc import Callable

import pytest

from quickscan.scan import Stage, Status
from tests.bot.actions.conversation import Conversation

Begin = Callable[[Conversation], object]


def to_open_questions(user: Conversation) -> None:
    """Come to the offer to answer open questions."""
    user.begin(*["Ja"] * 5)
    user.say("sla over", "skip_question")


def to_summary(user: Conversation) -> None:
    """Come to the summary."""
    user.begin(*["Ja"] * 6)


# Explaining


def test_the_question_is_explained_with_its_source_and_put_again(user: Conversation) -> None:
    user.begin("Ja")
    assert user.press("Uitleg") == ["utter_explanation", "utter_question"]
    question = user.scan.question
    for part in (question.explanation, question.why, question.good_practice, question.source):
        assert part in user.text
    assert user.heard[0]["custom"] == {
        "source": {"title": question.source, "url": "https://example.org/scan"}
    }
    assert user.question == 2
    assert "Uitleg" not in user.buttons


@pytest.mark.parametrize(
    ("begin", "said"),
    [
        (
            lambda user: user.say("start", "start_quickscan"),
            ["utter_explain_municipality", "utter_ask_municipality"],
        ),
        (to_open_questions, ["utter_explain_open_questions", "utter_ask_open_questions"]),
        (to_summary, ["utter_explain_confirm", "utter_ask_confirm"]),
    ],
)
def test_everything_that_is_asked_can_be_explained(
    user: Conversation, begin: Begin, said: list[str]
) -> None:
    begin(user)
    assert user.say("wat bedoel je", "explain_question") == said


@pytest.mark.parametrize(
    ("text", "intent", "said"),
    [
        ("opnieuw", "restart_quickscan", ["utter_explain_restart", "utter_ask_restart"]),
        ("wis alles", "delete_data", ["utter_explain_delete", "utter_ask_delete"]),
        (
            "wijzigen",
            "change_answer",
            ["utter_explain_which_question", "utter_ask_which_question"],
        ),
    ],
)
def test_what_is_put_in_between_can_be_explained(
    user: Conversation, text: str, intent: str, said: list[str]
) -> None:
    user.begin("Ja")
    user.say(text, intent)
    assert user.say("wat bedoel je", "explain_question") == said


def test_the_mode_can_be_explained(user: Conversation) -> None:
    user.say("start", "start_quickscan")
    user.press("Liever niet zeggen")
    assert user.say("hoezo", "explain_question") == ["utter_explain_mode", "utter_ask_mode"]


def test_without_a_question_there_is_nothing_to_explain(user: Conversation) -> None:
    assert user.say("wat bedoel je", "explain_question") == ["utter_nothing_to_explain"]


# Going back


def test_previous_puts_the_question_before_with_the_answer_it_has(user: Conversation) -> None:
    user.begin("Ja", "Nee")
    assert user.say("vorige", "previous_question") == ["utter_recall", "utter_question"]
    assert "nee" in user.text
    assert user.question == 2
    user.press("Deels")
    assert (user.answers, user.question) == ({1: "ja", 2: "deels"}, 3)


def test_previous_at_the_first_question_says_so(user: Conversation) -> None:
    user.begin()
    said = user.say("vorige", "previous_question")
    assert said == ["utter_first_question", "utter_question"]
    assert user.question == 1


def test_previous_from_the_summary_puts_the_last_question(user: Conversation) -> None:
    to_summary(user)
    assert user.say("vorige", "previous_question") == ["utter_recall", "utter_question"]
    assert user.question == 6


def test_previous_from_the_mode_asks_the_municipality_again(user: Conversation) -> None:
    user.say("start", "start_quickscan")
    user.press("Liever niet zeggen")
    assert user.say("vorige", "previous_question") == ["utter_ask_municipality"]


@pytest.mark.parametrize("intent", ["previous_question", "skip_question"])
def test_going_on_takes_back_what_was_put_in_between(user: Conversation, intent: str) -> None:
    user.begin("Ja")
    user.say("wijzigen", "change_answer")
    assert user.say("ga maar door", intent) == ["utter_question"]
    assert user.question == 2


# Skipping


def test_skipping_leaves_a_question_open_and_goes_on(user: Conversation) -> None:
    user.begin("Ja")
    assert user.say("sla over", "skip_question") == ["utter_skipped", "utter_question"]
    assert user.heard[0]["custom"] == {"noted": {"question": 2, "answer": "overgeslagen"}}
    assert (user.answers, user.question) == ({1: "ja", 2: "overgeslagen"}, 3)


def test_skipping_a_question_that_has_an_answer_keeps_and_tells_that_answer(
    user: Conversation,
) -> None:
    user.begin("Ja", "Nee", "Ja")
    user.say("wijzig vraag 2", "change_answer", question_number=2)
    assert user.say("sla over", "skip_question") == ["utter_recall", "utter_question"]
    assert (user.answers[2], user.question) == ("nee", 4)


def test_skipping_a_question_by_its_number_puts_that_question_first(user: Conversation) -> None:
    user.begin("Ja")
    user.say("sla vraag 4 over", "skip_question", question_number=4)
    assert user.question == 4
    assert user.answers == {1: "ja"}


def test_skipping_the_offer_leaves_the_questions_open(user: Conversation) -> None:
    to_open_questions(user)
    assert user.say("sla over", "skip_question")[-1] == "utter_ask_confirm"


@pytest.mark.parametrize("to", ["mode", "confirm"])
def test_what_must_be_answered_cannot_be_skipped(user: Conversation, to: str) -> None:
    if to == "mode":
        user.say("start", "start_quickscan")
        user.press("Liever niet zeggen")
    else:
        to_summary(user)
    before = user.scan.stage
    assert user.say("sla over", "skip_question") == ["utter_choose", f"utter_ask_{to}"]
    assert user.scan.stage is before


# Progress and outcome


def test_progress_is_told_and_the_question_comes_back(user: Conversation) -> None:
    user.begin("Ja", "Nee")
    user.say("sla over", "skip_question")
    assert user.say("hoeveel nog", "show_progress") == ["utter_progress", "utter_question"]
    told = user.heard[0]
    assert (told["answered"], told["skipped"], told["to_come"], told["count"]) == (2, 1, 3, 6)
    assert user.question == 4


def test_the_outcome_so_far_is_shown_and_the_question_comes_back(user: Conversation) -> None:
    user.begin("Ja", "Nee")
    said = user.say("wat komt eruit", "show_result")
    assert said[:2] == ["utter_result_so_far", "utter_summary"]
    assert said[-1] == "utter_question"
    assert user.question == 3


def test_the_outcome_of_a_finished_scan_is_final(user: Conversation) -> None:
    to_summary(user)
    user.press("Klopt, rond af")
    said = user.say("wat kwam eruit", "show_result")
    assert said == ["utter_summary", "utter_summary_themes", "utter_report"]
    assert "/resultaat/" in user.heard[-1]["custom"]["report"]["url"]


def test_a_finished_scan_tells_its_progress(user: Conversation) -> None:
    to_summary(user)
    user.press("Klopt, rond af")
    assert user.say("hoe ver ben ik", "show_progress") == ["utter_progress"]


def test_before_any_answer_there_is_no_outcome(user: Conversation) -> None:
    assert user.say("wat kwam eruit", "show_result") == ["utter_no_result"]
    user.begin()
    assert user.say("wat kwam eruit", "show_result") == ["utter_no_result", "utter_question"]


@pytest.mark.parametrize("intent", ["show_progress", "skip_question", "previous_question"])
def test_without_a_scan_there_is_nothing_to_move_through(user: Conversation, intent: str) -> None:
    assert user.say("…", intent) == ["utter_no_scan"]
    assert "Quickscan starten" in user.buttons


# Stopping


def test_stopping_ends_the_scan_and_keeps_its_answers(user: Conversation) -> None:
    user.begin("Ja")
    assert user.say("stop", "cancel") == ["utter_cancelled"]
    assert user.scan.status is Status.CANCELLED
    assert user.answers == {1: "ja"}


def test_stopping_what_was_put_in_between_does_not_stop_the_scan(user: Conversation) -> None:
    user.begin("Ja")
    user.say("wijzigen", "change_answer")
    assert user.press("Laat maar") == ["utter_cancelled_change", "utter_question"]
    assert user.scan.status is Status.IN_PROGRESS


def test_without_anything_going_on_there_is_nothing_to_stop(user: Conversation) -> None:
    assert user.say("stop", "cancel") == ["utter_nothing_to_cancel"]


@pytest.mark.parametrize("begin", [to_open_questions, to_summary])
def test_stopping_at_the_end_stops_the_scan_too(user: Conversation, begin: Begin) -> None:
    begin(user)
    user.say("stop", "cancel")
    assert user.scan.status is Status.CANCELLED
    assert user.say("verder", "resume_quickscan")[0] == "utter_resumed"
    assert user.scan.stage in (Stage.OPEN_QUESTIONS, Stage.CONFIRM)
