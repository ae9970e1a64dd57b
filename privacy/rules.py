"""Rules for personal data with a shape of its own: numbers, addresses, dates, accounts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from privacy.spans import Span

FLAGS = re.IGNORECASE
NUMBER = r"-?\s?(?:nummers?|nrs?\b\.?|no\b\.?|id\b|code)"
"""What makes "zaak" the announcement of a number: "zaaknummer", "zaak nr."."""
# What may stand between "zaaknummer" and the number: "van deze jongen is:".
_GAP = r"(?:[^\w\n]{1,3}(?:(?!of|en|maar|vraag|nog)[a-zà-ÿ]{1,20}[^\w\n]{1,3}){0,4}?|)"
_CODE = r"(?=[a-z./-]{0,6}\d)[a-z0-9]{1,30}(?:[./-][a-z0-9]{1,30}){0,6}"


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of personal data with a shape of its own.

    The pattern's group `it` is what must go. `accept` decides where the shape alone does not.
    Patterns bound every repetition: a message of any length takes linear time.
    """

    kind: str
    pattern: re.Pattern[str]
    accept: Callable[[re.Match[str]], bool] = field(default=lambda _: True)

    def find(self, text: str) -> Iterator[Span]:
        """Yield what this rule takes out of `text`."""
        for match in self.pattern.finditer(text):
            if self.accept(match):
                yield Span(match.start("it"), match.end("it"), self.kind)


def announced(words: str, code: str = _CODE) -> re.Pattern[str]:
    """Return the pattern of a `code` that one of `words` announces, with some words between."""
    return re.compile(rf"\b(?:{words}){_GAP}(?P<it>{code})(?![\w-])", FLAGS)


def before(match: re.Match[str], characters: int) -> str:
    """Return the text just before what `match` found, on the same line."""
    start = match.start("it")
    return match.string[max(0, start - characters) : start].rpartition("\n")[2]


def after(match: re.Match[str], characters: int) -> str:
    """Return the text just after what `match` found."""
    end = match.end("it")
    return match.string[end : end + characters]


def digits_of(text: str) -> str:
    """Return only the digits of `text`."""
    return "".join(character for character in text if "0" <= character <= "9")
