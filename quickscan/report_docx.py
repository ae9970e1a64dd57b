"""The report as a Word document that an officer can edit: headings, real tables, in Dutch."""

from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table

from quickscan.report_content import NO_SCORE, Extra, Group, Point, ReportContent

LANGUAGE = "nl-NL"
NO_REASON = "-"


def docx_report(report: ReportContent) -> bytes:
    """Return the report as a .docx file."""
    document = Document()
    _set_language(document)
    document.core_properties.title = f"{report.title}, {report.municipality}"
    document.core_properties.author = "EBW-assistent"
    document.core_properties.language = LANGUAGE
    _add_opening(document, report)
    _add_profile(document, report)
    for group in report.groups:
        _add_group(document, group)
    _add_answers(document, report)
    for extra in report.extras:
        _add_extra(document, extra)
    _add_about(document, report)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _add_opening(document: DocumentType, report: ReportContent) -> None:
    document.add_heading(report.title, level=0)
    document.add_paragraph(
        f"{report.municipality}, {report.status}, {report.date}; vragenlijst {report.version}"
    )
    document.add_heading("Samenvatting", level=1)
    document.add_paragraph(report.summary)
    document.add_paragraph(NO_SCORE)


def _add_profile(document: DocumentType, report: ReportContent) -> None:
    document.add_heading("Per thema", level=1)
    rows = [[profile.theme, *map(str, profile.counts)] for profile in report.profiles]
    totals = ["Samen", *map(str, report.totals)]
    _add_table(document, ["Thema", *report.answers], [*rows, totals])


def _add_group(document: DocumentType, group: Group) -> None:
    document.add_heading(f"{group.title} ({len(group.points)})", level=1)
    document.add_paragraph(group.meaning if group.points else "Geen.")
    for theme, points in group.by_theme:
        document.add_heading(theme, level=2)
        for point in points:
            _add_point(document, point)


def _add_point(document: DocumentType, point: Point) -> None:
    document.add_heading(f"Vraag {point.number}", level=3)
    document.add_paragraph(point.question)
    reason = f". Reden: {point.reason}" if point.reason else ""
    _add_labelled(document, "Antwoord", f"{point.answer}{reason}")
    if point.next_step:
        _add_labelled(document, "Volgende stap", point.next_step)
    _add_labelled(document, "Waarom dit telt", point.why)
    for reference in point.references:
        address = f" ({reference.url})" if reference.url else ""
        document.add_paragraph(f"{reference.title}{address}", style="List Bullet")


def _add_answers(document: DocumentType, report: ReportContent) -> None:
    document.add_heading("Alle antwoorden", level=1)
    rows = [
        [f"{point.number}. {point.question}", point.answer, point.reason or NO_REASON]
        for point in report.points
    ]
    _add_table(document, ["Vraag", "Antwoord", "Reden"], rows)


def _add_extra(document: DocumentType, extra: Extra) -> None:
    document.add_heading(extra.title, level=1)
    for title, lines in extra.parts:
        document.add_heading(title, level=2)
        for line in lines:
            document.add_paragraph(line, style="List Bullet")


def _add_about(document: DocumentType, report: ReportContent) -> None:
    document.add_heading("Over dit verslag", level=1)
    document.add_paragraph(report.wording)
    document.add_paragraph(f"Bron: {report.source.title}, {report.source.url}")


def _add_labelled(document: DocumentType, label: str, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{label}: ").bold = True
    paragraph.add_run(text)


def _add_table(document: DocumentType, headings: list[str], rows: list[list[str]]) -> None:
    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        cell.paragraphs[0].add_run(heading).bold = True
    _repeat_first_row(table)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _repeat_first_row(table: Table) -> None:
    """Mark the first row as the headings: repeated on every page, and told by a screen reader."""
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no way for it
    properties.append(OxmlElement("w:tblHeader"))


def _set_language(document: DocumentType) -> None:
    """Say that the text is Dutch, for spelling and for reading aloud."""
    properties = document.styles.element.find(".//" + qn("w:rPrDefault") + "/" + qn("w:rPr"))
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    for attribute in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(attribute), LANGUAGE)
