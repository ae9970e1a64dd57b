"""A model that was damaged: Rasa does not serve with it, and says in one line what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ebw.settings import ROOT
from tests.conversations.servers import free_port, trained_model_dir


@pytest.mark.parametrize("share", [0.0, 0.5, 0.999])
def test_rasa_does_not_start_with_half_a_model(tmp_path: Path, share: float) -> None:
    [model] = sorted(trained_model_dir().glob("*.tar.gz"))[-1:]
    whole = model.read_bytes()
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / model.name).write_bytes(whole[: int(len(whole) * share)])
    done = subprocess.run(
        [sys.executable, "-m", "bot"],
        cwd=ROOT,
        env={**os.environ, "EBW_DATA_DIR": str(tmp_path), "EBW_RASA_PORT": str(free_port())},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert "Het getrainde model is niet te gebruiken" in done.stderr
    assert "Traceback" not in done.stderr
