"""The assistant as it runs, with chat platforms."""

import time
from dataclasses import dataclass, field

from sqlalchemy import func, select

from storage.tables import channel_events
from tests.conversations.servers import POLL_SECONDS, Assistant

SETTLE_LIMIT_SECONDS = 60


@dataclass
class ChannelAssistant(Assistant):
    """The two servers of the conversation; `platforms` is the environment that names platforms."""

    platforms: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What the servers must know to be this copy."""
        return {**super().environment, **self.platforms}

    def webhook_of(self, channel: str) -> str:
        """Return where a platform sends what its users say."""
        return f"http://{self.chosen.host}:{self.chosen.rasa_port}/webhooks/{channel}"

    def open_events(self) -> int:
        """Return how many messages are not answered and delivered yet."""
        is_open = channel_events.c.free_at.is_not(None)
        with self.engine.connect() as connection:
            return int(connection.execute(select(func.count()).where(is_open)).scalar_one())

    def settle(self) -> None:
        """Wait until every message is answered, and every answer delivered."""
        deadline = time.monotonic() + SETTLE_LIMIT_SECONDS
        while left := self.open_events():
            assert time.monotonic() < deadline, f"{left} messages wait:\n{self.log()[-2000:]}"
            time.sleep(POLL_SECONDS / 5)
