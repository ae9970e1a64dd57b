"""Measure the redaction on messages of which it is known what must go and what must stay."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ebw.evaluation_file import read_entries
from privacy.labels import LABEL_PATTERN
from privacy.redact import redact

_LABEL = re.compile(LABEL_PATTERN)
_WORD = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class _Count:
    """What was found, changed and lost so far."""

    found: defaultdict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    clean_changed: list[bool] = field(default_factory=list)
    keep_lost: int = 0
    errors: list[dict[str, str]] = field(default_factory=list)


def evaluate_privacy(path: Path) -> dict[str, object]:
    """Return the figures of the contract for the list of `{text, spans, keep}` in a YAML file.

    `span_recall` (0 to 1) counts a span as found when nothing of it is left,
    `clean_messages_changed` is the share of messages without spans that were changed, `keep_lost`
    the number of stretches that should have stayed. `errors` has one entry for each fault.

    Raises EvaluationFileError when the file is no such list.
    """
    count = _Count()
    messages = read_entries(path, _is_message, "text, spans en keep")
    for message in messages:
        spans = [(str(span["text"]), str(span["kind"])) for span in message["spans"]]
        _measure(message["text"], spans, list(map(str, message.get("keep") or [])), count)
    return {
        "n": len(messages),
        "span_recall": _share([hit for hits in count.found.values() for hit in hits], none=1.0),
        "span_recall_by_kind": {
            kind: _share(hits, none=1.0) for kind, hits in sorted(count.found.items())
        },
        "clean_messages_changed": _share(count.clean_changed, none=0.0),
        "keep_lost": count.keep_lost,
        "errors": count.errors,
    }


def _measure(text: str, spans: list[tuple[str, str]], keep: list[str], count: _Count) -> None:
    redacted = redact(text).text
    fault = {"text": text, "redacted": redacted}
    for span, kind in spans:
        found = nothing_left(span, text, redacted)
        count.found[kind].append(found)
        if not found:
            count.errors.append({"fault": "missed", "kind": kind, "span": span, **fault})
    if not spans:
        count.clean_changed.append(redacted != text)
        if redacted != text:
            count.errors.append({"fault": "changed", **fault})
    for stretch in keep:
        if stretch not in redacted:
            count.keep_lost += 1
            count.errors.append({"fault": "lost", "keep": stretch, **fault})


def nothing_left(span: str, text: str, redacted: str) -> bool:
    """Tell whether no word of any mention of `span` in `text` is left in `redacted`.

    A word of the span that also stands elsewhere in `text` may be left there.
    """
    mentions = len(re.findall(rf"(?<!\w){re.escape(span)}(?!\w)", text))
    in_text = Counter(_WORD.findall(text))
    left = Counter(_WORD.findall(_LABEL.sub(" ", redacted)))
    return span not in redacted and all(
        left[word] <= in_text[word] - times * mentions
        for word, times in Counter(_WORD.findall(span)).items()
    )


def _share(hits: list[bool], *, none: float) -> float:
    """Return the share of hits, `none` when there was nothing to hit."""
    return sum(hits) / len(hits) if hits else none


def _is_message(entry: dict[str, Any]) -> bool:
    spans, keep = entry.get("spans"), entry.get("keep") or []
    return (
        isinstance(entry.get("text"), str)
        and isinstance(spans, list)
        and isinstance(keep, list)
        and all(isinstance(span, dict) and {"text", "kind"} <= span.keys() for span in spans)
    )
