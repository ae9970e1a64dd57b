"""The files with knowledge items: read, checked together, and made ready for the database."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.checking import ContentError, Document, Fault, check_schema, read_document
from knowledge.items import NO_SOURCE, source_codes

CONTENT = Path(__file__).parent / "content"
SOURCES_FILE = "bronnen.yml"
_QUICKSCAN_FILE = "quickscan.yml"
_NO_ITEMS_IN = {SOURCES_FILE, _QUICKSCAN_FILE, "vocabulary.yml", "zoekwoorden.yml"}


@dataclass(frozen=True, slots=True)
class _Entry:
    """An item as it stands in its file."""

    document: Document
    index: int

    @property
    def raw(self) -> Mapping[str, Any]:
        raw: Mapping[str, Any] = self.document.data["items"][self.index]
        return raw

    def fault(self, path: Iterable[str | int], message: str) -> Fault:
        """Return a fault of the field at `path` in this item."""
        return self.document.fault(["items", self.index, *path], message)


def check_items(folder: Path = CONTENT) -> list[Fault]:
    """Return what is wrong with the items, the sources, and the links to and from them."""
    return _read(folder)[0]


def read_items(folder: Path = CONTENT) -> list[dict[str, Any]]:
    """Return all items in `folder` as plain data, by file name and in the order of the file.

    Raises ContentError when anything is wrong with them, or when there are none.
    """
    faults, entries = _read(folder)
    if faults:
        raise ContentError(faults)
    return [plain(entry.raw) for entry in entries]


def item_files(folder: Path = CONTENT) -> list[Path]:
    """Return the files in `folder` that hold items."""
    return sorted(path for path in folder.glob("*.yml") if path.name not in _NO_ITEMS_IN)


def plain(node: Any) -> Any:  # noqa: ANN401 - YAML holds anything
    """Return `node` without what the YAML reader remembers of its lay-out."""
    if isinstance(node, dict):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(item) for item in node]
    if isinstance(node, bool) or node is None:
        return node
    return int(node) if isinstance(node, int) else str(node)


def _read(folder: Path) -> tuple[list[Fault], list[_Entry]]:
    """Return all faults and, when every file has the right shape, all items."""
    files = item_files(folder)
    if not files:
        return [Fault(folder.name, 1, "items", "er is geen enkel bestand met items")], []
    faults: list[Fault] = []
    documents = list(_well_formed(files, "items", faults))
    sources = list(_well_formed([folder / SOURCES_FILE], "bronnen", faults))
    if faults:
        return faults, []
    entries = [
        _Entry(document, index)
        for document in documents
        for index in range(len(document.data["items"]))
    ]
    return [*_source_faults(sources[0]), *_link_faults(folder, entries, sources[0])], entries


def _well_formed(paths: Iterable[Path], schema: str, faults: list[Fault]) -> Iterator[Document]:
    """Give the documents that can be read and have the right shape; add the others' faults."""
    for path in paths:
        try:
            document = read_document(path)
        except ContentError as error:
            faults.extend(error.faults)
            continue
        found = check_schema(document, schema)
        faults.extend(found)
        if not found:
            yield document


def _source_faults(document: Document) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, source in enumerate(document.data["sources"]):
        if source["code"] in seen:
            yield document.fault(["sources", index, "code"], "deze code staat er al")
        seen.add(source["code"])


def _link_faults(folder: Path, entries: list[_Entry], sources: Document) -> Iterator[Fault]:
    """Give what is wrong between items, sources and the quickscan."""
    by_id: dict[str, _Entry] = {}
    for entry in entries:
        if first := by_id.get(entry.raw["id"]):
            message = f"dit id is al in gebruik in {first.document.path.name}"
            yield entry.fault(["id"], message)
        by_id.setdefault(entry.raw["id"], entry)
    urls = {source["code"]: source.get("url") for source in sources.data["sources"]}
    for entry in entries:
        yield from _faults_of_source(entry, urls)
        yield from _faults_of_dates(entry)
        yield from _faults_of_instead(entry, by_id)
    yield from _quickscan_faults(folder, entries, by_id)


def _faults_of_source(entry: _Entry, urls: Mapping[str, str | None]) -> Iterator[Fault]:
    source = entry.raw["source"]
    codes = source_codes(source)
    for code in codes:
        if code not in urls:
            yield entry.fault(["source", "code"], f"'{code}' staat niet in {SOURCES_FILE}")
    known = {urls.get(code) for code in codes} - {None}
    if source.get("url") and source["url"] not in known:
        message = f"dit adres hoort in {SOURCES_FILE} niet bij {', '.join(codes)}"
        yield entry.fault(["source", "url"], message)
    elif known and not source.get("url"):
        yield entry.fault(["source"], "het veld 'url' ontbreekt, terwijl de bron een adres heeft")


def _faults_of_dates(entry: _Entry) -> Iterator[Fault]:
    for path in (["reviewed"], ["source", "date"]):
        value = entry.raw
        for step in path:
            value = value.get(step)  # type: ignore[assignment] # a field may be left out
        if value and not _is_date(str(value)):
            yield entry.fault(path, f"{value} is geen dag van de kalender")


def _faults_of_instead(entry: _Entry, by_id: Mapping[str, _Entry]) -> Iterator[Fault]:
    for place, name in enumerate(entry.raw.get("instead", ())):
        if name not in by_id:
            yield entry.fault(["instead", place], f"er is geen item '{name}'")
        elif by_id[name].raw["completeness"] == NO_SOURCE:
            yield entry.fault(["instead", place], f"'{name}' heeft zelf geen bron")


def _quickscan_faults(
    folder: Path, entries: list[_Entry], by_id: Mapping[str, _Entry]
) -> Iterator[Fault]:
    """Give the links between items and the quickscan that lead nowhere, in both directions."""
    try:
        quickscan = read_document(folder / _QUICKSCAN_FILE)
    except ContentError:
        return  # reported by the check of the quickscan itself
    if check_schema(quickscan, "quickscan"):
        return
    themes = {theme["id"] for theme in quickscan.data["themes"]}
    numbers = {question["number"] for question in quickscan.data["questions"]}
    for entry in entries:
        for field, known, what in (
            ("themes", themes, "thema"),
            ("questions_quickscan", numbers, "vraag"),
        ):
            for place, value in enumerate(entry.raw.get(field, ())):
                if value not in known:
                    message = f"{_QUICKSCAN_FILE} heeft geen {what} '{value}'"
                    yield entry.fault([field, place], message)
    for index, question in enumerate(quickscan.data["questions"]):
        for place, name in enumerate(question["knowledge"]):
            if name not in by_id:
                where: list[str | int] = ["questions", index, "knowledge", place]
                yield quickscan.fault(where, f"er is geen item '{name}'")


def _is_date(text: str) -> bool:
    padded = text + "-01-01"[len(text) - 4 :] if re.fullmatch(r"\d{4}(-\d{2})?", text) else text
    try:
        date.fromisoformat(padded)
    except ValueError:
        return False
    return True
