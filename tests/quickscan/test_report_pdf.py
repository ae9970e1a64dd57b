"""The tags of the PDF: what a screen reader is told of an ordinary report, and of one with more."""

import random
from itertools import pairwise

import pytest

from checklists.course import Verdict
from checklists.outcome import parts_of as parts_of_run
from evaluation.report import parts_of as parts_of_plan
from knowledge.questionnaire_content import read_questionnaire
from quickscan.questionnaire import parse_questionnaire
from quickscan.report_content import Extra, Reference, ReportContent, report_content
from quickscan.report_pdf import pdf_report
from quickscan.scan import Answer, Status
from tests.builders import NOW, a_scan, given
from tests.checklists.lists import a_run, said
from tests.evaluation.plans import a_plan
from tests.quickscan.tagged_pdf import TaggedPdf

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
ODD_REASON = "want: *zo* #strong[x] $x$ \\ <b>"


@pytest.fixture(scope="module", params=["ordinary", "with a checklist and a plan"])
def report(request: pytest.FixtureRequest) -> ReportContent:
    """Give what a report of all 26 questions says, with every answer in it."""
    scan = a_scan(
        questionnaire=parse_questionnaire(read_questionnaire()),
        status=Status.COMPLETED,
        completed_at=NOW,
    )
    for place, number in enumerate(range(1, 27)):
        answer = list(Answer)[place % len(Answer)]
        scan.answers[number] = given(answer, ODD_REASON if place % 3 else None)
    of_questions = {item for one in scan.questionnaire.questions for item in one.knowledge}
    knowledge = {
        item: Reference(f"Over {item}", f"https://example.org/{item}" if place % 2 else None)
        for place, item in enumerate(sorted(of_questions))
    }
    return report_content(scan, knowledge, [] if request.param == "ordinary" else _extras())


@pytest.fixture(scope="module")
def pdf(report: ReportContent) -> TaggedPdf:
    """Give the report as a PDF."""
    return TaggedPdf(pdf_report(report))


def test_the_document_is_dutch_and_shows_its_title(pdf: TaggedPdf, report: ReportContent) -> None:
    assert pdf.catalog["/Lang"] == "nl-NL"
    assert pdf.catalog["/MarkInfo"]["/Marked"]
    assert pdf.catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.reader.metadata.title == f"{report.title}, {report.municipality}"
    assert "<pdfuaid:part>1<" in pdf.catalog["/Metadata"].get_data().decode()


def test_the_title_is_the_only_heading_of_its_level_and_no_level_is_left_out(
    pdf: TaggedPdf, report: ReportContent
) -> None:
    headings = list(pdf.document.all(*HEADINGS))
    levels = [int(heading.name[1]) for heading in headings]
    assert headings[0].words == report.title
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_part_of_the_report_has_its_heading_in_order(
    pdf: TaggedPdf, report: ReportContent
) -> None:
    assert [heading.words for heading in pdf.document.all("H2")] == [
        "Samenvatting",
        "Per thema",
        *(f"{group.title} ({len(group.points)})" for group in report.groups),
        "Alle antwoorden",
        *(extra.title for extra in report.extras),
        "Over dit verslag",
    ]
    questions = [point.number for group in report.groups for point in group.points]
    assert [one.words for one in pdf.document.all("H4")] == [f"Vraag {n}" for n in questions]


def test_everything_is_read_once_in_the_order_of_the_page(pdf: TaggedPdf) -> None:
    assert pdf.read == list(pdf.drawn)
    assert pdf.untagged == ""


def test_the_words_are_those_of_the_report(pdf: TaggedPdf, report: ReportContent) -> None:
    told = [report.summary]
    for group in report.groups:
        told.append(group.meaning)
        for point in group.points:
            told += [point.question, point.reason or "", point.next_step or "", point.why]
    for extra in report.extras:
        told += [line for _, lines in extra.parts for line in lines]
    told.append(report.wording)
    read, place = _close(pdf.document.words), 0
    for each in told:
        place = read.index(_close(each), place)


def test_each_cell_knows_the_heading_of_its_column(pdf: TaggedPdf, report: ReportContent) -> None:
    profile, answers = pdf.document.all("Table")
    for table, columns, rows in (
        (profile, ["Thema", *report.answers], len(report.profiles) + 1),
        (answers, ["Vraag", "Antwoord", "Reden"], len(report.points)),
    ):
        headings = list(table.all("TH"))
        assert [heading.words for heading in headings] == columns
        assert {heading.attributes["/Scope"] for heading in headings} == {"/Column"}
        ids = [[heading.attributes["/ID"]] for heading in headings]
        body = [list(row.all("TD")) for row in table.all("TR")][1:]
        assert [[cell.attributes["/Headers"] for cell in row] for row in body] == [ids] * rows


def test_the_picture_is_told_in_words_after_its_key(pdf: TaggedPdf) -> None:
    (picture,) = pdf.document.all("Figure")
    assert "De tabel hieronder geeft dezelfde aantallen" in picture.attributes["/Alt"]
    (key,) = pdf.document.all("Caption")
    assert key.words == "Van links naar rechts: ja, deels, nee, weet ik niet, open"


def test_every_link_has_words_and_leads_where_it_should(
    pdf: TaggedPdf, report: ReportContent
) -> None:
    read_more = [
        one for group in report.groups for point in group.points for one in point.references
    ]
    links = [(one.title, one.url) for one in [*read_more, report.source] if one.url]
    assert [(link.words, *link.addresses) for link in pdf.document.all("Link")] == links
    annotations = [one.get_object() for page in pdf.reader.pages for one in page.get("/Annots", [])]
    assert len(annotations) == len(links)
    assert all(annotation["/Contents"] for annotation in annotations)


def test_a_list_is_a_list_of_items_with_words(pdf: TaggedPdf, report: ReportContent) -> None:
    read = [[_close(item.words) for item in one.all("LBody")] for one in pdf.document.all("L")]
    references = [[one.title for one in some] for some in _references(report)]
    lines = [lines for extra in report.extras for _, lines in extra.parts]
    assert read == [[_close(line) for line in some] for some in [*references, *lines]]
    for one in pdf.document.all("L"):
        assert {item.name for item in one.parts} == {"LI"}


@pytest.mark.parametrize(
    ("reason", "read"),
    [
        ("prima 😀 zo", "prima \ufffd zo"),
        ("cafe\u0301", "café"),
        ("de الهجرة genoemd", "de \ufffd genoemd"),
        ("a\x07b", "a b"),
    ],
)
def test_a_sign_that_no_font_has_is_shown_as_missing(reason: str, read: str) -> None:
    assert _close(f"Reden: {read}") in _close(_pdf_with(reason).document.words)


def test_no_sign_that_someone_typed_keeps_the_pdf_from_being_made() -> None:
    chance = random.Random(5)
    for _ in range(20):
        reason = "".join(
            chr(chance.choice((chance.randrange(0x800), chance.randrange(0xD800))))
            for _ in range(300)
        )
        assert "Waarom dit telt" in _pdf_with(reason).document.words


def _pdf_with(reason: str) -> TaggedPdf:
    """Return the PDF of a scan in which someone gave this reason."""
    scan = a_scan(status=Status.COMPLETED, completed_at=NOW)
    scan.answers[1] = given(Answer.NO, reason)
    return TaggedPdf(pdf_report(report_content(scan, {})))


def _extras() -> list[Extra]:
    """Return a walked checklist and a plan, as they come with a report."""
    run = a_run()
    for number, verdict in enumerate(Verdict, 1):
        run.give(number, said(verdict, ODD_REASON))
    plan = a_plan()
    return [
        Extra(run.checklist.title, parts_of_run(run)),
        Extra(plan.title, parts_of_plan(plan)),
    ]


def _references(report: ReportContent) -> list[list[Reference]]:
    """Return what there is to read at each point that has something, in the order of the report."""
    points = [point for group in report.groups for point in group.points]
    return [point.references for point in points if point.references]


def _close(text: str) -> str:
    """Leave out the spaces: at the end of a line a PDF has none."""
    return "".join(text.split())
