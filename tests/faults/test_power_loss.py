"""What SQLite has on disk when the power goes: all that was acknowledged, and nothing by halves."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from quickscan.scan import Answer, Mode
from quickscan.session import scan_session
from tests.builders import SESSION, given

CUTS = 15


@pytest.fixture
def acknowledged(database: Engine) -> list[int]:
    """Answer a scan; give the length of the log on disk after each answer that was acknowledged."""
    log = Path(f"{database.url.database}-wal")
    with scan_session(SESSION, "web") as session:
        scan = session.start()
        scan.set_municipality(None)
        scan.set_mode(Mode.EXISTING_APPROACH)
    lengths = []
    for number in range(1, 7):
        with scan_session(SESSION, "web") as session:
            assert session.scan
            session.scan.answer(number, given(Answer.YES))
        lengths.append(log.stat().st_size)
    return lengths


@pytest.mark.parametrize("seed", range(4))
def test_after_a_cut_at_any_point_every_answer_acknowledged_before_it_is_there(
    database: Engine, acknowledged: list[int], tmp_path: Path, seed: int
) -> None:
    choose = random.Random(seed)
    for cut in choose.sample(range(acknowledged[-1] + 1), CUTS):
        copy = _copy_cut_off(Path(str(database.url.database)), tmp_path / f"cut-{cut}", cut)
        found, is_whole = _read(copy)
        assert is_whole
        before = sum(length <= cut for length in acknowledged)
        assert found == list(range(1, len(found) + 1))
        assert len(found) >= before


def test_a_page_half_written_in_the_log_is_left_out(
    database: Engine, acknowledged: list[int], tmp_path: Path
) -> None:
    copy = _copy_cut_off(Path(str(database.url.database)), tmp_path / "torn", acknowledged[-1])
    log = Path(f"{copy}-wal")
    content = bytearray(log.read_bytes())
    for place in range(acknowledged[-2] + 100, acknowledged[-2] + 600):
        content[place] ^= 0xFF
    log.write_bytes(content)
    found, is_whole = _read(copy)
    assert is_whole
    assert found == [1, 2, 3, 4, 5]


def _copy_cut_off(database: Path, folder: Path, cut: int) -> Path:
    """Copy the file and as much of its log as had come to the disk."""
    folder.mkdir()
    copy = Path(shutil.copy(database, folder / "copy.db"))
    Path(f"{copy}-wal").write_bytes(Path(f"{database}-wal").read_bytes()[:cut])
    return copy


def _read(database: Path) -> tuple[list[int], bool]:
    with closing(sqlite3.connect(database)) as connection:
        [[verdict]] = connection.execute("PRAGMA integrity_check").fetchall()
        rows = connection.execute("SELECT question FROM answers ORDER BY question").fetchall()
    return [number for (number,) in rows], verdict == "ok"
