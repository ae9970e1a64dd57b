"""Ready-made knowledge items and content folders for the tests."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from knowledge.items import Item, parse_item
from tests.builders import questionnaire_content

TOOLKIT = {
    "code": "TK-HOME",
    "title": "Toolkit Evidence Based Werken, startpagina",
    "url": "https://www.socialestabiliteit.nl/si-toolkit",
}

SOURCES = (
    {"code": "TH", "title": "Theater", "url": "https://example.org/theater"},
    {"code": "seed 003", "title": "De toelichting"},
)
GROUPS = {"budget": ["geld", "kosten"], "ouders": ["moeder", "vader"]}


def an_item(name: str = "het-item", **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    """Return an item as its content file has it."""
    return {
        "id": name,
        "kind": "uitleg",
        "title": f"Uitleg over {name}",
        "text": "Dit is de uitleg van dit item.",
        "interventions": [],
        "evaluation_types": [],
        "asked_as": [
            f"vraag een over {name}",
            f"vraag twee over {name}",
            f"vraag drie over {name}",
        ],
        "source": dict(TOOLKIT),
        "completeness": "volledig",
        "reviewed": "2026-11-21",
        **changes,
    }


def a_gap(name: str = "het-gat", **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    """Return an item that says that there is no source."""
    return an_item(
        name,
        **{
            "text": "Hiervoor heb ik geen bron.",
            "completeness": "geen_bron",
            "note": "Er is geen bron gevonden.",
            **changes,
        },
    )


def parsed(*raw: Mapping[str, Any]) -> list[Item]:
    """Return items as the store gives them."""
    return [parse_item(item) for item in raw]


def content_folder(folder: Path, **files: Sequence[Mapping[str, Any]]) -> Path:
    """Make a content folder with a small quickscan, some sources and these files of items."""
    folder.mkdir(exist_ok=True)
    write_quickscan(folder)
    write(folder / "bronnen.yml", {"sources": [dict(TOOLKIT), *SOURCES]})
    write(folder / "zoekwoorden.yml", {"groepen": dict(GROUPS)})
    for name, items in files.items():
        write(folder / f"{name}.yml", {"items": list(items)})
    return folder


def write(path: Path, content: Mapping[str, Any]) -> None:
    """Write a content file."""
    with path.open("w", encoding="utf-8") as file:
        YAML().dump(dict(content), file)


def write_quickscan(folder: Path, *, links: Sequence[str] = (), **changes: Any) -> None:  # noqa: ANN401 - any field
    """Write a quickscan of six questions that lead to the items `links`."""
    content = {**questionnaire_content(), **changes}
    questions = [{**question, "knowledge": list(links)} for question in content["questions"]]
    write(folder / "quickscan.yml", {**content, "questions": questions})
