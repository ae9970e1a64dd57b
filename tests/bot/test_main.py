from pathlib import Path

import pytest

from bot.__main__ import main


def test_without_a_model_it_says_so_in_one_line(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main() == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert (
        said.err == f"Er is geen getraind model in {data_dir / 'models'}. 'make run' maakt het.\n"
    )
