"""The questionnaire's content file: read, checked, and made ready for the database."""

from pathlib import Path
from typing import Any

from knowledge.checking import ContentError, Document, Fault, check_schema, read_document

QUICKSCAN_FILE = Path(__file__).parent / "content" / "quickscan.yml"


def check_questionnaire(path: Path = QUICKSCAN_FILE) -> list[Fault]:
    """Return what is wrong with the questionnaire in `path`."""
    try:
        document = read_document(path)
    except ContentError as error:
        return error.faults
    return check_schema(document, "quickscan") or _check_numbers(document)


def read_questionnaire(path: Path = QUICKSCAN_FILE) -> dict[str, Any]:
    """Return the questionnaire in `path` as plain data.

    Raises ContentError when anything is wrong with it.
    """
    faults = check_questionnaire(path)
    if faults:
        raise ContentError(faults)
    plain: dict[str, Any] = _plain(read_document(path).data)
    return plain


def _check_numbers(document: Document) -> list[Fault]:
    """Check what a schema cannot: the order of the numbers, and that what is named exists."""
    themes = {theme["id"] for theme in document.data["themes"]}
    count = len(document.data["questions"])
    faults = []
    for index, question in enumerate(document.data["questions"]):
        place: list[str | int] = ["questions", index]
        if question["number"] != index + 1:
            message = f"moet {index + 1} zijn: de nummers lopen op vanaf 1"
            faults.append(document.fault([*place, "number"], message))
        if question["theme"] not in themes:
            faults.append(document.fault([*place, "theme"], "dit thema staat niet onder 'themes'"))
        together = question["explained_with"]
        if index + 1 not in together or max(together) > count:
            message = f"moet vraag {index + 1} zelf noemen, en alleen vragen die er zijn"
            faults.append(document.fault([*place, "explained_with"], message))
    return faults


def _plain(node: Any) -> Any:  # noqa: ANN401 - YAML holds anything
    """Return `node` without what the YAML reader remembers of its lay-out."""
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if isinstance(node, bool) or node is None:
        return node
    if isinstance(node, int):
        return int(node)
    return str(node)
