"""A tagged PDF as a screen reader takes it in: the structure tree, with the words of each tag."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

Mark = tuple[int, int]
"""A piece of content: the object number of its page, and its own number on that page."""

_LETTER = re.compile(r"<([0-9A-F]{4})> <([0-9A-F]+)>")


@dataclass
class Tag:
    """An element of the structure, such as a heading or a cell.

    `attributes` holds its own and those of its attribute objects; `parts` the tags within it, and
    `words` the text in it and in them. `addresses` are those of the links to click on.
    """

    name: str
    attributes: dict[str, Any]
    parts: list["Tag"] = field(default_factory=list)
    words: str = ""
    addresses: list[str] = field(default_factory=list)

    def all(self, *names: str) -> Iterator["Tag"]:
        """Give this tag and those within it, in reading order; only of `names`, when given."""
        if not names or self.name in names:
            yield self
        for part in self.parts:
            yield from part.all(*names)


class TaggedPdf:
    """A PDF with its tags.

    `drawn` has the text of each marked piece of content, in the order of drawing; `read` has the
    marks in the order of the structure; `untagged` is text that is neither read nor decoration.
    """

    def __init__(self, content: bytes) -> None:
        """Read a PDF file."""
        self.reader = PdfReader(BytesIO(content))
        self.catalog: dict[str, Any] = self.reader.root_object
        self.drawn: dict[Mark, str] = {}
        self.read: list[Mark] = []
        self.untagged = ""
        for page in self.reader.pages:
            self._read_page(page)
        (top,) = self.catalog["/StructTreeRoot"]["/K"]
        self.document = self._tag(top.get_object())

    def _read_page(self, page: PageObject) -> None:
        number = page.indirect_reference.idnum
        fonts = {name: _letters(font) for name, font in page["/Resources"]["/Font"].items()}
        within: list[Mark | str] = []
        letters: dict[bytes, str] = {}
        for operands, operator in ContentStream(page.get_contents(), self.reader).operations:
            if operator in (b"BDC", b"BMC"):
                within.append(_mark(number, operands))
            elif operator == b"EMC":
                within.pop()
            elif operator == b"Tf":
                letters = fonts[operands[0]]
            elif operator in (b"Tj", b"TJ"):
                self._draw(within, _shown(operands, letters))

    def _draw(self, within: list[Mark | str], text: str) -> None:
        marks = [one for one in within if isinstance(one, tuple)]
        if marks:
            self.drawn[marks[-1]] = self.drawn.get(marks[-1], "") + text
        elif "/Artifact" not in within:
            self.untagged += text

    def _tag(self, element: dict[str, Any]) -> Tag:
        attributes = {name: value for name, value in element.items() if name != "/A"}
        for more in _list(element.get("/A")):
            attributes |= more.get_object()
        tag = Tag(element["/S"].removeprefix("/"), attributes)
        for child in _list(element.get("/K")):
            self._add(tag, child.get_object(), element)
        return tag

    def _add(self, tag: Tag, child: Any, element: Any) -> None:  # noqa: ANN401 - objects of PDF
        if isinstance(child, int):
            self._add_mark(tag, (element.raw_get("/Pg").idnum, int(child)))
        elif "/MCID" in child:
            on_page = child if "/Pg" in child else element
            self._add_mark(tag, (on_page.raw_get("/Pg").idnum, int(child["/MCID"])))
        elif "/Obj" in child:
            tag.addresses.append(child["/Obj"]["/A"]["/URI"])
        else:
            part = self._tag(child)
            tag.parts.append(part)
            tag.words += part.words

    def _add_mark(self, tag: Tag, mark: Mark) -> None:
        self.read.append(mark)
        tag.words += self.drawn.get(mark, "")


def _mark(page: int, operands: list[Any]) -> Mark | str:
    properties = operands[1] if len(operands) > 1 else {}
    return (page, int(properties["/MCID"])) if "/MCID" in properties else str(operands[0])


def _shown(operands: list[Any], letters: dict[bytes, str]) -> str:
    pieces = operands[0] if isinstance(operands[0], list) else operands
    codes = b"".join(piece.original_bytes for piece in pieces if hasattr(piece, "original_bytes"))
    return "".join(letters[codes[at : at + 2]] for at in range(0, len(codes), 2))


def _letters(font: dict[str, Any]) -> dict[bytes, str]:
    """Return which letters the codes of a font stand for."""
    table = font["/ToUnicode"].get_data().decode("latin-1")
    return {
        bytes.fromhex(code): bytes.fromhex(letters).decode("utf-16-be")
        for code, letters in _LETTER.findall(table)
    }


def _list(value: Any) -> list[Any]:  # noqa: ANN401 - PDF leaves out the list around one thing
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
