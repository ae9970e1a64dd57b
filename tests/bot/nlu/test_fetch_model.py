import subprocess

import pytest

from bot.nlu import fetch_model


class FakePip:
    """Stands for pip: remembers what it was asked, and answers as told."""

    def __init__(self, outcome: int | Exception) -> None:
        self.outcome = outcome
        self.asked: list[list[str]] = []

    def __call__(self, command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        self.asked.append(command)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return subprocess.CompletedProcess(command, self.outcome)


def with_pip(monkeypatch: pytest.MonkeyPatch, outcome: int | Exception) -> FakePip:
    pip = FakePip(outcome)
    monkeypatch.setattr(subprocess, "run", pip)
    monkeypatch.setattr(fetch_model, "available_pipeline", lambda _name: "built-in")
    return pip


def test_the_model_is_asked_for_by_name_only_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pip = with_pip(monkeypatch, 0)
    fetch_model.main()
    (command,) = pip.asked
    assert command[-1] == "nl_core_news_sm==3.4.0"
    assert not any("://" in part for part in command)
    assert "staat klaar" in capsys.readouterr().out


@pytest.mark.parametrize("outcome", [1, subprocess.TimeoutExpired("pip", 60)])
def test_without_the_model_the_assistant_goes_on_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], outcome: int | Exception
) -> None:
    with_pip(monkeypatch, outcome)
    fetch_model.main()
    assert "ingebouwde" in capsys.readouterr().out


def test_a_model_that_is_there_is_not_fetched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pip = with_pip(monkeypatch, 0)
    monkeypatch.setattr(fetch_model, "available_pipeline", lambda _name: "nl_core_news_sm 3.4.0")
    assert fetch_model.fetch()
    assert pip.asked == []
