"""What an operator is told: by the running assistant, and when something of it is away."""

from collections.abc import Callable

import httpx
import pytest

from storage.database import transaction
from storage.tables import scans
from tests.web.servers import WebAssistant
from tests.web.test_channel import Visitor

Ask = Callable[..., httpx.Response]


@pytest.fixture(params=["rasa", "web"])
def ask(request: pytest.FixtureRequest, web_assistant: WebAssistant) -> Ask:
    """Give a way to ask Rasa's server and that of the pages in turn."""
    bases = {"rasa": web_assistant.chosen.rasa_url, "web": web_assistant.page}
    return lambda path, **headers: httpx.get(bases[request.param] + path, headers=headers)


def figures(web_assistant: WebAssistant) -> dict[str, float]:
    """Return the figures of both servers, by name and labels."""
    urls = [web_assistant.chosen.rasa_url, web_assistant.page]
    lines = "".join(httpx.get(f"{url}/metrics").text for url in urls).splitlines()
    told = [line.rpartition(" ") for line in lines if not line.startswith("#")]
    return {name: float(value) for name, _, value in told}


def test_both_servers_are_alive_and_ready(ask: Ask) -> None:
    assert ask("/health").json() == {"status": "ok"}
    ready = ask("/ready")
    assert ready.status_code == httpx.codes.OK
    assert {"database", "model", "actions"} <= set(ready.json())


@pytest.mark.parametrize("path", ["/ready", "/metrics"])
def test_through_a_proxy_nothing_is_told(ask: Ask, path: str) -> None:
    assert ask(path, **{"X-Forwarded-For": "8.8.8.8"}).status_code == httpx.codes.NOT_FOUND


def test_without_the_action_server_neither_is_ready_but_both_are_alive(
    ask: Ask, web_assistant: WebAssistant
) -> None:
    with web_assistant.without("actions"):
        ready = ask("/ready")
        assert ask("/health").is_success
    assert ready.status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert ready.json()["actions"] is False
    assert ready.json()["database"] is True


def test_messages_and_scans_are_counted(web_assistant: WebAssistant) -> None:
    with transaction(web_assistant.engine) as connection:
        connection.execute(scans.delete())
    before = figures(web_assistant)
    client = httpx.Client(base_url=f"{web_assistant.page}/chat", timeout=30)
    visitor = Visitor(client).start()
    visitor.begin()
    visitor.send("deels, mevrouw Fatima el Khattabi (BSN 123456782) helpt mee")
    visitor.send("?!")
    after = figures(web_assistant)
    new = {name: value - before.get(name, 0) for name, value in after.items()}
    assert new['ebw_answer_seconds_count{channel="web"}'] == 5
    assert new['ebw_answer_seconds_sum{channel="web"}'] > 0
    assert new["ebw_redactions_total"] == 1
    assert new["ebw_fallbacks_total"] == 1
    assert new["ebw_failures_total"] == 0
    assert sum(value for name, value in new.items() if name.startswith("ebw_scans{")) == 1
    assert after["ebw_database_up"] == 1
    assert "Khattabi" not in str(after)
