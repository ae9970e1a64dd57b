"""The widget on another website: hostile styles, a strict CSP, another origin."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.web.browser import Widget, violations
from tests.web.servers import HOST_ORIGIN, WebAssistant

HOSTILE = """
* { all: revert; color: red !important; background: red !important; font: 3px/1 fantasy !important;
    display: none !important; visibility: hidden !important; position: static !important; }
html, body { display: block !important; visibility: visible !important; }
html { font-size: 16px !important; }
button { transform: scale(9) !important; } ebw-assistent { opacity: 0 !important; }
"""
PAGE = """<!doctype html><html lang="nl"><head><title>Gemeente</title>
<link rel="stylesheet" href="/hostile.css"><script src="{server}/widget.js" defer></script></head>
<body><main><h1>Gemeente</h1></main><ebw-assistent {attributes}></ebw-assistent></body></html>"""


@pytest.fixture
def embed(context: BrowserContext, web_assistant: WebAssistant) -> Callable[..., Widget]:
    """Give a way to visit a page of another website that has the widget."""

    def visit(attributes: str = "", origin: str = HOST_ORIGIN) -> Widget:
        server = web_assistant.page
        policy = f"default-src 'none'; style-src 'self'; script-src {server}; connect-src {server}"

        def serve(route: Route) -> None:
            if route.request.url.endswith(".css"):
                route.fulfill(body=HOSTILE, content_type="text/css")
            else:
                body = PAGE.format(server=server, attributes=attributes)
                headers = {"Content-Security-Policy": policy}
                route.fulfill(body=body, content_type="text/html", headers=headers)

        context.route(f"{origin}/**", serve)
        page = context.new_page()
        page.goto(f"{origin}/")
        return Widget(page, web_assistant)

    return visit


def test_a_scan_can_be_done_on_another_website(embed: Callable[..., Widget]) -> None:
    widget = embed()
    widget.open().begin()
    widget.answer(1, 2)
    widget.wait_for_question(3)
    assert widget.answered() == {1: "ja", 2: "ja"}


def test_the_styles_of_the_host_do_not_reach_the_widget(embed: Callable[..., Widget]) -> None:
    widget = embed()
    widget.open()
    look = widget.input.evaluate(
        "one => { const style = getComputedStyle(one); return [style.color, style.fontSize]; }"
    )
    assert look == ["rgb(27, 27, 27)", "16px"]
    opacity = widget.page.locator("ebw-assistent").evaluate("one => getComputedStyle(one).opacity")
    assert opacity == "1"
    assert violations_in_widget(widget) == []


def test_only_the_assistant_itself_is_asked_for_anything(
    embed: Callable[..., Widget], context: BrowserContext, web_assistant: WebAssistant
) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    embed().open().begin()
    elsewhere = [url for url in asked if not url.startswith((web_assistant.page, HOST_ORIGIN))]
    assert elsewhere == []


def test_a_website_that_is_not_allowed_gets_no_conversation(embed: Callable[..., Widget]) -> None:
    widget = embed(origin="http://other.test:8098")
    widget.open()
    widget.say("hallo")
    widget.page.get_by_role("button", name="Opnieuw proberen").wait_for()
    kept = widget.page.evaluate("Object.values(sessionStorage).map((one) => JSON.parse(one))")
    assert [one.get("token") for one in kept] == [None]


def test_texts_and_colours_are_the_hosts_to_choose(embed: Callable[..., Widget]) -> None:
    widget = embed('text-send="Stuur op" text-launch="Stel je vraag hier" mode="floating"')
    widget.open()
    expect(widget.page.get_by_role("button", name="Stuur op")).to_be_visible()
    widget.page.evaluate("document.querySelector('ebw-assistent').texts = { send: 'Weg ermee' }")
    expect(widget.page.get_by_role("button", name="Weg ermee")).to_be_attached()


def test_inline_it_is_part_of_the_page_and_open(embed: Callable[..., Widget]) -> None:
    widget = embed('mode="inline"')
    expect(widget.page.get_by_role("region", name="EBW-assistent")).to_be_visible()
    expect(widget.page.get_by_role("button", name="Sluiten")).to_have_count(0)
    widget.begin()


def violations_in_widget(widget: Widget) -> list[dict[str, object]]:
    """Return what axe-core finds within the widget, in spite of the page around it."""
    return [
        found
        for found in violations(widget.page)
        if any("ebw-assistent" in str(where) for where in found["where"])
    ]
