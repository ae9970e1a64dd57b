"""`ebw knowledge search` and `ask`, and `ebw eval search`, on a few items."""

import json
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from ebw.cli import run
from storage import items
from storage.database import transaction
from tests.knowledge.content import GROUPS, TOOLKIT, a_gap, an_item

ITEMS = (
    an_item(
        "kosten",
        title="Wat het kost",
        text="Reken op tien procent.",
        points=["Van het budget."],
        interventions=["theater", "casusoverleg"],
        evaluation_types=["procesevaluatie"],
    ),
    an_item("tijd", title="Hoe lang het duurt", text="Het duurt een paar weken."),
    a_gap("gat", title="Vragenlijst", text="Een vragenlijst heb ik niet.", instead=["tijd"]),
)
NOTHING_LOADED = "Er is nog geen inhoud in gebruik. Voer 'ebw knowledge load' uit.\n"


@pytest.fixture
def loaded(database: Engine) -> None:
    with transaction(database) as connection:
        items.replace_all(connection, ITEMS, GROUPS)


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(arguments) == 0
    return capsys.readouterr().out


def test_searching_gives_what_the_contract_names(
    loaded: None, capsys: pytest.CaptureFixture[str]
) -> None:
    first, *_ = json.loads(output(capsys, "knowledge", "search", "wat kost het", "--json"))
    assert first.pop("score") > 0
    assert first == {
        "id": "kosten",
        "kind": "uitleg",
        "title": "Wat het kost",
        "text": "Reken op tien procent.\n- Van het budget.",
        "interventions": ["casusoverleg", "theater"],
        "evaluation_types": ["procesevaluatie"],
        "source": {"title": TOOLKIT["title"], "url": TOOLKIT["url"]},
    }


def test_searching_gives_no_more_than_the_limit(
    loaded: None, capsys: pytest.CaptureFixture[str]
) -> None:
    question = "wat kost het en hoe lang duurt het"
    assert len(json.loads(output(capsys, "knowledge", "search", question, "--json"))) == 2
    limited = output(capsys, "knowledge", "search", question, "--limit", "1", "--json")
    assert len(json.loads(limited)) == 1


@pytest.mark.parametrize("limit", ["0", "-1", "veel", "1.5"])
def test_a_limit_that_is_no_number_is_wrong_usage(loaded: None, limit: str) -> None:
    with pytest.raises(SystemExit) as stop:
        run(["knowledge", "search", "kosten", "--limit", limit])
    assert stop.value.code == 2


def test_for_people_searching_gives_a_line_for_each_item(
    loaded: None, capsys: pytest.CaptureFixture[str]
) -> None:
    [line] = output(capsys, "knowledge", "search", "paar weken").splitlines()
    assert line.endswith(f"Hoe lang het duurt [tijd] ({TOOLKIT['title']})")
    assert output(capsys, "knowledge", "search", "xqzw") == "Niets gevonden.\n"


def test_asking_gives_the_answer_its_items_and_its_sources(
    loaded: None, capsys: pytest.CaptureFixture[str]
) -> None:
    reply = json.loads(output(capsys, "knowledge", "ask", "reken op tien procent", "--json"))
    assert reply["answer"].startswith("Reken op tien procent.")
    del reply["answer"]
    assert reply == {"items": ["kosten"], "sources": [TOOLKIT["url"]], "no_source": False}


def test_asking_what_has_no_source_says_so(
    loaded: None, capsys: pytest.CaptureFixture[str]
) -> None:
    reply = json.loads(output(capsys, "knowledge", "ask", "een vragenlijst", "--json"))
    assert (reply["items"], reply["no_source"]) == (["gat", "tijd"], True)
    assert "Een vragenlijst heb ik niet." in output(capsys, "knowledge", "ask", "vragenlijst")


def test_measuring_the_search_gives_what_the_contract_names(
    loaded: None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    needs = tmp_path / "needs.yml"
    needs.write_text(
        "- {query: wat kost het, expect: {facts: [[tien procent]]}}\n"
        "- {query: vragenlijst, expect: {no_source: true}}\n",
        encoding="utf-8",
    )
    assert json.loads(output(capsys, "eval", "search", str(needs), "--json")) == {
        "n": 2,
        "answered": 1,
        "recall_at_1": 1.0,
        "recall_at_3": 1.0,
        "no_source_correct": 1.0,
        "errors": [],
    }


@pytest.mark.parametrize("command", [["search"], ["ask"]])
def test_before_anything_was_loaded_a_command_fails_and_says_what_to_do(
    database: Engine, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert run(["knowledge", *command, "kosten"]) == 1
    assert capsys.readouterr().err == NOTHING_LOADED


def test_measuring_before_anything_was_loaded_fails_too(
    database: Engine, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    needs = tmp_path / "needs.yml"
    needs.write_text("- {query: kosten, expect: {no_source: true}}\n", encoding="utf-8")
    assert run(["eval", "search", str(needs)]) == 1
    assert capsys.readouterr().err == NOTHING_LOADED
