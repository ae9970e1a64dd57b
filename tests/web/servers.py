"""The assistant with its web pages, on ports and with data of its own."""

import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import httpx

from ebw.settings import ROOT, Settings, read_settings
from quickscan.scan import Scan
from storage import scans
from tests.conversations.servers import (
    HOST,
    POLL_SECONDS,
    START_LIMIT_SECONDS,
    Assistant,
    free_port,
)

HOST_ORIGIN = "http://host.test:8099"
"""Another website, that may have the widget."""


@dataclass
class WebAssistant(Assistant):
    """The two servers of the conversation, and the one of the pages."""

    @cached_property
    def chosen(self) -> Settings:
        """Where this copy keeps its data and listens."""
        ports = {f"EBW_{name}_PORT": str(free_port()) for name in ("WEB", "RASA", "ACTIONS")}
        return read_settings(
            {
                "EBW_DATA_DIR": str(self.folder),
                "EBW_DATABASE_URL": self.database_url,
                "EBW_HOST": HOST,
                "EBW_WEB_ORIGINS": HOST_ORIGIN,
                **ports,
            }
        )

    @property
    def environment(self) -> dict[str, str]:
        """What the servers must know to be this copy."""
        return {
            **super().environment,
            "EBW_WEB_PORT": str(self.chosen.web_port),
            "EBW_WEB_ORIGINS": HOST_ORIGIN,
        }

    @property
    def page(self) -> str:
        """The address of the page with the widget."""
        return f"http://{HOST}:{self.chosen.web_port}"

    def start_pages(self) -> None:
        """Start the pages, and wait until they answer."""
        with self.log_file("web").open("ab") as log:
            self.running["web"] = subprocess.Popen(
                [sys.executable, "-m", "web"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_LIMIT_SECONDS
        while not _answers(f"{self.page}/health"):
            if time.monotonic() > deadline:
                message = f"the pages did not start:\n{self.log_file('web').read_text()[-3000:]}"
                raise RuntimeError(message)
            time.sleep(POLL_SECONDS)

    def scan_of_session(self, session_id: str) -> Scan | None:
        """Return the scan that a session of the widget worked on last, as it is stored."""
        stored_id = sha256(f"web:{session_id}".encode()).hexdigest()
        with self.engine.connect() as connection:
            return scans.latest_of_session(connection, stored_id)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url).is_success
    except httpx.HTTPError:
        return False
