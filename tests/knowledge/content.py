"""Ready-made knowledge items and content folders for the tests."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from knowledge.items import Item, parse_item
from knowledge.items_content import CONTENT

SHARED_FILES = ("quickscan.yml", "bronnen.yml", "zoekwoorden.yml")
TOOLKIT = {
    "code": "TK-HOME",
    "title": "Toolkit Evidence Based Werken, startpagina",
    "url": "https://www.socialestabiliteit.nl/si-toolkit",
}


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
    """Make a content folder with the real shared files and these files of items."""
    folder.mkdir(exist_ok=True)
    for name in SHARED_FILES:
        shutil.copy(CONTENT / name, folder)
    without_links(folder / "quickscan.yml")
    for name, items in files.items():
        write_items(folder / f"{name}.yml", items)
    return folder


def write_items(path: Path, items: Sequence[Mapping[str, Any]]) -> None:
    """Write a file of items."""
    with path.open("w", encoding="utf-8") as file:
        YAML().dump({"items": list(items)}, file)


def without_links(quickscan: Path, *ids: str) -> None:
    """Let the questions of a quickscan file lead to the items `ids` only."""
    yaml = YAML()
    content = yaml.load(quickscan.read_text(encoding="utf-8"))
    for question in content["questions"]:
        question["knowledge"] = list(ids)
    with quickscan.open("w", encoding="utf-8") as file:
        yaml.dump(content, file)
