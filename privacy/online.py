"""E-mail addresses, names on social media, addresses of computers."""

import re

from privacy.dutch import LONGEST_NAME, is_compound, is_dutch
from privacy.lexicon import lexicon, read_words
from privacy.rules import FLAGS, Rule, after, before
from privacy.text import fold

_LOCAL = r"(?<![\w.+%'-])(?P<it>[\w.+%'-]{1,80}"
_TLD = r"(?:nl|com|org|net|eu|be|de|nu|info|me|gov|edu|tr|ma|fr|uk|frl|io|amsterdam)"
_DOT = r"(?:\.|\[dot\]|\(dot\)|\(punt\)|\[punt\]|\sdot\s|\spunt\s)"
_AT = r"(?:\[at\]|\(at\)|\{at\}|\sat\s|\sapenstaartje\s|@)"
# Mailboxes of an organisation, not of a person: "ess@minszw.nl", "info@gemeente.nl".
_FUNCTIONAL = re.compile(
    r"(?:info|contact|post|ess|platformjep|gemeente|stadhuis|secretariaat|communicatie|privacy|avg"
    r"|fg|helpdesk|servicedesk|support|klantcontact|kcc|redactie|receptie|griffie|no-?reply"
    r"|postbus\w*|radicalisering|ror|lse|nctv|veiligheid|oov|trainingen|training|aanmelden"
    r"|meldpunt)\s?@",
    FLAGS,
)

_PLATFORM = (
    r"(?:insta(?:gram)?|ig|tik\s?tok|snap(?:chat)?|telegram|discord|twitter|x|facebook|fb|youtube"
    r"|twitch|steam|roblox|reddit|signal|whatsapp|fortnite|xbox|playstation|psn|linkedin|threads"
    r"|bluesky|mastodon|vk|gab|4chan|forum|chat|game|online)"
)
_ACCOUNT = (
    rf"\b(?:{_PLATFORM}|account|profiel|kanaal|gebruiker)"
    r"(?:-?\s?(?:account|profiel|naam|kanaal|groep|pagina|server|chat))?\b"
)
_NAME_WORD = (
    r"\b(?:gebruikers?\s?naam|user\s?name|user|account\s?naam|profiel\s?naam|nick\s?name|nick"
    r"|handle|inlog\s?naam|gamer\s?tag|scherm\s?naam|kanaal\s?naam|chat\s?naam|game\s?naam)\b"
)
_CALLED = (
    r"(?:(?:als|onder\s(?:de\s)?(?:naam|alias|nick|account)|genaamd|heet(?:\s(?:hij|zij|ze|die))?"
    r"|gebruikt(?:\s(?:hij|zij|ze))?|noemt\s(?:hij|zij|ze|die)\szich|naam|account|profiel|is)"
    r"[\s:]{1,3})"
)
_ONLINE_AS = (
    r"\b(?:online\s(?:als|heet\s(?:hij|zij|ze)|onder\s(?:de\s)?naam|noemt\s(?:hij|zij|ze)\szich)"
    r"|accounts?(?:\snaam)?"
    r"|(?:insta(?:gram)?|tiktok|snap(?:chat)?|telegram|discord|twitter)"
    r"-?(?:account|naam|profiel|kanaal)?)[\s:]{1,3}"
)
_CALLS_ITSELF = (
    r"\bnoem(?:t|de)\s(?:(?:hij|zij|ze)\s)?zich(?:zelf)?\s(?:online|daar|op\s\w{1,12})\s(?:als\s)?"
)
_PROFILE_PAGE = (
    r"\b(?:instagram|facebook|tiktok|twitter|x|snapchat|youtube|linkedin|telegram|t|twitch|reddit"
    r"|vk)\.(?:com|me|tv)/(?:in/|user/|u/|c/|add/|channel/)?"
)
_QUOTE = r"[\"'“‘”’]"  # noqa: RUF001 - typographic quotes
_BETWEEN = r"[\s:,=(\"'“‘]{1,3}"  # noqa: RUF001 - typographic quotes
_UP_TO = rf"{_BETWEEN}(?:[a-zà-ÿ]{{1,20}}{_BETWEEN}){{0,6}}?"
_IS = rf"[\s:=]{{1,3}}(?:(?:is|was|op|van|hem|haar|{_PLATFORM})[\s:=]{{1,3}}){{0,3}}"
_HANDLE = r"[._]{0,3}[a-z0-9](?:[\w.-]{0,60}\w)?(?:#\d{4})?"
# No word looks like this: figures, an underscore or a dot among the letters.
_STRANGE_HANDLE = rf"(?=[\w.-]{{0,60}}[a-z])(?=[a-z-]{{0,60}}(?:[\d_#]|\.[a-z0-9])){_HANDLE}"
_STRANGE = re.compile(r"[._]*\w*[a-z][\w-]*(?:[\d_#]|\.\w)|\d+[_.]?[a-z]\w*|[._]+[a-z]", FLAGS)
_LOOSE_HANDLE = r"(?:[a-z][a-z0-9.]{0,60}_[\w.]{0,60}\w|[a-z]{3,60}\d{2,20}[a-z]\w{0,60})"
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|pptx?|nl|com|org|eu|html?)\b", FLAGS)
_PARTS = re.compile(r"[a-zà-ÿ]{2,}", FLAGS)
_CAMEL = re.compile(r"[a-z][A-Z]")
_OFFICIAL = ("gemeente", "politie", "min", "nctv", "vng", "rijksoverheid", "stichting", "ess")
_SHORTEST_HANDLE = 2
_BYTE = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_VERSION = re.compile(r"(?:versie|v|artikel|paragraaf|hoofdstuk)\W?$", FLAGS)


def _is_personal(match: re.Match[str]) -> bool:
    return not _FUNCTIONAL.match(match.group("it"))


def _is_mention(match: re.Match[str]) -> bool:
    """Refuse the mention of an organisation: "@NCTV", "@gemeentedelft"."""
    name = fold(match.group("it").lstrip("@"))
    if len(name) < _SHORTEST_HANDLE or name.startswith(_OFFICIAL):
        return False
    return not any(len(phrase.words) == 1 for phrase in lexicon().phrases.get(name, ()))


def _is_strange(match: re.Match[str]) -> bool:
    """Accept what no word looks like, but no file and no web address."""
    written = match.group("it")
    return bool(_STRANGE.match(written)) and not _FILE.search(written)


def _is_unknown(match: re.Match[str]) -> bool:
    """Accept also words written together, a word with capitals inside, a word in no list."""
    written = match.group("it")
    folded = fold(written)
    if _FILE.search(written) or folded in lexicon().phrases or folded in lexicon().first_names:
        return False  # persons.py looks for names
    if len(folded) > LONGEST_NAME:
        return not is_compound(folded)
    camel = _CAMEL.search(written) and not written.isupper()
    ordinary = is_dutch(folded) or is_dutch(folded.rstrip("s"))
    return _is_strange(match) or bool(camel) or not ordinary


def _is_no_plain_word(match: re.Match[str]) -> bool:
    return fold(match.group("it")) not in read_words("words")


def _is_loose_handle(match: re.Match[str]) -> bool:
    """Accept "noah_white88" anywhere, but no file, no variable and no ordinary words."""
    written = match.group("it")
    if _FILE.search(written + after(match, 6)) or before(match, 1) in ("/", "\\", "?", "&", "="):
        return False
    return not all(is_dutch(fold(part)) for part in _PARTS.findall(written))


def _handle(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, FLAGS)


RULES = (
    Rule(
        "email",
        re.compile(rf"{_LOCAL}(?:@|\s@\s)(?:[\w-]{{1,63}}\.){{1,6}}[a-z]{{2,24}})(?!\w)", FLAGS),
        _is_personal,
    ),
    Rule(
        "email",
        re.compile(
            rf"{_LOCAL}(?:\s?{_DOT}\s?[\w+-]{{1,60}}){{0,2}}\s?{_AT}\s?[\w-]{{1,63}}(?:\s?{_DOT}\s?[\w-]{{1,63}}){{0,2}}?"
            rf"\s?{_DOT}\s?{_TLD})\b",
            FLAGS,
        ),
        _is_personal,
    ),
    Rule("username", _handle(rf"{_PROFILE_PAGE}(?P<it>@?[\w.-]{{0,80}}\w)")),
    Rule("username", _handle(r"(?<![\w@.])(?P<it>@\w(?:[\w.-]{0,60}\w)?)"), _is_mention),
    Rule("username", _handle(r"(?<![\w/])(?P<it>[ur]/[\w-]{3,60})")),
    Rule(
        "username",
        _handle(rf"{_NAME_WORD}(?:\s\w{{2,12}}){{0,4}}\s?[:=]\s?{_QUOTE}?(?P<it>{_HANDLE})"),
    ),
    Rule("username", _handle(rf"{_NAME_WORD}{_IS}{_QUOTE}?(?P<it>{_HANDLE})"), _is_unknown),
    Rule("username", _handle(rf"{_ACCOUNT}{_UP_TO}(?P<it>{_STRANGE_HANDLE})"), _is_strange),
    Rule(
        "username",
        _handle(rf"{_ACCOUNT}{_UP_TO}{_CALLED}{_QUOTE}(?P<it>[\w. -]{{2,30}}){_QUOTE}"),
    ),
    Rule(
        "username",
        _handle(rf"{_ACCOUNT}{_UP_TO}{_CALLED}{_QUOTE}?(?P<it>{_HANDLE})"),
        _is_unknown,
    ),
    Rule("username", _handle(rf"{_ACCOUNT}{_UP_TO}{_QUOTE}(?P<it>{_HANDLE}){_QUOTE}")),
    Rule("username", _handle(rf"{_CALLS_ITSELF}{_QUOTE}?(?P<it>{_HANDLE})"), _is_no_plain_word),
    Rule("username", _handle(rf"{_ONLINE_AS}{_QUOTE}?(?P<it>{_HANDLE})"), _is_unknown),
    Rule(
        "username",
        _handle(rf"(?<![\w@.-])(?P<it>{_LOOSE_HANDLE})(?![\w-])"),
        _is_loose_handle,
    ),
    Rule(
        "ip_address",
        re.compile(rf"(?<![\w.])(?P<it>(?:{_BYTE}\.){{3}}{_BYTE})(?!\w|\.\d)"),
        lambda match: not _VERSION.search(before(match, 12)),
    ),
)
