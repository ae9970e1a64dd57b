"""What axe-core and the accessibility tree say of the widget and the report, state by state."""

import pytest
from playwright.sync_api import Route, expect

from tests.web.browser import WHOLE_SCAN, Widget, violations

LOOKS = [
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
]
look = pytest.mark.parametrize("look", LOOKS, ids=["light", "dark", "forced colours"])

QUESTION = """
- log "Gesprek":
  - paragraph: "EBW-assistent:"
  - paragraph: Dan kijken we hoe jullie aanpak ervoor staat.
  - paragraph: Vraag 1 van 26 · Visie
  - paragraph: /Beschrijft jullie programma/
  - group "Antwoorden om uit te kiezen":
    - button "Ja"
    - button "Deels"
    - button "Nee"
    - button "Weet ik niet"
    - button "Uitleg"
"""
ANSWER = """
- log "Gesprek":
  - group "Antwoorden om uit te kiezen":
    - button "Ja" [disabled]
    - button "Deels" [disabled]
    - button "Nee (gekozen)" [disabled]
    - button "Weet ik niet" [disabled]
    - button "Uitleg" [disabled]
  - paragraph: "Jij:"
  - paragraph: Nee
  - paragraph: "EBW-assistent:"
  - paragraph: "Genoteerd bij vraag 1: nee."
  - paragraph: Vraag 2 van 26 · Visie
"""


@look
def test_no_violations_from_closed_to_explanation(widget: Widget, look: dict[str, str]) -> None:
    widget.page.emulate_media(**look)
    assert violations(widget.page) == []
    widget.open()
    assert violations(widget.page) == []
    widget.begin()
    assert violations(widget.page) == []
    widget.press("Uitleg")
    expect(widget.log).to_contain_text("Waarom dit telt")
    assert violations(widget.page) == []


@look
def test_no_violations_when_the_server_is_away_or_a_new_conversation_is_asked_about(
    widget: Widget, look: dict[str, str]
) -> None:
    widget.page.emulate_media(**look)
    widget.page.route("**/chat/*", lambda route: route.abort())
    widget.open()
    widget.say("hallo")
    widget.page.get_by_role("button", name="Opnieuw proberen").wait_for()
    assert violations(widget.page) == []
    widget.page.get_by_role("button", name="Nieuw gesprek", exact=True).click()
    assert violations(widget.page) == []


@look
def test_no_violations_in_what_the_widget_tells_about_privacy(
    widget: Widget, look: dict[str, str]
) -> None:
    widget.page.emulate_media(**look)
    widget.open()
    widget.page.get_by_role("link", name="Wat er met je gegevens gebeurt").last.click()
    expect(widget.page.get_by_role("heading", level=1)).to_have_text(
        "Wat er met je gegevens gebeurt"
    )
    assert violations(widget.page) == []


def test_no_violations_in_the_report(widget: Widget) -> None:
    widget.open().begin()
    widget.answer(1, WHOLE_SCAN, "Nee")
    widget.finish()
    assert violations(widget.page) == []
    address = widget.log.get_by_role("link", name="Open je verslag").get_attribute("href")
    assert address
    widget.page.goto(address)
    for look in LOOKS:
        widget.page.emulate_media(**look)
        assert violations(widget.page) == []
    explained = widget.page.get_by_text("Waarom dit telt:").first
    expect(explained).to_be_hidden()
    widget.page.emulate_media(media="print")
    expect(explained).to_be_visible()


def test_a_question_and_an_answer_are_told_in_words(widget: Widget) -> None:
    widget.open().begin()
    expect(widget.log).to_match_aria_snapshot(QUESTION)
    widget.press("Nee")
    widget.wait_for_question(2)
    expect(widget.log).to_match_aria_snapshot(ANSWER)


def test_new_messages_are_announced_and_the_state_apart_from_them(widget: Widget) -> None:
    widget.open()
    expect(widget.log).to_have_attribute("aria-live", "polite")
    written_while_waiting: list[str] = []

    def look_before_sending(route: Route) -> None:
        expect(widget.status).to_have_text("De assistent schrijft …")
        written_while_waiting.append(widget.log.inner_text())
        route.continue_()

    widget.page.route("**/chat/message", look_before_sending)
    with widget.page.expect_response("**/chat/message"):
        widget.say("hallo")
    expect(widget.status).to_have_text("")
    assert "schrijft" not in written_while_waiting[0]


def test_nothing_moves_for_who_prefers_that(widget: Widget) -> None:
    widget.page.emulate_media(reduced_motion="reduce")
    widget.open()
    widget.page.route("**/chat/message", lambda route: None)
    widget.say("hallo")
    moving = "document.querySelector('ebw-assistent').shadowRoot.getAnimations().length"
    assert widget.page.evaluate(moving) == 0


def test_printing_shows_the_conversation_without_what_cannot_be_used_on_paper(
    widget: Widget,
) -> None:
    widget.open().begin()
    widget.page.emulate_media(media="print")
    expect(widget.page.get_by_text("Vraag 1 van 26 ·")).to_be_visible()
    expect(widget.input).to_be_hidden()
