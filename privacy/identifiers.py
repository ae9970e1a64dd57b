"""Numbers by which an office knows a person: case, pupil, passport, licence plate."""

import re

from privacy.lexicon import read_words
from privacy.rules import FLAGS, NUMBER, Rule, announced, before, digits_of

_PUPILS = (
    rf"(?:leerling|student(?:en)?|scholier|onderwijs|personeels|inschrijf|medewerkers?){NUMBER}"
    r"|(?:leerling|student|scholier)\smet\s(?:nummer|nr\.?)|stamnummer|stamnr\.?|pgn"
)
_CASES = (
    r"(?:zaak|dossier|casus|parket|mutatie|meld(?:ings?)?|registratie|incident|aangifte|cli[eë]nt(?:en)?"
    r"|pati[eë]nt(?:en)?|v|vreemdelingen|uitkerings|polis|proces-?verbaal|pv|strafzaak|klant|bezwaar"
    rf"|detentie|coa|ind|gezins|persoons|relatie|burger|kaart){NUMBER}"
)
# Without the word "nummer" only what no rank or year looks like: "casus 2025-0047", not "casus 3".
_BARE_CASE = re.compile(
    r"\b(?:zaak|dossier|casus|melding|pv|registratie)[\s:#]{1,3}"
    r"(?P<it>(?=[a-z./-]{0,6}\d)(?:[a-z0-9]{1,20}(?:[./-][a-z0-9]{1,20}){1,4}|[a-z]{1,4}\d{3,20}|\d{6,20}))"
    r"(?![\w-])",
    FLAGS,
)
_PROSECUTION = re.compile(r"(?<![\w/-])(?P<it>\d{2}[/.]\d{6}[-/]\d{2})(?![\w-])")
_POLICE_REPORT = re.compile(r"\b(?P<it>PL\d{4}[-/ ]?\d{6,12})\b")
_DOCUMENTS = rf"(?:paspoort|id-?kaart|identiteitskaart|rijbewijs|verblijfs\w{{0,12}})(?:{NUMBER})?"
_YEARS = re.compile(r"(?:19|20)(\d{2})(?:[-/](?:19|20)?(\d{2}))?")
_FEWEST_DIGITS = 3
_LENGTH_OF_A_PLATE = 6

_PLATE = (
    r"[a-z]{2}-\d{2}-\d{2}|\d{2}-\d{2}-[a-z]{2}|\d{2}-[a-z]{2}-\d{2}|[a-z]{2}-\d{2}-[a-z]{2}"
    r"|[a-z]{2}-[a-z]{2}-\d{2}|\d{2}-[a-z]{2}-[a-z]{2}|\d{2}-[a-z]{3}-\d|\d-[a-z]{3}-\d{2}"
    r"|[a-z]{2}-\d{3}-[a-z]|[a-z]-\d{3}-[a-z]{2}|[a-z]{3}-\d{2}-[a-z]|[a-z]-\d{2}-[a-z]{3}"
    r"|\d-[a-z]{2}-\d{3}|\d{3}-[a-z]{2}-\d"
)
"""The series of the Dutch road traffic authority (RDW)."""
_LOOSE_PLATE = r"(?=[a-z -]{0,4}\d)(?:[a-z]{1,3}|\d{1,3})(?:[ -]?(?:[a-z]{1,3}|\d{1,3})){2}"
_NOT_A_PLATE = re.compile(
    r"\b(?:bijlage|kenmerk|besluit|versie|code|nr|document|artikel)\W{0,3}$", FLAGS
)
_MONTH = re.compile(r"(?:^|-)(?:jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|oct|nov|dec)(?:-|$)", FLAGS)


def _is_case(match: re.Match[str]) -> bool:
    """Refuse a year, a range of years ("2023-24"), and a short rank ("casus 3")."""
    written = match.group("it")
    if years := _YEARS.fullmatch(written):
        first, last = years.groups()
        return last is not None and last <= first  # "2024-17"
    return len(digits_of(written)) >= _FEWEST_DIGITS


def _is_plate(match: re.Match[str]) -> bool:
    """Refuse a date ("3-mei-25") and the mark of a paper ("bijlage AB-12-34")."""
    return not (_MONTH.search(match.group("it")) or _NOT_A_PLATE.search(before(match, 20)))


def _is_loose_plate(match: re.Match[str]) -> bool:
    """Refuse what has no six letters and figures, or a word among them ("dat 2024")."""
    written = match.group("it")
    words = re.findall(r"[a-z]+", written.casefold())
    return len(re.sub(r"\W", "", written)) == _LENGTH_OF_A_PLATE and not (
        set(words) & read_words("words")
    )


RULES = (
    Rule("student_number", announced(_PUPILS), _is_case),
    Rule("case_number", announced(_CASES), _is_case),
    Rule("case_number", _BARE_CASE, _is_case),
    Rule("case_number", _PROSECUTION),
    Rule("case_number", _POLICE_REPORT),
    Rule("document_number", announced(_DOCUMENTS, r"(?=[a-z]{0,9}\d)[a-z0-9]{7,12}")),
    Rule("license_plate", re.compile(rf"(?<![\w-])(?P<it>{_PLATE})(?![\w-])", FLAGS), _is_plate),
    Rule(
        "license_plate",
        announced(r"kenteken\w{0,8}|nummerbord\w{0,3}|nummerplaat", _LOOSE_PLATE),
        _is_loose_plate,
    ),
)
