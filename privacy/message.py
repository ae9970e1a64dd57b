"""A message as the search for names sees it: its words, what each can be, and which stay."""

from dataclasses import dataclass
from enum import Enum, auto

from privacy.context import context, names_a_thing
from privacy.dutch import LONGEST_NAME, is_dutch, is_listed
from privacy.keep import Kept, kept
from privacy.lexicon import Lexicon, lexicon, read_words, sounds
from privacy.spelling import sound_key
from privacy.text import Kind, Token, tokenize

_ARABIC_ARTICLES = frozenset("al el ul ait abd abdel".split())
_GENITIVES = ("'s", "'", "s")
_DIMINUTIVES = ("tje", "je", "ke")
_ABBREVIATIONS = frozenset("b.v. n.v. n.b. p.s. v.s. e.u. u.s. u.k. n.v.t. a.u.b. t.a.v.".split())
_SHORTEST_UNKNOWN = 3
_INITIALS_WITHOUT_POINTS = 2
_SCHOOLS = frozenset({"PO", "SO", "VO", "HO", "BO"})


class Part(Enum):
    """What a word can be in a name, by the lists and its shape."""

    FIRST = auto()  # a first name and nothing else
    WORDY_FIRST = auto()  # a first name, and a word: "Roos", "Mark"
    SURNAME = auto()  # a surname and nothing else
    WORDY_SURNAME = auto()  # a surname, and a word or a place: "Bakker", "Delft"
    UNKNOWN = auto()  # in no list, and no Dutch word
    INITIALS = auto()
    WORD = auto()  # an ordinary word


FIRST_NAMES = frozenset({Part.FIRST, Part.WORDY_FIRST})


@dataclass(frozen=True, slots=True)
class Message:
    """The tokens of a message, what each can be in a name, those that stay, and its words."""

    tokens: tuple[Token, ...]
    parts: tuple[Part, ...]
    kept: Kept
    words: frozenset[str]

    def folded(self, place: int) -> str:
        """Return the folded token at `place`, or nothing outside the message."""
        return self.tokens[place].folded if 0 <= place < len(self.tokens) else ""

    def adjoins(self, place: int) -> bool:
        """Tell whether at most one character stands between this token and the one before."""
        return place == 0 or self.tokens[place].start - self.tokens[place - 1].end <= 1


def read_message(text: str) -> Message:
    """Return `text` as the search for names sees it."""
    tokens = tuple(tokenize(text))
    staying = kept(text, tokens)
    parts = tuple(_part(tokens, place, staying) for place in range(len(tokens)))
    return Message(tokens, parts, staying, frozenset(token.folded for token in tokens))


def without_ending(folded: str, known: frozenset[str]) -> str:
    """Return a name without an ending when that is `known`: "karels", "kareltje" → "karel"."""
    if folded in known:
        return folded
    for ending in _GENITIVES + _DIMINUTIVES:
        if folded.endswith(ending) and folded.removesuffix(ending) in known:
            return folded.removesuffix(ending)
    return folded.removesuffix("'s")


def _part(tokens: tuple[Token, ...], place: int, staying: Kept) -> Part:
    token = tokens[place]
    if token.kind is Kind.INITIALS:
        return Part.WORD if token.text.casefold() in _ABBREVIATIONS else Part.INITIALS
    if token.kind is not Kind.WORD or place in staying.firm:
        return Part.WORD
    if _are_initials(tokens, place):
        return Part.INITIALS
    if token.folded in read_words("words") and (token.opens or not token.capital):
        return Part.WORDY_FIRST if _can_be_a_name(tokens, place) else Part.WORD
    base = without_ending(token.folded, lexicon().first_names) if token.capital else token.folded
    if "-" in base:
        return _part_of_pieces(token, base, lexicon())
    return _part_of_word(token, base, lexicon())


def _are_initials(tokens: tuple[Token, ...], place: int) -> bool:
    """Tell whether two capitals without points are initials: "cliënt MK"."""
    text = tokens[place].text
    return (
        len(text) == _INITIALS_WITHOUT_POINTS
        and text.isupper()
        and tokens[place].capital
        and text not in _SCHOOLS
        and place > 0
        and tokens[place - 1].folded in context("subject")
    )


def _can_be_a_name(tokens: tuple[Token, ...], place: int) -> bool:
    """Tell whether a plain word may be a first name all the same: "zijn broer max", "Wil Smit"."""
    lists = lexicon()
    if tokens[place].folded not in lists.first_names:
        return False
    if tokens[place].folded not in context("function_word"):
        return True
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    return (
        tokens[place].capital
        and following is not None
        and following.capital
        and following.folded in lists.surnames - lists.places
    )


def _part_of_word(token: Token, base: str, lists: Lexicon) -> Part:
    if base in lists.first_names:
        return Part.WORDY_FIRST if base in lists.word_names else Part.FIRST
    rare = without_ending(token.folded, lists.rare_first_names)
    if token.capital and rare in lists.rare_first_names and not is_dutch(rare):
        return Part.FIRST
    if base in lists.surnames:
        return Part.WORDY_SURNAME if base in lists.places or is_dutch(base) else Part.SURNAME
    unknown = _is_unknown(token)
    whole = token.text[1:].islower()
    inflected = token.capital and whole and not token.opens and not is_listed(base)
    if token.capital and (unknown or inflected):
        key = sound_key(base)  # "Djamilla", "Lianne"
        if key in sounds("first_names"):
            return Part.FIRST
        if unknown and key in sounds("surnames"):
            return Part.SURNAME
    return Part.UNKNOWN if unknown else Part.WORD


def _part_of_pieces(token: Token, base: str, lists: Lexicon) -> Part:
    """Return what "Lars-Erik", "El-Idrissi" or "Kanaalstraat-aanpak" can be."""
    pieces = base.split("-")
    if base in lists.first_names or all(piece in lists.first_names for piece in pieces):
        return Part.FIRST
    if base in lists.surnames:
        return Part.SURNAME
    capital = token.text[len(token.text.rpartition("-")[0]) + 1 :][:1].isupper()
    if pieces[-1] in lists.surnames and (
        capital or pieces[0] in context("particle") | lists.surnames
    ):
        return Part.SURNAME
    arabic = capital and pieces[0] in _ARABIC_ARTICLES
    whole = capital and token.capital and not names_a_thing(token.text)
    double = whole and not all(map(is_listed, pieces))  # "Osei-Tutu", not "Turks-Nederlandse"
    return Part.UNKNOWN if arabic or double or _is_unknown(token) else Part.WORD


def _is_unknown(token: Token) -> bool:
    """Tell whether no piece of the word is Dutch: "Xochitl", not "Ihsan-training", not "NCTV"."""
    bare = token.folded.removesuffix("'s")
    inner_capital = token.text[1:] != token.text[1:].lower()
    if token.capital and inner_capital and "-" not in bare and "'" not in bare:
        return False  # "RadarAdvies"
    if len(bare) > LONGEST_NAME and (token.opens or not token.capital):
        return False
    pieces = [
        piece for piece in bare.replace("'", "-").split("-") if piece not in context("particle")
    ]
    return (
        len(bare) >= _SHORTEST_UNKNOWN
        and bool(pieces)
        and not any(is_dutch(piece) for piece in pieces)
    )
