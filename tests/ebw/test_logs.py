import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ebw.logs import SafeFormatter, configure_logs
from ebw.settings import ROOT

SAID = "Piet de Vries, 123456782"
Log = Callable[[logging.Logger], object]

foreign, ours = (
    logging.getLogger("rasa.core.processor"),
    logging.getLogger("bot.actions.turn_action"),
)


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(SafeFormatter())
        self.lines: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(json.loads(self.format(record)))


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    """Give the lines that are logged."""
    handler = _Lines()
    logging.getLogger().addHandler(handler)
    yield handler.lines
    logging.getLogger().removeHandler(handler)


def fail(logger: logging.Logger) -> None:
    """Log an error with what a user said in it."""
    try:
        raise ValueError(SAID)  # noqa: TRY301 - an error that was raised has a trace
    except ValueError:
        logger.exception("it failed")


def test_a_line_tells_when_how_bad_who_and_what(lines: list[dict[str, Any]]) -> None:
    ours.error("a turn was not stored: %s", "OperationalError")
    (line,) = lines
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "error",
        "logger": "bot.actions.turn_action",
        "event": "a turn was not stored: OperationalError",
    }


@pytest.mark.parametrize(
    "log",
    [
        lambda logger: logger.error("it failed for %s", SAID),
        lambda logger: logger.error(f"it failed for {SAID}"),  # noqa: G004 - as others do
        lambda logger: logger.error("it failed", extra={"text": SAID}),
        lambda logger: logger.error({"text": SAID}),
        fail,
    ],
)
def test_what_others_log_about_a_user_is_left_out(lines: list[dict[str, Any]], log: Log) -> None:
    log(foreign)
    (line,) = lines
    assert "Piet" not in str(line)
    assert "123456782" not in str(line)
    assert line["event"].startswith(("it failed", "tests/ebw/test_logs.py:"))


def test_what_others_put_together_is_told_without_what_was_filled_in(
    lines: list[dict[str, Any]],
) -> None:
    foreign.error(f"no answer to {SAID}: gave up")
    foreign.error(
        f"no answer to {SAID}: " f"gave up after {len(SAID)} tries",
    )
    assert [line["event"] for line in lines] == [
        "no answer to …: gave up",
        "no answer to …: gave up after … tries",
    ]


def test_an_error_is_told_by_its_type_and_place(lines: list[dict[str, Any]]) -> None:
    fail(ours)
    (line,) = lines
    assert (line["event"], line["error"]) == ("it failed", "ValueError")
    assert line["trace"] == [f"tests/ebw/test_logs.py:{fail.__code__.co_firstlineno + 3} fail"]


def test_a_thread_that_fails_is_told_without_its_message(
    lines: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    before = logging.getLogger().handlers[:]
    configure_logs()
    logging.getLogger().handlers[:] = before

    def work() -> None:
        raise ValueError(SAID)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    (line,) = lines
    assert (line["event"], line["error"]) == ("a thread failed", "ValueError")
    assert "Piet" not in str(line)


def test_structlog_of_rasa_tells_the_name_of_an_event_and_no_more() -> None:
    program = (
        "from bot.rasa_tuning import quiet_logging; quiet_logging(); import structlog;"
        f"structlog.get_logger('rasa').error('rest.timeout', text={SAID!r}, event_info={SAID!r});"
        f"structlog.get_logger('rasa').debug('rest.message', text={SAID!r})"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""
    (line,) = map(json.loads, done.stderr.splitlines())
    assert line["level"] == "error"
    assert "Piet" not in done.stderr


def test_a_warning_of_a_package_is_not_written() -> None:
    program = (
        "from ebw.logs import configure_logs; configure_logs();"
        f"import warnings; warnings.warn({SAID!r})"
    )
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
