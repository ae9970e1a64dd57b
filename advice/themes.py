"""Which themes of the quickscan a subject is about."""

from sqlalchemy.engine import Connection

from knowledge.search import current_index
from storage import questionnaires
from storage.database import NothingLoadedError

_LOOKED_AT = 3
_NEAR_ENOUGH = 0.1  # a sorting aid: nearer than what counts as an answer (knowledge/answering.py)


def themes_about(connection: Connection, words: str) -> tuple[str, ...]:
    """Return the ids of the themes that `words` are about; none when nothing is near enough.

    They are those that are named, or else those of the nearest piece of knowledge: of the
    questions that it goes with.
    """
    try:
        questionnaire = questionnaires.current(connection)
        hits = current_index().search(words, _LOOKED_AT)
    except NothingLoadedError:
        return ()
    named = [theme.id for theme in questionnaire.themes if theme.title.lower() in words.lower()]
    near = (hit.item for hit in hits if hit.score >= _NEAR_ENOUGH)
    numbers = next((item.questions_quickscan for item in near if item.questions_quickscan), ())
    found = [q.theme.id for q in questionnaire.questions if q.number in numbers]
    return tuple(dict.fromkeys(named or found))
