import pytest

from bot.nlu.question_numbers import question_numbers


def numbers(text: str, intent: str | None = None) -> list[int]:
    return [found.number for found in question_numbers(text.split(), intent)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ik wil vraag 12 aanpassen", 12),
        ("vraag vijf klopt niet", 5),
        ("vraag twalf klopt niet", 12),
        ("de vijfde vraag", 5),
        ("nr 9 is fout", 9),
        ("vraag nummer 8", 8),
        ("v22 aanpassen", 22),
        ("vraag23wijzigen", 23),
        ("ik zit nu bij vraag een", 1),
    ],
)
def test_a_number_beside_the_word_question_counts_whatever_is_meant(text: str, number: int) -> None:
    assert numbers(text) == [number]


@pytest.mark.parametrize("text", ["12", "twaalf", "de vijfde", "de 12e graag", "ik denk 7", "een"])
def test_a_message_that_is_only_a_number_counts(text: str) -> None:
    assert len(numbers(text)) == 1


@pytest.mark.parametrize(
    ("text", "intent", "expected"),
    [
        ("verander 17 in deels", "change_answer", [17]),
        ("maak van mijn ja op 14 een nee", "change_answer", [14]),
        ("bij de vijfde . de negende en de 18e", "change_answer", [5, 9, 18]),
        ("terug naar 6", "previous_question", [6]),
        ("bij 22 moest ik weg", "resume_quickscan", [22]),
        ("de twaalfde is me niet helder", "explain_question", [12]),
        ("sla 19 even over", "skip_question", [19]),
        ("8 . onbekend", "dont_know", [8]),
        ("nee op 25", "deny", [25]),
        ("25 . communicatie", "inform", [25]),
    ],
)
def test_a_number_counts_when_the_message_is_about_a_place_in_the_scan(
    text: str, intent: str, expected: list[int]
) -> None:
    assert numbers(text, intent) == expected


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("laten we die 26 vragen doen", "start_quickscan"),
        ("ik heb het twee keer geprobeerd", "change_answer"),
        ("hoeveel van de 26 zijn klaar", "show_progress"),
        ("samen met acht buurgemeenten", "affirm"),
        ("op 3 maart begonnen", "resume_quickscan"),
        ("wij hebben een plan", "affirm"),
        ("in 2024 gestart", "affirm"),
        ("voor twee van de drie vormen", "partly"),
        ("jongeren tot 18", "partly"),
        ("wij willen een eerste gesprek", "request_advice"),
        ("hij is 16", "report_concern"),
        ("jongens van 14 tot 18", "inform"),
    ],
)
def test_a_count_a_year_or_an_article_is_no_question_number(text: str, intent: str) -> None:
    assert numbers(text, intent) == []
