"""Stretches of text that are personal data."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (exclusive) of a message, and the kind of data they hold."""

    start: int
    end: int
    kind: str


class Spans:
    """Spans that do not overlap; the first one to claim a stretch keeps it."""

    def __init__(self) -> None:
        """Begin with none."""
        self._spans: list[Span] = []

    def __iter__(self) -> Iterator[Span]:
        """Yield the spans in the order of the text."""
        return iter(self._spans)

    def add(self, spans: Iterable[Span]) -> None:
        """Add those of `spans` that hit none of the spans that are here."""
        for span in spans:
            if span.start < span.end and not self.hit(span.start, span.end):
                insort(self._spans, span)

    def hit(self, start: int, end: int) -> bool:
        """Tell whether a span has a character between `start` and `end`."""
        place = bisect_left(self._spans, Span(end, 0, ""))
        return place > 0 and self._spans[place - 1].end > start
