import argparse
import json
import sys
from pathlib import Path

import pytest

from ebw.output import CommandError, add_json_option, as_json, write, write_bytes


@pytest.mark.parametrize("text", ["klaar", "klaar\n"])
def test_text_for_the_screen_ends_with_one_new_line(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(text)
    assert capsys.readouterr().out == "klaar\n"


def test_text_for_a_file_is_written_as_it_is_and_in_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "uit.txt"
    file.write_text("iets veel langers dat er al stond")
    write("één € 🙂", file)
    assert file.read_bytes() == "één € 🙂".encode()


def test_a_file_that_cannot_be_written_is_told_in_dutch(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="niet schrijven: die map is er niet"):
        write("tekst", tmp_path / "weg" / "uit.txt")


def test_bytes_go_to_a_file_or_through_a_pipe_as_they_are(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "verslag.pdf"
    write_bytes(b"%PDF\x00\xff", file)
    assert file.read_bytes() == b"%PDF\x00\xff"
    write_bytes(b"%PDF\x00\xff")
    sys.stdout.flush()
    assert capfdbinary.readouterr().out == b"%PDF\x00\xff"


def test_bytes_are_not_written_on_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(CommandError, match="Noem een bestand met -o"):
        write_bytes(b"%PDF")


def test_json_keeps_letters_readable_and_can_be_one_line() -> None:
    data = {"één": ["€", None, True]}
    assert json.loads(as_json(data)) == data
    assert as_json(data, indent=None) == '{"één": ["€", null, true]}'


def test_every_command_can_be_given_the_json_option() -> None:
    parser = argparse.ArgumentParser()
    add_json_option(parser)
    assert parser.parse_args(["--json"]).json is True
    assert parser.parse_args([]).json is False
