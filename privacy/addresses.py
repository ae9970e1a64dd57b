"""Where a person lives: street with house number, postcode. A street by itself stays."""

import re

from privacy.dutch import is_dutch
from privacy.rules import FLAGS, Rule, after, before
from privacy.text import fold

_STREET = (
    r"(?:straat|straatje|laan|laantje|weg|plein|gracht|kade|singel|dreef|hofje|steeg|dijk"
    r"|plantsoen|boulevard|allee|promenade|brink|kreek|meent|gaarde|str\.?|ln\.)"
)
# These also end words that are no street: "invalshoek", "bladzijde", "voortgang".
_MAYBE_STREET = (
    r"(?:hof|pad|burg|kamp|markt|erf|baan|ring|wal|haven|oord|veld|akker|horst|donk|berg|poort|hoek"
    r"|weide|wei|zoom|rade|stede|werf|vliet|hout|bos|park|beek|waard|zijde|kwartier|tuin|stee|rak"
    r"|rij|gang|sloot|vaart|grift|duin|heuvel|hove|wende|borg|stein|wijk|daal|dal|land|es|kamer"
    r"|gouw|schans|wiek|molen|polder|rode|lo|camp|plaats|einde|oever|zicht|blok|drift|veen|vest"
    r"|bolwerk|eiland)"
)
_HOUSE = (
    r"(?:(?:nr\.?|nummer|no\.?|huisnummer)\s)?\d{1,4}(?!\d)"
    r"(?:\s?-\s?(?:\d{1,4}|[a-z]{1,3})\b|/\d{1,3}\b|\s?[a-h]\b|[a-z]{1,2}\b"
    r"|\s(?:bis|hs|huis|rood|zwart|rd|zw|achter|boven|beneden|i{1,3})\b)?"
)
_SMALL = (
    r"(?:van|de|den|der|het|'t|’t|ter|ten|op|aan|in|la|le|von|v\.d\.|vd|st\.?|sint|burg\.?|prof\.?"  # noqa: RUF001 - an apostrophe
    r"|dr\.?|mr\.?|ds\.?|pater|burgemeester|professor|dokter|koning|koningin|prins|prinses|graaf"
    r"|gravin|jan|oude|nieuwe|lange|korte|hoge|lage|grote|kleine|eerste|tweede|derde|1e|2e|3e)"
)
_LETTERS = r"[\w'’.-]{0,40}"  # noqa: RUF001 - an apostrophe
_CAPITAL = r"(?-i:[A-Z'’])"  # noqa: RUF001 - an apostrophe
_WORDS_BEFORE = rf"(?:{_CAPITAL}{_LETTERS}\s|{_SMALL}\s){{0,5}}"
_CAPITAL_WORDS = rf"(?:{_CAPITAL}{_LETTERS}\s|{_SMALL}\s){{0,4}}{_CAPITAL}{_LETTERS}\w"
_NO_PREPOSITION = r"(?!(?:op|aan|in)\s)"
_LIVES = (
    r"\b(?:woon|woont|wonen|woonde|woonden|wonend|wonende|woonachtig|gehuisvest|verblijft|verblijven"
    r"|ingeschreven|adres|woonadres|huisadres|verhuisd|verhuist|verhuisde|ondergedoken|logeert"
    r"|slaapt|huurt|kamer|flat|zit|zitten|bewoner|bewoners|bewoonster|pand|woning)\b"
)
_LIVES_AT = (
    rf"{_LIVES}(?:\s(?:nu|ook|al|daar|samen|sinds|tijdelijk|nog|hij|zij|ze|is))?[\s:]{{1,2}}"
    r"(?:(?:op|aan|in|naar|bij|te|is)\s)?"
)
_LIVES_IN_STREET = (
    r"\b(?:woont|wonend|woonachtig|woonde|ingeschreven)\s(?:\w{1,15}\s){0,2}?(?:op|aan|in)\s"
    r"(?:de|het)?\s?"
)
_YEAR = re.compile(r"(?:19|20)\d{2}$")
_ROAD = re.compile(r"\b(?:onderweg|snelweg|kortweg|uitweg|vanweg)\s\d", FLAGS)
_COUNTED = re.compile(
    r"\s(?:jongeren|jongens|meisjes|ouders|moeders|vaders|meldingen|incidenten|keer|dagen|weken"
    r"|maanden|jaar|jaren|uur|mensen|bewoners|gezinnen|signalen|casussen|gesprekken|interviews"
    r"|bijeenkomsten|winkels|panden|camera|personen|leerlingen|procent|euro|deelnemers|partners"
    r"|sessies|avonden|projecten|interventies)|\s?(?:%|€|uur\b|km\b|x\b)|[.,:]\d",
    FLAGS,
)
_PUBLIC_BUILDING = re.compile(
    r"\b(?:stadhuis|gemeentehuis|stadskantoor|raadhuis|gemeentekantoor|provinciehuis|ministerie"
    r"|bezoekadres|postadres|postbus|vergaderlocatie|locatie|zaal|vergadering|vergaderen"
    r"|bijeenkomst|kantoor|buurthuis|wijkcentrum|kazerne|bureau)\b[^.!?\n]{0,40}$",
    FLAGS,
)
_POSTCODE = r"[1-9]\d{3}\s?(?!sa|sd|ss)[a-z]{2}"
_POSTCODE_WORD = re.compile(r"postcode\W{0,4}(?:\w{1,12}\W{1,2}){0,2}$", FLAGS)
_HOUSE_BEFORE = re.compile(r"[a-z.]\s\d{1,4}(?:\s?-?[a-z0-9]{1,4})?,?\s{0,2}$", FLAGS)
_POSSIBLE_YEARS = range(1900, 2100)
_WORDS_OF_TWO_LETTERS = frozenset(
    "en of is in te om op al nu er zo de je ik we al ja st he to eu uu km kg ml cm bc ad".split()
)
_WORD_AND_NUMBER = 2
_ENDS_AS_STREET = re.compile(rf"{_MAYBE_STREET}$")


def _is_address(match: re.Match[str]) -> bool:
    """Refuse a year, a number that counts what follows, and a public building."""
    return not (
        _YEAR.search(match.group("it"))
        or _COUNTED.match(after(match, 16))
        or _PUBLIC_BUILDING.search(before(match, 70))
        or _ROAD.search(match.group("it"))
    )


def _is_likely_address(match: re.Match[str]) -> bool:
    """Refuse also an ordinary word before the number, unless someone lives there: "Training 3"."""
    written = match.group("it")
    ordinary = len(written.split()) <= _WORD_AND_NUMBER and is_dutch(_last_word(written))
    lives = re.search(_LIVES, before(match, 40), FLAGS)
    return _is_address(match) and (bool(lives) or not ordinary)


def _is_home(match: re.Match[str]) -> bool:
    """Refuse also an ordinary word that is no street: "zit in groep 8"."""
    written = match.group("it")
    word = _last_word(written)
    ordinary = not written[0].isupper() and is_dutch(word) and not _ENDS_AS_STREET.search(word)
    return _is_address(match) and not ordinary


def _last_word(written: str) -> str:
    """Return the folded word before the house number."""
    return fold(re.split(r"\s\d", written)[0].split()[-1])


def _is_postcode(match: re.Match[str]) -> bool:
    """Refuse a year before an abbreviation ("2024 OM") or a word ("2024 is", "1000en")."""
    written = match.group("it")
    letters, spaced = written[-2:], not written[4].isalpha()
    ordinary = letters.islower() and letters in _WORDS_OF_TWO_LETTERS
    if _POSTCODE_WORD.search(before(match, 40)) or _HOUSE_BEFORE.search(before(match, 14)):
        return not (ordinary and spaced)
    if letters.isupper():
        return not (spaced and int(written[:4]) in _POSSIBLE_YEARS)
    return not (spaced or ordinary)


_LEADING_STREET = r"(?:laan|plein|weg|kade|hof|park|singel|baan|boulevard|markt|brink)"

RULES = (
    Rule(
        "address",
        re.compile(
            rf"\b(?P<it>{_LEADING_STREET}\s(?:van(?:\s(?:de|den|der|het))?\s)?"
            rf"(?:{_CAPITAL_WORDS}|19\d\d)\s{_HOUSE})(?!\w)",
            FLAGS,
        ),
        _is_address,
    ),
    Rule(
        "address",
        re.compile(
            rf"(?<![\w-]){_NO_PREPOSITION}(?P<it>{_WORDS_BEFORE}{_LETTERS}{_STREET}\s{_HOUSE})(?!\w)",
            FLAGS,
        ),
        _is_address,
    ),
    Rule(
        "address",
        re.compile(
            rf"(?<![\w-]){_NO_PREPOSITION}(?P<it>{_WORDS_BEFORE}{_CAPITAL}{_LETTERS}{_MAYBE_STREET}\s{_HOUSE})(?!\w)",
            FLAGS,
        ),
        _is_likely_address,
    ),
    Rule(
        "address",
        re.compile(
            rf"(?<![\w'-]){_NO_PREPOSITION}(?P<it>(?:'[ts]\s)?{_CAPITAL_WORDS}\s{_HOUSE})"
            rf"(?=,?\s(?:in\s|te\s)?\s?{_POSTCODE}\b)",
            FLAGS,
        ),
        _is_address,
    ),
    Rule(
        "address",
        re.compile(
            rf"{_LIVES_AT}(?P<it>(?:(?:de|het)\s)?(?:{_CAPITAL_WORDS}|[\w'’-]{{3,40}})\s{_HOUSE})(?!\w)",  # noqa: RUF001 - an apostrophe
            FLAGS,
        ),
        _is_home,
    ),
    Rule("address", re.compile(r"\bhuisnummer\s(?:is\s)?(?P<it>\d{1,4}\s?[a-z]?)\b", FLAGS)),
    Rule(
        "address",
        re.compile(
            rf"{_LIVES_IN_STREET}(?P<it>{_WORDS_BEFORE}[\w'’-]{{2,40}}{_STREET})\b(?!-)",  # noqa: RUF001 - an apostrophe
            FLAGS,
        ),
    ),
    Rule(
        "postcode",
        re.compile(rf"(?<![\w.,/-])(?P<it>{_POSTCODE})(?![\w-])", FLAGS),
        _is_postcode,
    ),
)
