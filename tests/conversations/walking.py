"""A random walk: a user who does whatever comes to mind, and a strict bookkeeper beside them."""

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quickscan.resume_codes import new_code
from quickscan.scan import Confirming, Scan, Stage
from tests.conversations.chat import Chat, Noted, Reply, stored_answers

if TYPE_CHECKING:
    from collections.abc import Callable

ASKS: dict[Stage | Confirming, tuple[str, ...]] = {
    Stage.MUNICIPALITY: ("utter_ask_municipality", "utter_which_municipality"),
    Stage.MODE: ("utter_ask_mode",),
    Stage.OPEN_QUESTIONS: ("utter_ask_open_questions",),
    Stage.CONFIRM: ("utter_ask_confirm",),
    Confirming.RESTART: ("utter_ask_restart",),
    Confirming.DELETE: ("utter_ask_delete",),
    Confirming.WHICH_QUESTION: ("utter_ask_which_question",),
}
# What goes before the scan's question: two at once would wait for one answer.
GOES_FIRST = ("utter_report_emergency", "utter_ask_moment", "utter_ask_intervention")
# One walk in so many begins where the end of a scan is near.
ONE_IN = 4
LATE = 25
ANSWERS = [
    *("ja", "deels", "nee", "weet ik niet", "ja hoor", "geen idee"),
    "deels, alleen voor jihadisme",
    "nee daar zijn we nog niet aan toe",
    "ja staat in ons IVP",
    "weet niet, moet ik navragen",
]
COMMANDS = [
    *("uitleg", "vorige", "overslaan", "hoeveel nog", "pauze", "verder", "stop", "tot ziens"),
    *("opnieuw beginnen", "wat kwam er uit?", "quickscan starten", "verwijder mijn gegevens"),
    *("ik wil een antwoord wijzigen", "laat maar"),
]
INTERRUPTIONS = [
    *("hallo", "dank je wel", "wat kun je?", "praat ik met een mens?"),
    "wat is een nulmeting?",
    "hoe evalueer ik een ouderinterventie?",
    "hoe vraag ik een paspoort aan?",
    "kan iemand van ESS met ons meedenken?",
    "wat doe je met mijn gegevens?",
    "een leerling van mij praat steeds vaker over de gewapende strijd",
    "hij zegt dat hij morgen een aanslag gaat plegen",
]
NONSENSE = [
    *("", "hmm", "🙂", "x" * 3_000, "/restart", '/affirm{"x":1}', "/deny", "vraag 27", "vraag -1"),
    *("<b>nee</b>", "Delft", "Bergen", "12"),
]
PUT_BETWEEN = [*COMMANDS, *INTERRUPTIONS, *NONSENSE]


class BookkeepingError(AssertionError):
    """What was said and what was stored differ."""


@dataclass
class Walk:
    """One user's random walk; the same seed and database give the same walk."""

    chat: Chat
    seed: int
    acknowledged: dict[str, dict[int, Noted]] = field(default_factory=dict)
    pressed: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def go(self, steps: int) -> None:
        """Take a number of steps, and check the books after each.

        Raises BookkeepingError, with the whole conversation, as soon as they do not agree.
        """
        choose = random.Random(self.seed)
        self.chat.start_at(LATE if self.seed % ONE_IN == 0 else 1)
        self._book(Reply([]))
        for _ in range(steps):
            self._book(self._step(choose))

    def fault(self, steps: int) -> str | None:
        """Take a number of steps; return what was wrong, if anything."""
        try:
            self.go(steps)
        except BookkeepingError as error:
            return str(error)
        return None

    def _step(self, choose: random.Random) -> Reply:
        kinds: list[tuple[int, Callable[[random.Random], str]]] = [
            (40, self._button),
            (20, lambda chance: chance.choice(ANSWERS)),
            (15, _change),
            (20, lambda chance: chance.choice(PUT_BETWEEN)),
            (3, self._old_button),
            (4, self._code),
        ]
        [take] = choose.choices(
            [kind for _, kind in kinds], weights=[weight for weight, _ in kinds]
        )
        text = take(choose)
        reply = self.chat.say(text)
        self.pressed += [text] if text.startswith("/") else []
        if reply.code:
            self.codes.append(reply.code)
        return reply

    def _button(self, choose: random.Random) -> str:
        return choose.choice(sorted(self.chat.buttons.values()) or ["quickscan starten"])

    def _old_button(self, choose: random.Random) -> str:
        return choose.choice(self.pressed or ["/affirm"])

    def _code(self, choose: random.Random) -> str:
        known = choose.choice(self.codes) if self.codes and choose.random() < 0.8 else new_code()
        return f"verder met {known.lower()}"

    def _book(self, reply: Reply) -> None:
        """Enter what was acknowledged, and compare all of it with what is stored."""
        scans = self.chat.assistant.scans_of(self.chat.sender)
        if reply.says("utter_deleted"):
            self.acknowledged.clear()
        for scan in scans:
            before = self.acknowledged.get(scan.reopened_from or "", {})
            self.acknowledged.setdefault(scan.id, dict(before))
        latest = self.chat.assistant.scan_of(self.chat.sender)
        if latest:
            self.acknowledged[latest.id] |= reply.noted if reply.messages else self.chat.noted
        elif reply.noted:
            self._fail("an answer was acknowledged, but there is no scan")
        if {scan.id: stored_answers(scan) for scan in scans} != self.acknowledged:
            self._fail("the stored answers are not the acknowledged ones")
        if reply.messages:
            self._check_reply(reply, latest)

    def _check_reply(self, reply: Reply, scan: Scan | None) -> None:
        if not reply.text.strip():
            self._fail("no answer")
        if len(reply.questions) > 1:
            self._fail("more than one question at a time")
        first = any(map(reply.says, GOES_FIRST))
        if self._waits(scan) and not first and not _asks(reply, scan):
            self._fail(f"it was not told that {scan.ask} is waited for")

    def _waits(self, scan: Scan | None) -> bool:
        asked = scan is not None and (scan.is_active or scan.confirming is not None)
        assistant, sender = self.chat.assistant, self.chat.sender
        busy = assistant.walks_a_checklist(sender) or assistant.makes_a_request(sender)
        return asked and not busy

    def _fail(self, what: str) -> None:
        stored = [
            (scan.id, scan.ask, stored_answers(scan))
            for scan in self.chat.assistant.scans_of(self.chat.sender)
        ]
        told = "\n".join(self.chat.transcript)
        message = (
            f"walk {self.seed}: {what}\nacknowledged {self.acknowledged}\nstored {stored}\n{told}"
        )
        raise BookkeepingError(message)


def _change(choose: random.Random) -> str:
    number = choose.randint(1, 26)
    wishes = ["wijzig vraag {}", "bij vraag {} moet het nee zijn", "vraag {}", "sla vraag {} over"]
    return choose.choice(wishes).format(number)


def _asks(reply: Reply, scan: Scan) -> bool:
    """Tell whether the reply puts what the scan waits for."""
    at_hand = scan.confirming or scan.stage
    if at_hand is not Stage.QUESTION:
        return any(reply.says(response) for response in ASKS[at_hand])
    unclear = reply.values("utter_unclear")
    return reply.question == scan.position or unclear == {"number": str(scan.position)}
