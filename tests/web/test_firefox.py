"""The widget in Firefox: the same scan in another engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.browser import WHOLE_SCAN
from tests.web.firefox import Element, Firefox, running_firefox, wait_for
from tests.web.servers import WebAssistant

BY_KEYBOARD = 6
MOST_TABS = 20
IN_WIDGET = "const root = document.querySelector('ebw-assistent').shadowRoot;"
OFFERED = f"""{IN_WIDGET}
    const free = [...root.querySelectorAll('button:not([aria-disabled=true])')];
    return free.filter((one) => one.textContent === arguments[0] && one.checkVisibility()).at(-1)"""


class Visitor:
    """Someone with Firefox on the page of the widget."""

    def __init__(self, firefox: Firefox, assistant: WebAssistant) -> None:
        """Visit the page."""
        self.firefox = firefox
        self.assistant = assistant
        firefox.visit(f"{assistant.page}/")

    def offered(self, title: str) -> Element:
        """Wait for a button of that title, and return the last one."""
        found: Element = wait_for(lambda: self.firefox.run(OFFERED, title))
        return found

    def press(self, title: str) -> None:
        """Press a button with the mouse."""
        self.firefox.click(self.offered(title))

    def press_by_key(self, title: str, key: str = "Enter") -> None:
        """Press a button with the keyboard: Tab until it has the focus, then `key`."""
        wanted = self.offered(title)
        has_focus = "return arguments[0].getRootNode().activeElement === arguments[0]"
        for _ in range(MOST_TABS):
            if self.firefox.run(has_focus, wanted):
                self.firefox.press(key)
                return
            self.firefox.press("Tab")
        message = f"{title} cannot be reached by keyboard"
        raise AssertionError(message)

    def wait_for_question(self, number: int) -> None:
        """Wait until a question is put."""
        said = f"{IN_WIDGET} return root.querySelector('.log').textContent.includes(arguments[0])"
        wait_for(lambda: self.firefox.run(said, f"Vraag {number} van {WHOLE_SCAN} ·"))
        self.offered("Weet ik niet")

    def answered(self) -> dict[int, str]:
        """Return the stored answers by question."""
        kept = "return JSON.parse(Object.values(sessionStorage)[0]).token"
        scan = self.assistant.scan_of_session(self.firefox.run(kept).split(".")[0])
        return {n: given.answer.value for n, given in scan.answers.items()} if scan else {}


@pytest.fixture
def visitor(tmp_path: Path, web_assistant: WebAssistant) -> Iterator[Visitor]:
    """Give a visitor with a Firefox of this test alone."""
    with running_firefox(tmp_path) as firefox:
        yield Visitor(firefox, web_assistant)


def test_a_scan_by_keyboard_then_by_mouse_with_a_reload_between_ends_with_a_report(
    visitor: Visitor,
) -> None:
    firefox = visitor.firefox
    visitor.press_by_key("Stel je vraag of doe de quickscan")
    visitor.press_by_key("Quickscan starten")
    visitor.press_by_key("Liever niet zeggen")
    visitor.press_by_key("Nee, nog niet", "Space")
    for number in range(1, BY_KEYBOARD + 1):
        visitor.wait_for_question(number)
        visitor.press_by_key("Deels")
    visitor.wait_for_question(BY_KEYBOARD + 1)
    by_keyboard = dict.fromkeys(range(1, BY_KEYBOARD + 1), "deels")
    assert visitor.answered() == by_keyboard

    firefox.reload()
    for number in range(BY_KEYBOARD + 1, WHOLE_SCAN + 1):
        visitor.wait_for_question(number)
        visitor.press("Nee")
    visitor.press("Klopt, rond af")
    report = f"{IN_WIDGET} return root.querySelector('a[href*=\"/resultaat/\"]')"
    link = wait_for(lambda: firefox.run(report))
    by_mouse = dict.fromkeys(range(BY_KEYBOARD + 1, WHOLE_SCAN + 1), "nee")
    assert visitor.answered() == by_keyboard | by_mouse

    firefox.click(link)
    firefox.go_to_newest_tab()
    heading = "return document.getElementById('verbeter')?.textContent"
    assert wait_for(lambda: firefox.run(heading)) == "Nog te regelen (26)"


def test_a_screen_reader_gets_a_question_and_its_answer_in_words(visitor: Visitor) -> None:
    visitor.press("Stel je vraag of doe de quickscan")
    visitor.press("Quickscan starten")
    visitor.press("Liever niet zeggen")
    visitor.press("Nee, nog niet")
    visitor.wait_for_question(1)
    answer = visitor.offered("Deels")
    assert visitor.firefox.told(answer) == ("button", "Deels")
    visitor.firefox.click(answer)
    visitor.wait_for_question(2)
    assert visitor.firefox.told(answer) == ("button", "Deels (gekozen)")
    bar = visitor.firefox.run(f"{IN_WIDGET} return root.querySelector('progress')")
    assert visitor.firefox.told(bar) == ("progressbar", "Vraag 2 van 26")
