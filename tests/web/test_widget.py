"""The widget in a real browser: whole scans, and what a browser can do in between."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Route, expect

from tests.web.browser import WHOLE_SCAN, Widget
from tests.web.servers import WebAssistant

PHONE = {"width": 320, "height": 640}


def test_a_whole_scan_by_mouse_ends_with_a_report(widget: Widget) -> None:
    widget.open().begin()
    widget.answer(1, WHOLE_SCAN, "Deels")
    widget.finish()
    assert widget.answered() == dict.fromkeys(range(1, WHOLE_SCAN + 1), "deels")
    with widget.page.expect_popup() as popup:
        widget.log.get_by_role("link", name="Open je verslag").click()
    expect(popup.value.get_by_role("heading", name="Verbeterpunten (26)")).to_be_visible()


def test_a_whole_scan_by_keyboard_alone(widget: Widget) -> None:
    keyboard = widget.page.keyboard
    widget.page.get_by_role("button", name="Stel je vraag").focus()
    keyboard.press("Enter")
    _tab_to(widget, "Quickscan starten")
    keyboard.press("Enter")
    widget.offered("Liever niet zeggen").wait_for()
    _tab_to(widget, "Liever niet zeggen")
    keyboard.press("Enter")
    widget.offered("Nee, nog niet").wait_for()
    _tab_to(widget, "Nee, nog niet")
    keyboard.press("Space")
    for number in range(1, WHOLE_SCAN + 1):
        widget.wait_for_question(number)
        _tab_to(widget, "Ja")
        keyboard.press("Enter")
    widget.offered("Klopt, rond af").wait_for()
    _tab_to(widget, "Klopt, rond af")
    keyboard.press("Enter")
    widget.log.get_by_role("link", name="Open je verslag").wait_for()
    assert len(widget.answered()) == WHOLE_SCAN


def test_a_whole_scan_on_a_narrow_phone_never_scrolls_sideways(widget: Widget) -> None:
    widget.page.set_viewport_size(PHONE)
    widget.open().begin()
    for number in range(1, WHOLE_SCAN + 1):
        widget.wait_for_question(number)
        expect(widget.offered("Weet ik niet")).to_be_in_viewport()
        assert widget.log.evaluate("log => log.scrollWidth <= log.clientWidth")
        widget.press("Nee")
    widget.finish()
    assert widget.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_at_double_size_everything_can_be_reached(widget: Widget) -> None:
    widget.page.set_viewport_size({"width": 640, "height": 360})
    widget.open().begin()
    widget.offered("Weet ik niet").scroll_into_view_if_needed()
    expect(widget.offered("Weet ik niet")).to_be_in_viewport()
    widget.input.scroll_into_view_if_needed()
    expect(widget.input).to_be_in_viewport()


def test_after_a_reload_the_scan_goes_on_where_it_was(widget: Widget) -> None:
    widget.open().begin()
    widget.answer(1, 3)
    widget.wait_for_question(4)
    widget.page.reload()
    widget.wait_for_question(4)
    expect(widget.page.get_by_text("Vraag 4 van 26", exact=True)).to_be_visible()
    widget.press("Nee")
    widget.wait_for_question(5)
    assert widget.answered() == {1: "ja", 2: "ja", 3: "ja", 4: "nee"}


def test_what_was_typed_is_not_kept_on_the_server(widget: Widget) -> None:
    widget.open()
    widget.say("wat kun je eigenlijk voor mij doen")
    expect(widget.log).to_contain_text("wat kun je eigenlijk voor mij doen")
    expect(widget.log.get_by_text("EBW-assistent:", exact=True)).to_have_count(2)
    widget.page.reload()
    expect(widget.log).to_contain_text("Wat je typt, wordt niet bewaard")
    expect(widget.log).not_to_contain_text("eigenlijk voor mij")


def test_a_draft_survives_a_reload(widget: Widget) -> None:
    widget.open()
    widget.input.fill("nog niet af")
    widget.page.reload()
    expect(widget.input).to_have_value("nog niet af")


def test_after_a_restart_of_the_server_the_scan_goes_on(
    widget: Widget, web_assistant: WebAssistant
) -> None:
    widget.open().begin()
    widget.answer(1, 2)
    widget.wait_for_question(3)
    web_assistant.stop("rasa")
    widget.press("Deels")
    widget.page.get_by_role("button", name="Opnieuw proberen").wait_for()
    expect(widget.status).to_contain_text("niet aangekomen")
    web_assistant.start("rasa")
    widget.page.get_by_role("button", name="Opnieuw proberen").click()
    widget.wait_for_question(4)
    assert widget.answered() == {1: "ja", 2: "ja", 3: "deels"}


def test_two_tabs_hold_two_conversations(new_widget: Callable[[], Widget]) -> None:
    first, second = new_widget(), new_widget()
    first.open().begin()
    second.open().begin()
    first.answer(1, 2, "Ja")
    second.answer(1, 1, "Nee")
    first.wait_for_question(3)
    second.wait_for_question(2)
    assert first.answered() == {1: "ja", 2: "ja"}
    assert second.answered() == {1: "nee"}


def test_a_message_sent_offline_arrives_once_when_the_connection_is_back(
    widget: Widget, context: BrowserContext
) -> None:
    widget.open().begin()
    context.set_offline(True)
    widget.say("ja")
    expect(widget.status).to_contain_text("geen verbinding")
    context.set_offline(False)
    widget.wait_for_question(2)
    assert widget.answered() == {1: "ja"}


def test_a_reply_that_got_lost_does_not_double_the_answer(widget: Widget) -> None:
    widget.open().begin()
    lost = []

    def lose_first_reply(route: Route) -> None:
        response = route.fetch()
        if lost:
            route.fulfill(response=response)
        else:
            lost.append(response)
            route.abort()

    widget.page.route("**/chat/message", lose_first_reply)
    widget.say("ja")
    widget.wait_for_question(2)
    assert lost
    assert widget.answered() == {1: "ja"}


def test_a_reload_before_the_reply_does_not_lose_the_answer(widget: Widget) -> None:
    widget.open().begin()
    widget.page.route("**/chat/message", lambda route: route.abort())
    widget.say("nee")
    widget.page.wait_for_timeout(100)
    widget.page.unroute("**/chat/message")
    widget.page.reload()
    widget.wait_for_question(2)
    assert widget.answered() == {1: "nee"}


def test_after_a_choice_the_focus_stays_on_it_and_the_others_are_closed(widget: Widget) -> None:
    widget.open().begin()
    widget.press("Deels")
    widget.wait_for_question(2)
    chosen = widget.log.get_by_role("button", name="Deels (gekozen)")
    expect(chosen).to_be_focused()
    expect(chosen).to_be_disabled()
    group = widget.log.get_by_role("group").filter(has_text="(gekozen)").last
    expect(group.get_by_role("button", disabled=True)).to_have_count(5)
    widget.page.keyboard.press("Tab")
    expect(widget.offered("Ja")).to_be_focused()


def test_escape_closes_and_gives_the_focus_back(widget: Widget) -> None:
    widget.open()
    widget.page.keyboard.press("Escape")
    expect(widget.page.get_by_role("button", name="Stel je vraag")).to_be_focused()


def test_a_button_of_the_page_opens_it_and_gets_the_focus_back(widget: Widget) -> None:
    button = widget.page.get_by_role("button", name="Open de assistent")
    button.click()
    expect(widget.log).to_be_visible()
    widget.page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_a_new_conversation_is_asked_about_and_begins_empty(widget: Widget) -> None:
    widget.open().begin()
    widget.page.get_by_role("button", name="Nieuw gesprek", exact=True).click()
    expect(widget.page.get_by_text("typ dan eerst 'pauze'")).to_be_visible()
    widget.page.get_by_role("button", name="Begin een nieuw gesprek").click()
    expect(widget.log).not_to_contain_text("Vraag 1 van 26")
    widget.begin()


def test_markup_in_a_reply_is_shown_as_text_and_bad_links_are_none(widget: Widget) -> None:
    text = (
        "<img src=x onerror=alert(1)> https://example.org/a. javascript:alert(1) hulp@example.org"
    )
    custom = {"source": {"title": "Kwaad", "url": "javascript:alert(1)"}}
    _answer_with(widget, [{"text": text, "custom": custom}])
    widget.open()
    widget.say("hallo")
    expect(widget.log).to_contain_text("<img src=x onerror=alert(1)>")
    links = widget.log.get_by_role("link").evaluate_all("all => all.map(one => one.href)")
    assert links[1:] == ["https://example.org/a", "mailto:hulp@example.org"]
    assert widget.log.locator("img").count() == 0


def test_a_message_that_is_too_long_stays_where_it_was_typed(widget: Widget) -> None:
    widget.open()
    widget.say("a" * 2001)
    expect(widget.status).to_contain_text("2001")
    expect(widget.input).to_have_value("a" * 2001)


def test_an_expired_session_offers_a_new_conversation(widget: Widget) -> None:
    widget.open().begin()
    refusal = {"error": "session", "text": "Dit gesprek is verlopen."}
    widget.page.route("**/chat/message", lambda route: route.fulfill(status=401, json=refusal))
    widget.say("dit is belangrijk")
    expect(widget.log).to_contain_text("Dit gesprek is verlopen.")
    expect(widget.input).to_have_value("dit is belangrijk")
    widget.page.unroute("**/chat/message")
    widget.press("Begin een nieuw gesprek")
    expect(widget.input).to_have_value("dit is belangrijk")
    widget.begin()


def test_the_progress_bar_follows_the_questions(widget: Widget) -> None:
    widget.open().begin()
    bar = widget.page.get_by_role("progressbar", name=re.compile("Vraag 1 van 26"))
    expect(bar).to_have_attribute("max", "26")
    widget.answer(1, 2)
    widget.wait_for_question(3)
    assert widget.page.locator("progress").evaluate("bar => bar.value") == 2


def test_knowledge_comes_with_a_link_to_its_source(widget: Widget) -> None:
    widget.open().begin()
    widget.press("Uitleg")
    source = widget.log.get_by_role("link", name="toelichting quickscan, vraag 1")
    expect(source).to_have_attribute("href", re.compile("^https://www.socialestabiliteit.nl/"))


def _tab_to(widget: Widget, title: str) -> None:
    """Press Tab until the button of that title has the focus, as one without a mouse must."""
    wanted = widget.offered(title)
    for _ in range(20):
        if wanted.evaluate("one => one === one.getRootNode().activeElement"):
            return
        widget.page.keyboard.press("Tab")
    message = f"{title} cannot be reached by keyboard"
    raise AssertionError(message)


def _answer_with(widget: Widget, messages: list[dict[str, object]]) -> None:
    widget.page.route("**/chat/message", lambda route: route.fulfill(json={"messages": messages}))
