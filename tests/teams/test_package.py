"""The app package that is uploaded to Teams."""

import json
import struct
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from jsonschema import Draft4Validator

from deploy.teams.package import FOLDER, make_package, manifest_for
from ebw.teams_playground import npm_package
from tests.bot.channels.teams_connector import APP_ID

SCHEMAS = ("@microsoft/app-manifest", "1.1.2")
SITE = "https://assistent.delft.nl"


@cache
def _schema() -> dict[str, Any]:
    """Return Microsoft's schema of a manifest, from its package of schemas."""
    folder = npm_package(*SCHEMAS) / "build" / "json-schemas" / "teams" / "v1.19"
    return dict(json.loads((folder / "MicrosoftTeams.schema.json").read_text(encoding="utf-8")))


def _faults(manifest: dict[str, Any]) -> list[str]:
    return [error.message for error in Draft4Validator(_schema()).iter_errors(manifest)]


def test_the_manifest_is_as_microsofts_schema_wants_it() -> None:
    manifest = json.loads(manifest_for(APP_ID, SITE))
    assert _faults(manifest) == []
    assert manifest["manifestVersion"] == _schema()["properties"]["manifestVersion"]["const"]


def test_the_schema_finds_faults() -> None:
    manifest = json.loads(manifest_for("no id", SITE))
    assert len(_faults(manifest)) == 2


def test_the_package_is_for_this_app_at_this_address(tmp_path: Path) -> None:
    make_package(tmp_path / "app.zip", APP_ID, SITE)
    with ZipFile(tmp_path / "app.zip") as package:
        assert sorted(package.namelist()) == ["color.png", "manifest.json", "outline.png"]
        manifest = json.loads(package.read("manifest.json"))
    assert (manifest["id"], manifest["bots"][0]["botId"]) == (APP_ID, APP_ID)
    assert manifest["validDomains"] == ["assistent.delft.nl"]
    assert "example" not in json.dumps(manifest)


@pytest.mark.parametrize(("name", "size"), [("color", 192), ("outline", 32)])
def test_an_icon_has_the_size_that_teams_asks(name: str, size: int) -> None:
    header = (FOLDER / f"{name}.png").read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", header[16:]) == (size, size)
