"""Take personal data out of a message, before anything else sees it."""

import re
from dataclasses import dataclass

from privacy import addresses, dates, identifiers, numbers, online
from privacy.labels import LABEL_PATTERN, LABELS
from privacy.persons import find_persons
from privacy.spans import Span, Spans

# In this order: what an earlier rule takes, a later one leaves alone.
_RULES = (
    *(*online.RULES, *numbers.ACCOUNTS, *identifiers.RULES, *numbers.RULES),
    *(*dates.RULES, *addresses.RULES),
)
_LABEL = re.compile(LABEL_PATTERN)
_BLANK = "\ue000"  # a character without a meaning, no letter and no space
_MOST_PASSES = 3


@dataclass(frozen=True, slots=True)
class Redaction:
    """A message without personal data, and the kinds (keys of LABELS) that were taken out."""

    text: str
    kinds: tuple[str, ...]


def redact(text: str) -> Redaction:
    """Return `text` with a label in the place of each piece of personal data: "[naam]".

    Redacting the result again changes nothing. Takes time in proportion to the length of `text`;
    the first call in a process loads the lists (0.2 s).
    """
    kinds: list[str] = []
    for _ in range(_MOST_PASSES):
        spans = find_personal_data(text)
        if not spans:
            break
        text = _replace(text, spans)
        kinds += [span.kind for span in spans]
    return Redaction(text, tuple(dict.fromkeys(kinds)))


def find_personal_data(text: str) -> list[Span]:
    """Return the stretches of `text` that are personal data, in order, without overlap."""
    spans = Spans()
    # To the rules a label is a blank: the word in "[kenteken]" announces no licence plate.
    blanked = _LABEL.sub(lambda label: _BLANK * len(label.group()), text)
    for rule in _RULES:
        spans.add(rule.find(blanked))
    spans.add(find_persons(text, spans))
    name_ends = {span.end for span in spans if span.kind == "person"}
    spans.add(dates.dates_after_names(text, name_ends))
    return list(spans)


def _replace(text: str, spans: list[Span]) -> str:
    pieces = []
    end = 0
    for span in spans:
        pieces += [text[end : span.start], f"[{LABELS[span.kind]}]"]
        end = span.end
    return "".join([*pieces, text[end:]])
