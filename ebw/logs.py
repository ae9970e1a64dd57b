"""The logs of every process: a JSON object a line, without a word of a user.

Rasa, its servers and its drivers put messages, senders and database values into their own log
lines and into the texts of errors. So of what others log, only that is written which stands in
their code, without what was filled in; of an error only its type and where it came from.
"""

import ast
import json
import linecache
import logging
import sys
import threading
import traceback
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import TracebackType

OURS = (
    *("advice", "bot", "checklists", "ebw", "evaluation", "knowledge", "privacy"),
    *("quickscan", "storage", "web", "__main__"),
)
FRAMES = 8
_LINES_OF_A_CALL = 2


def configure_logs() -> None:
    """Write warnings of everyone, and what our own code tells, to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(SafeFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    # A warning can hold a user's words, and says nothing without what was filled in.
    logging.captureWarnings(capture=True)
    logging.getLogger("py.warnings").disabled = True
    threading.excepthook = _tell_of_thread


class SafeFormatter(logging.Formatter):
    """Makes a line of JSON: when, how bad, who, what; of an error its type and its place."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = _places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def _event(record: logging.LogRecord) -> str:
    """Return what may be told: our own messages whole, of others what stands in their code."""
    if record.name.partition(".")[0] in OURS:
        return record.getMessage()
    told = str(record.msg)
    if told and told in "".join(linecache.getlines(record.pathname)):
        return told
    return _template(record.pathname, record.lineno) or _place(record.pathname, record.lineno)


@cache
def _template(path: str, line: int) -> str | None:
    """Return the f-string that is logged on a line of the code, with … for what is filled in."""
    code = ast.parse("".join(linecache.getlines(path)) if path.endswith(".py") else "")
    for node in ast.walk(code):
        if isinstance(node, ast.JoinedStr) and line <= node.lineno <= line + _LINES_OF_A_CALL:
            parts = node.values  # noqa: PD011 - no data frame
            return "".join(str(p.value) if isinstance(p, ast.Constant) else "…" for p in parts)
    return None


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-FRAMES:]
    return [f"{_place(frame.filename, frame.lineno)} {frame.name}" for frame in frames]


def _place(path: str, line: int | None) -> str:
    return f"{'/'.join(Path(path).parts[-3:])}:{line}"


def _tell_of_thread(failed: threading.ExceptHookArgs) -> None:
    error = failed.exc_value or failed.exc_type()
    logging.getLogger(__name__).error(
        "a thread failed", exc_info=(failed.exc_type, error, failed.exc_traceback)
    )
