import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from types import SimpleNamespace

import pytest
from jsonschema import Draft7Validator
from sqlalchemy.engine import Engine

from ebw.cli import DATABASE_UNAVAILABLE, run
from ebw.settings import ROOT, settings
from knowledge.checking import ContentError, Fault
from quickscan.scan import Answer, Municipality, Scan
from storage import report_links, scans
from storage.database import engine, transaction
from storage.migrate import is_current
from tests.builders import NOW, OTHER_SESSION, SCAN_ID, SESSION, a_scan, given

OTHER_ID = "99999999-2222-4333-8444-555555555555"
SCHEMA = json.loads((ROOT / "tests" / "data" / "quickscan-result.schema.json").read_text())
NEEDS_DATABASE = [
    ["results", "list"],
    ["results", "show", SCAN_ID],
    ["results", "export"],
    ["privacy", "delete", "--session", SESSION],
    ["privacy", "purge"],
]


class Ran:
    """What a command said, and the status it ended with."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def json(self) -> object:
        """What was said, read as JSON."""
        return json.loads(self.out)


Ebw = Callable[..., Ran]


@pytest.fixture
def ebw(capsys: pytest.CaptureFixture[str]) -> Ebw:
    """Give a function that runs a command."""

    def run_command(*arguments: object) -> Ran:
        status = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return run_command


@pytest.fixture
def stored(database: Engine) -> list[Scan]:
    """Store a finished scan of Delft and one under way, in another session."""
    finished = a_scan(
        municipality=Municipality("GM0503", "Delft"),
        answers={n: given(Answer.YES) for n in range(1, 6)} | {6: given(Answer.NO, "geen tijd €")},
    )
    finished.complete(NOW)
    running = a_scan(id=OTHER_ID, session_id=OTHER_SESSION, answers={1: given(Answer.SKIPPED)})
    with transaction() as connection:
        scans.add(connection, finished)
        scans.add(connection, running)
    return [finished, running]


def assert_failed(ran: Ran, *, saying: str, status: int = 1) -> None:
    """Check that a command failed with one clear line, and said nothing else."""
    assert ran.status == status
    assert ran.out == ""
    assert saying in ran.err
    assert ran.err.count("\n") == 1
    assert ran.err.endswith("\n")


# ebw results


def test_results_list_shows_a_line_per_scan(ebw: Ebw, stored: list[Scan]) -> None:
    ran = ebw("results", "list")
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert [line.split()[0] for line in lines] == [SCAN_ID, OTHER_ID]
    assert "afgerond" in lines[0]
    assert "Delft" in lines[0]
    assert "loopt" in lines[1]


def test_results_list_without_scans_says_so(ebw: Ebw, database: Engine) -> None:
    assert ebw("results", "list").out == "Er zijn nog geen quickscans.\n"
    assert ebw("results", "list", "--json").json == []


def test_results_list_as_json_follows_the_contract(ebw: Ebw, stored: list[Scan]) -> None:
    results = ebw("results", "list", "--json").json
    assert [result["result_id"] for result in results] == [SCAN_ID, OTHER_ID]
    for result in results:
        Draft7Validator(SCHEMA).validate(result)


def test_results_show_prints_the_report(ebw: Ebw, stored: list[Scan]) -> None:
    ran = ebw("results", "show", SCAN_ID)
    assert ran.status == 0
    assert "Delft, afgerond" in ran.out
    assert "geen tijd €" in ran.out


@pytest.mark.parametrize("how", [["--json"], ["--format", "json"], ["--format", "text", "--json"]])
def test_results_show_as_json_follows_the_contract(
    ebw: Ebw, stored: list[Scan], how: list[str]
) -> None:
    result = ebw("results", "show", SCAN_ID, *how).json
    Draft7Validator(SCHEMA).validate(result)
    assert result["improvements"] == [6]


@pytest.mark.parametrize("wrong", ["geen-nummer", "", "11111111", "' OR 1=1 --"])
def test_results_show_of_an_unknown_scan_fails(ebw: Ebw, stored: list[Scan], wrong: str) -> None:
    assert_failed(ebw("results", "show", wrong), saying=f"Er is geen quickscan met nummer {wrong}.")


def test_results_show_writes_to_a_file(ebw: Ebw, stored: list[Scan], tmp_path: Path) -> None:
    file = tmp_path / "delft.txt"
    ran = ebw("results", "show", SCAN_ID, "-o", file)
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    assert file.read_text(encoding="utf-8") == ebw("results", "show", SCAN_ID).out


def test_results_export_has_a_line_per_scan_that_follows_the_contract(
    ebw: Ebw, stored: list[Scan]
) -> None:
    ran = ebw("results", "export")
    results = [json.loads(line) for line in ran.out.splitlines()]
    assert [result["result_id"] for result in results] == [SCAN_ID, OTHER_ID]
    for result in results:
        Draft7Validator(SCHEMA).validate(result)
    assert "€" in ran.out


def test_results_export_as_csv_has_a_row_per_answer(ebw: Ebw, stored: list[Scan]) -> None:
    rows = list(csv.DictReader(io.StringIO(ebw("results", "export", "--format", "csv").out)))
    assert len(rows) == 7
    assert rows[5]["explanation"] == "geen tijd €"


def test_results_export_with_json_is_jsonl_whatever_the_format(
    ebw: Ebw, stored: list[Scan]
) -> None:
    ran = ebw("results", "export", "--format", "csv", "--json")
    assert ran.out == ebw("results", "export", "--format", "jsonl").out


@pytest.mark.parametrize("format_", ["jsonl", "csv"])
def test_results_export_writes_to_a_file(
    ebw: Ebw, stored: list[Scan], tmp_path: Path, format_: str
) -> None:
    file = tmp_path / "alles"
    ran = ebw("results", "export", "--format", format_, "--output", file)
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    expected = ebw("results", "export", "--format", format_).out
    with file.open(encoding="utf-8", newline="") as written:
        assert written.read() == expected


def test_results_export_of_nothing_is_empty(ebw: Ebw, database: Engine) -> None:
    assert ebw("results", "export").out.strip() == ""


def test_results_revoke_ends_the_links_to_a_report(ebw: Ebw, stored: list[Scan]) -> None:
    with transaction() as connection:
        for digit, scan in zip("123", (stored[0], stored[0], stored[1]), strict=True):
            report_links.add(connection, scan.id, digit * 64, NOW, NOW + timedelta(days=1))
    assert ebw("results", "revoke", SCAN_ID).out == "Ingetrokken: 2 links.\n"
    assert ebw("results", "revoke", SCAN_ID, "--json").json == {"revoked_links": 0}
    assert ebw("results", "revoke", OTHER_ID).out == "Ingetrokken: 1 link.\n"
    assert_failed(ebw("results", "revoke", "weg"), saying="Er is geen quickscan met nummer weg.")


@pytest.mark.parametrize("command", [["show", SCAN_ID], ["export"]])
@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("weg/uit.txt", "die map is er niet"),
        (".", "dat is een map"),
        ("bestand/uit.txt", "dat ligt niet in een map"),
    ],
)
def test_a_file_that_cannot_be_written_is_told(  # noqa: PLR0913 - a place, and why
    ebw: Ebw, stored: list[Scan], tmp_path: Path, command: list[str], place: str, why: str
) -> None:
    (tmp_path / "bestand").touch()
    target = tmp_path / place
    ran = ebw("results", *command, "-o", target)
    assert_failed(ran, saying=f"Kan {target} niet schrijven: {why}.")


# ebw knowledge

FAULTS = [Fault("quickscan.yml", 12, "questions.0.why", "is te kort"), Fault("a.yml", 3, "b", "c")]


def test_knowledge_check_of_sound_content_finds_no_faults(
    ebw: Ebw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ebw.commands.knowledge.check_all", list)
    assert (ebw("knowledge", "check").status, ebw("knowledge", "check").out) == (
        0,
        "Geen fouten gevonden.\n",
    )
    assert ebw("knowledge", "check", "--json").json == []


def test_knowledge_check_tells_every_fault_on_a_line_and_fails(
    ebw: Ebw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ebw.commands.knowledge.check_all", lambda: FAULTS)
    ran = ebw("knowledge", "check")
    assert ran.status == 1
    assert ran.out.splitlines() == [
        "quickscan.yml:12: questions.0.why: is te kort",
        "a.yml:3: b: c",
    ]


def test_knowledge_check_as_json_lists_the_faults_and_fails_too(
    ebw: Ebw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ebw.commands.knowledge.check_all", lambda: FAULTS[:1])
    ran = ebw("knowledge", "check", "--json")
    assert ran.status == 1
    assert ran.json == [
        {
            "file": "quickscan.yml",
            "line": 12,
            "field": "questions.0.why",
            "message": "is te kort",
        }
    ]


def test_knowledge_load_brings_the_content_into_use(
    ebw: Ebw, database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[Engine] = []
    monkeypatch.setattr("ebw.commands.knowledge.load_all", loaded.append)
    assert ebw("knowledge", "load").out == "De inhoud is in gebruik.\n"
    assert ebw("knowledge", "load", "--json").json == {"loaded": True}
    assert loaded == [database, database]


def test_knowledge_load_of_faulty_content_fails_with_the_faults(
    ebw: Ebw, database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_engine: Engine) -> None:
        raise ContentError(FAULTS[:1])

    monkeypatch.setattr("ebw.commands.knowledge.load_all", refuse)
    assert_failed(ebw("knowledge", "load"), saying="quickscan.yml:12: questions.0.why: is te kort")


# ebw eval


@pytest.mark.parametrize("what", ["nlu", "privacy", "search"])
def test_measuring_on_a_file_that_is_not_there_fails(
    ebw: Ebw, data_dir: Path, tmp_path: Path, what: str
) -> None:
    file = tmp_path / "weg.yml"
    assert_failed(ebw("eval", what, file), saying=f"Het bestand {file} is er niet.")


def test_measuring_what_is_understood_needs_a_model(
    ebw: Ebw, data_dir: Path, tmp_path: Path
) -> None:
    file = tmp_path / "set.yml"
    file.write_text("[]")
    assert_failed(ebw("eval", "nlu", file), saying="Er is geen getraind model.")


@pytest.fixture
def labelled(data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a file of one labelled message, understood rightly by a model that is not there."""
    import bot.nlu.evaluate as module

    (data_dir / "models").mkdir(parents=True)
    (data_dir / "models" / "ebw.tar.gz").touch()
    right = module.Understood("greet", 0.9, frozenset())
    monkeypatch.setattr(module, "understand", lambda texts, _model: [right for _ in texts])
    file = tmp_path / "set.yml"
    file.write_text('[{"text": "hallo", "intent": "greet", "entities": {}}]')
    return file


def test_measuring_shows_the_figures(ebw: Ebw, labelled: Path) -> None:
    ran = ebw("eval", "nlu", labelled)
    assert ran.status == 0
    assert ["intent_accuracy", "1.000"] in [line.split() for line in ran.out.splitlines()]
    figures = ebw("eval", "nlu", labelled, "--json").json
    assert (figures["n"], figures["intent_accuracy"], figures["errors"]) == (1, 1.0, [])


def test_measuring_on_something_else_than_a_set_fails(ebw: Ebw, labelled: Path) -> None:
    labelled.write_text('{"text": "hallo"}')
    assert_failed(ebw("eval", "nlu", labelled), saying="set.yml hoort een lijst te zijn")


# ebw privacy


@pytest.fixture
def upper_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let redaction do something that can be seen."""
    monkeypatch.setattr(
        "ebw.commands.privacy.redact", lambda text: SimpleNamespace(text=text.upper())
    )


def test_privacy_redact_answers_line_by_line(
    ebw: Ebw, upper_case: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("één\n\ntwee"))
    ran = ebw("privacy", "redact")
    assert (ran.status, ran.out) == (0, "ÉÉN\n\nTWEE\n")


def test_privacy_redact_as_json_has_an_object_per_line(
    ebw: Ebw, upper_case: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("één\ntwee\n"))
    lines = ebw("privacy", "redact", "--json").out.splitlines()
    assert [json.loads(line) for line in lines] == [{"text": "ÉÉN"}, {"text": "TWEE"}]


def test_privacy_delete_removes_one_session(ebw: Ebw, stored: list[Scan]) -> None:
    told = ebw("privacy", "delete", "--session", SESSION).out
    assert told == "Verwijderd: 1 quickscan, en 0 andere gegevens van deze sessie.\n"
    assert "0 quickscans" in ebw("privacy", "delete", "--session", SESSION).out
    left = ebw("results", "list", "--json").json
    assert [result["result_id"] for result in left] == [OTHER_ID]


def test_privacy_delete_as_json_counts(ebw: Ebw, stored: list[Scan]) -> None:
    ran = ebw("privacy", "delete", "--session", OTHER_SESSION, "--json")
    assert ran.json["deleted_scans"] == ran.json["deleted"]["scans"] == 1
    assert ran.json["deleted"]["web_turns"] == 0


@pytest.mark.parametrize("wrong", ["", "abc", SESSION.upper(), SESSION + "a", "g" * 64, "%" * 64])
def test_privacy_delete_refuses_what_is_no_session(
    ebw: Ebw, stored: list[Scan], wrong: str
) -> None:
    ran = ebw("privacy", "delete", "--session", wrong)
    assert_failed(ran, saying="Een sessie-ID bestaat uit 64 tekens")
    assert len(ebw("results", "list", "--json").json) == 2


def test_privacy_purge_tells_how_much_of_each_kind_was_removed(
    ebw: Ebw, stored: list[Scan], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ebw.commands.privacy.datetime", _MuchLater)
    counts = ebw("privacy", "purge", "--json").json
    assert counts["unfinished_scans"] + counts["completed_scans"] == len(stored)
    assert ebw("results", "list", "--json").json == []
    assert "Afgeronde quickscans: 0\n" in ebw("privacy", "purge").out


class _MuchLater:
    """A clock that is decades ahead."""

    @staticmethod
    def now(zone: tzinfo) -> datetime:
        """Return the moment that this clock shows."""
        return datetime.now(zone) + timedelta(days=20_000)


# ebw db


def test_db_upgrade_makes_the_database_and_loads_the_content(
    ebw: Ebw, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[Engine] = []
    monkeypatch.setattr("ebw.commands.db.load_all", loaded.append)
    monkeypatch.delenv("EBW_DATABASE_URL", raising=False)
    settings.cache_clear()
    engine.cache_clear()
    try:
        assert ebw("db", "upgrade").out == "De database is bijgewerkt.\n"
        assert ebw("db", "upgrade", "--json").json == {"upgraded": True}
        assert is_current(engine())
        assert loaded == [engine(), engine()]
        assert (data_dir / "ebw.db").exists()
    finally:
        engine().dispose()
        engine.cache_clear()


def test_a_backup_brings_back_what_was_removed_since(
    ebw: Ebw, stored: list[Scan], tmp_path: Path
) -> None:
    file = tmp_path / "back-up"
    assert str(file) in ebw("db", "backup", file).out
    ebw("privacy", "delete", "--session", SESSION)
    assert_failed(ebw("db", "restore", file), saying="staan al scans")
    assert ebw("db", "restore", file, "--replace", "--json").json == {"restored": True}
    assert len(ebw("results", "list", "--json").json) == len(stored)


def test_a_backup_that_cannot_be_made_or_put_back_is_told_in_one_line(
    ebw: Ebw, stored: list[Scan], tmp_path: Path
) -> None:
    (tmp_path / "back-up").touch()
    assert_failed(ebw("db", "backup", tmp_path / "back-up"), saying="is er al")
    assert_failed(
        ebw("db", "restore", tmp_path / "back-up", "--replace"), saying="geen hele back-up"
    )
    assert_failed(ebw("db", "restore", tmp_path / "weg", "--replace"), saying="is er niet")


# When something is wrong with the set-up


@pytest.fixture
def other_database(monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> Callable[[str], None]:
    """Give a function that has the commands use another database."""

    def use(url: str) -> None:
        monkeypatch.setenv("EBW_DATABASE_URL", url)
        settings.cache_clear()
        engine.cache_clear()

    yield use
    engine.cache_clear()


@pytest.mark.parametrize("command", [*NEEDS_DATABASE, ["db", "upgrade"]], ids=" ".join)
@pytest.mark.parametrize(
    "url", ["postgresql://127.0.0.1:1/ebw", "geen url", "sqlite:////dev/null/x"]
)
def test_an_unreachable_database_gives_one_clear_line(
    ebw: Ebw, other_database: Callable[[str], None], command: list[str], url: str
) -> None:
    other_database(url)
    assert_failed(ebw(*command), saying=DATABASE_UNAVAILABLE)


@pytest.mark.parametrize("command", NEEDS_DATABASE, ids=" ".join)
def test_a_database_without_tables_gives_one_clear_line(
    ebw: Ebw, other_database: Callable[[str], None], command: list[str], tmp_path: Path
) -> None:
    other_database(f"sqlite:///{tmp_path / 'empty.db'}")
    assert_failed(ebw(*command), saying=DATABASE_UNAVAILABLE)


def test_a_setting_that_cannot_be_used_gives_one_clear_line(
    ebw: Ebw, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EBW_WEB_PORT", "tachtig")
    settings.cache_clear()
    engine.cache_clear()
    assert_failed(ebw("results", "list"), saying="EBW_WEB_PORT moet een poortnummer zijn")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["onzin"],
        ["results"],
        ["results", "onzin"],
        ["results", "show"],
        ["results", "show", SCAN_ID, "--format", "odt"],
        ["results", "export", "--format", "text"],
        ["results", "list", "--onzin"],
        ["knowledge"],
        ["eval", "nlu"],
        ["privacy", "delete"],
        ["db"],
        ["run", "--json"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_two_and_says_in_dutch_how_it_is_used(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(arguments)
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert said.err.startswith("Zo is dit commando niet te gebruiken. Gebruik: ebw")
    assert "error" not in said.err


def test_run_ends_with_the_status_of_the_assistant(
    ebw: Ebw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ebw.commands.running.start_all", lambda: 3)
    assert ebw("run").status == 3


def test_ctrl_c_ends_a_command_without_a_trace(ebw: Ebw, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("ebw.commands.running.start_all", interrupted)
    ran = ebw("run")
    assert (ran.status, ran.out, ran.err) == (130, "", "")


# As a program of its own


def as_program(*arguments: str, url: str) -> subprocess.Popen[str]:
    """Start `ebw` as a user does."""
    return subprocess.Popen(
        [sys.executable, "-m", "ebw", *arguments],
        env={**os.environ, "EBW_DATABASE_URL": url, "PYTHONUNBUFFERED": ""},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_program_ends_with_the_status_of_its_command(
    stored: list[Scan], sqlite_url: str
) -> None:
    process = as_program("results", "show", "weg", url=sqlite_url)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    assert err == "Er is geen quickscan met nummer weg.\n"


def test_a_reader_that_stops_early_is_no_fault(stored: list[Scan], sqlite_url: str) -> None:
    process = as_program("results", "list", url=sqlite_url)
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(60) == 0
    process.stderr.close()
