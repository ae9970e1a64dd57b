"""A scan in which something is killed at each question, and the books that must agree all along."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import psutil
from sqlalchemy import select

from deploy.cluster import STORAGE, Cluster
from storage import scans, tables
from storage.database import make_engine
from tests.cluster import gates
from tests.cluster.gates import Moment
from tests.cluster.user import ANSWERS, BookkeepingError, User

QUESTIONS = 26
PAUSE_SECONDS = 1.0
"""Before a user who was told to try again does so."""
KINDS = ("rasa", "actions", "postgresql", "redis")


@dataclass
class Kill:
    """What was killed at a question, when, and how long the user then waited for a reply."""

    question: int
    name: str
    moment: Moment
    caught: bool
    seconds: float = 0.0


def plan(seed: int) -> list[tuple[str, Moment]]:
    """Return what is killed at each question, and when."""
    choose = random.Random(seed)
    return [(choose.choice(KINDS), choose.choice(list(Moment))) for _ in range(QUESTIONS)]


@dataclass
class KillScan:
    """One user's scan; the same seed kills the same at the same questions."""

    cluster: Cluster
    seed: int
    kills: list[Kill] = field(default_factory=list)
    restarted: list[str] = field(default_factory=list)

    def run(self) -> list[Kill]:
        """Do the whole scan; return what was killed.

        Raises BookkeepingError as soon as an acknowledged answer is lost, an answer is kept at
        another question than it was given to, or the user has no reply.
        """
        choose = random.Random(self.seed)
        user = User(self.cluster.layout.public_url)
        user.begin()
        while user.question is not None:
            number = user.question
            if number in {kill.question for kill in self.kills}:
                self._answer(user, number, choose)
            else:
                self._answer_and_kill(user, number, choose)
            self._check(user)
        self._check(user, complete=True)
        return self.kills

    def _answer(self, user: User, number: int, choose: random.Random) -> None:
        """Answer by button or in words; where the reply does not ask on, do the same again."""
        title = ANSWERS[self._intended(number)]
        message = user.buttons[title] if choose.random() < 0.5 else title.lower()
        for _ in range(5):
            user.say(message)
            if user.question is not None or user.is_at_end:
                return
            time.sleep(PAUSE_SECONDS)
        message = f"seed {self.seed}: question {number} is not taken\n{user.story}"
        raise BookkeepingError(message)

    def _answer_and_kill(self, user: User, number: int, choose: random.Random) -> None:
        kind, moment = plan(self.seed)[number - 1]
        self._wait_for_restarted()
        began = time.monotonic()
        with ThreadPoolExecutor(1) as pool:
            with gates.closed(self.cluster.layout.database_url, moment) as gate:
                answering = pool.submit(self._answer, user, number, choose)
                caught = gate.wait()
                name = self._busy(kind)
                self.cluster.kill(name)
            user.transcript.append(f"   [{name} killed, {moment.name}]")
            self._restart(name)
            answering.result()
        self.kills.append(Kill(number, name, moment, caught, time.monotonic() - began))

    def _restart(self, name: str) -> None:
        """Start a server again; where there are two of it, its work goes on meanwhile."""
        self.cluster.launch(name)
        if name in STORAGE:
            self.cluster.wait_for(name)
        else:
            self.restarted.append(name)

    def _wait_for_restarted(self) -> None:
        while self.restarted:
            self.cluster.wait_for(self.restarted.pop())

    def _busy(self, kind: str) -> str:
        """Return the server of a kind that has work; the first when none has."""
        names = [name for name in self.cluster.layout.names if name.startswith(kind)]
        ports = {
            connection.laddr.port
            for connection in psutil.net_connections("tcp4")
            if connection.status == psutil.CONN_ESTABLISHED
        }
        busy = [name for name in names if self.cluster.layout.port_of(name) in ports]
        return (busy or names)[0]

    def _check(self, user: User, *, complete: bool = False) -> None:
        """Check that every acknowledged answer is stored, and none where it was not given."""
        stored = self._stored(user)
        intended = {number: self._intended(number) for number in range(1, QUESTIONS + 1)}
        lost = {number for number in user.noted if number not in stored}
        wrong = {number for number in stored if stored[number] != intended[number]}
        missing = set(intended) - set(stored) if complete else set()
        if lost or wrong or missing:
            message = (
                f"seed {self.seed}: lost {lost}, wrong {wrong}, missing {missing}\n{user.story}"
            )
            raise BookkeepingError(message)

    def _stored(self, user: User) -> dict[int, str]:
        of_user = select(tables.scans.c.id).where(tables.scans.c.session_id == user.session_id)
        engine = make_engine(self.cluster.layout.database_url)
        with engine.connect() as connection:
            [scan_id] = connection.execute(of_user).scalars().all()  # one: none was begun twice
            scan = scans.find(connection, scan_id)
        engine.dispose()
        assert scan
        return {number: given.answer.value for number, given in scan.answers.items()}

    def _intended(self, number: int) -> str:
        """Return the answer to give: another than to the questions beside it."""
        return list(ANSWERS)[(number + self.seed) % len(ANSWERS)]
