from pathlib import Path

import pytest

from bot.channels.rest import CheckedRestInput
from ebw.settings import settings


async def _never(_: object) -> None:
    raise AssertionError


@pytest.mark.parametrize(
    ("environment", "routes"), [("development", {"/", "/webhook"}), ("production", set())]
)
def test_rest_is_there_for_development_only(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, environment: str, routes: set[str]
) -> None:
    monkeypatch.setenv("EBW_ENVIRONMENT", environment)
    settings.cache_clear()
    blueprint = CheckedRestInput().blueprint(_never)
    assert {route.uri for route in blueprint._future_routes} == routes
