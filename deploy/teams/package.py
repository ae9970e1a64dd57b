"""Makes the app package for Teams: `python -m deploy.teams.package` (docs/channels.md, "Teams")."""

import json
import sys
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZipFile

from ebw.settings import settings

FOLDER = Path(__file__).parent
NO_ID = "00000000-0000-0000-0000-000000000000"
NO_SITE = "assistent.example.nl"
NOT_SET_UP = "Zet eerst EBW_TEAMS_APP_ID en zijn instellingen, en EBW_PUBLIC_URL met https://."


def manifest_for(app_id: str, public_url: str) -> str:
    """Return the manifest of the app with this id, for the assistant at this address."""
    site = urlsplit(public_url).netloc
    manifest = (FOLDER / "manifest.json").read_text(encoding="utf-8")
    return manifest.replace(NO_ID, app_id).replace(NO_SITE, site)


def make_package(path: Path, app_id: str, public_url: str) -> None:
    """Write the package, ready to be uploaded, to `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(path, "w") as package:
        package.writestr("manifest.json", manifest_for(app_id, public_url))
        for name in json.loads((FOLDER / "manifest.json").read_text())["icons"].values():
            package.write(FOLDER / name, name)


def main() -> None:
    """Write the package for the chosen settings; exit with 1 when there are none."""
    chosen = settings()
    if not chosen.teams or not chosen.teams.app_id or not chosen.public_url.startswith("https:"):
        sys.exit(NOT_SET_UP)
    path = chosen.data_dir / "teams-app.zip"
    make_package(path, chosen.teams.app_id, chosen.public_url)
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
