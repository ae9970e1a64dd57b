"""Birth dates. Years, and the dates of meetings and reports, stay."""

import re

from privacy.rules import FLAGS, Rule
from privacy.spans import Span

_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?"
    r"|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?:(?:19|20)\d{2}|['’]?\d{2})"  # noqa: RUF001 - a typographic apostrophe
# A date with another year is that of a paper or a meeting, even just after a name.
_BIRTH_YEAR = r"(?:19[3-9]\d|200\d|201\d)"


def _full_date(year: str) -> str:
    return (
        rf"(?:\d{{1,2}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?{year}"
        r"|(?:19|20)\d{2}[-/]\d{1,2}[-/]\d{1,2}"
        rf"|\d{{1,2}}[\s-]{_MONTH}\.?[\s-]{year})(?![\w/-])"
    )


_DAY = (
    rf"(?:{_full_date(_YEAR)}|\d{{1,2}}(?:e|ste|de)?[\s-]{_MONTH}\b"
    r"|\d{1,2}[-/]\d{1,2}(?![\w/-]))"
)
_BORN = (
    r"(?:geboren|geboorte-?\s?(?:datum|dag)|geb\b\.?\s?(?:dat(?:um|\.)?|dag)?|gebdat(?:um)?"
    r"|geboortedat\.?|jarig|verjaart|verjaardag|verjaarde|geboorte\b|d\.?o\.?b\.?|birthday)"
)
_BORN_AFTER = (
    r"(?:geboren|(?:is|was)\s(?:zijn|haar|hun|de|mijn)\s(?:geboorte|verjaar)"
    r"|(?:is|wordt)\s(?:hij|zij|ze)\sjarig|verjaart|als geboorte)"
)
_AGE = r"\b\d{1,2}\s?(?:jaar|jr\.?),?\s?\(?"
_POSSIBLE_BIRTH = re.compile(_full_date(_BIRTH_YEAR), FLAGS)
_AFTER_A_NAME = re.compile(r"[\s,;:(|/-]{1,4}(?:geb\.?\s)?$")
_NEAR = 8

RULES = (
    Rule(
        "birthdate",
        re.compile(rf"\b{_BORN}[^\d\n.!?]{{0,40}}(?<!\d)(?P<it>{_DAY})", FLAGS),
    ),
    Rule("birthdate", re.compile(rf"(?<!\w)\*\s?(?P<it>{_full_date(_YEAR)})", FLAGS)),
    Rule(
        "birthdate",
        re.compile(rf"(?<![\w/-])(?P<it>{_DAY})[^\d\n.!?]{{0,12}}\b{_BORN_AFTER}", FLAGS),
    ),
    Rule(
        "birthdate",
        re.compile(rf"\b(?:hij|zij|ze) is van (?P<it>{_full_date(_BIRTH_YEAR)})", FLAGS),
    ),
    Rule("birthdate", re.compile(rf"\bword(?:t|en)\s\d{{1,2}}\sop\s(?P<it>{_DAY})", FLAGS)),
    Rule("birthdate", re.compile(rf"\b{_BORN}[\s:]{{1,3}}(?P<it>\d{{8}})(?!\d)", FLAGS)),
    Rule("birthdate", re.compile(rf"{_AGE}(?P<it>{_full_date(_BIRTH_YEAR)})", FLAGS)),
)


def dates_after_names(text: str, name_ends: set[int]) -> list[Span]:
    """Return the dates in `text` that stand just after a name and can be dates of birth.

    `name_ends` are the places where the names in `text` end.
    """
    found = []
    for match in _POSSIBLE_BIRTH.finditer(text):
        start = max(0, match.start() - _NEAR)
        between = _AFTER_A_NAME.search(text, start, match.start())
        if between and between.start() in name_ends:
            found.append(Span(match.start(), match.end(), "birthdate"))
    return found
