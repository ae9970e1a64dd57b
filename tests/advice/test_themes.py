import pytest
from sqlalchemy.engine import Engine

from advice.themes import themes_about
from knowledge.questionnaire_content import read_questionnaire
from storage import questionnaires
from storage.database import transaction
from tests.knowledge.real import use_real_items


@pytest.mark.parametrize(
    ("words", "themes"),
    [
        ("alles hangt aan één persoon", ("borging",)),
        ("een meldstructuur opzetten met scholen", ("signalering",)),
        ("training voor jongerenwerkers in signaleren", ("deskundigheid",)),
        ("we weten niet wie de regie moet hebben", ("regie",)),
        ("asdf", ()),
    ],
)
def test_a_subject_is_matched_to_the_themes_of_the_quickscan(
    database: Engine, monkeypatch: pytest.MonkeyPatch, words: str, themes: tuple[str, ...]
) -> None:
    use_real_items(monkeypatch)
    with transaction() as connection:
        content = {**read_questionnaire(), "id": "quickscan-test", "version": "2.0"}
        questionnaires.load(connection, content)  # in the place of the six questions
        assert themes_about(connection, words) == themes


def test_without_any_content_there_are_no_themes(database: Engine) -> None:
    with transaction() as connection:
        assert themes_about(connection, "borging") == ()
