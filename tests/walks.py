"""Random walks through a scan, seeded so that they can be repeated."""

import random

from quickscan.scan import Answer, GivenAnswer, Mode, Municipality, Scan, Stage
from tests.builders import NOW, a_scan, given

DELFT = Municipality("GM0503", "Delft")


class Walk:
    """A random walk through a scan, beside a record of which answers it must hold."""

    def __init__(self, seed: int, scan: Scan | None = None) -> None:
        self.rng = random.Random(seed)
        self.scan = scan or a_scan(self.rng.randint(1, 9))
        self.expected: dict[int, GivenAnswer] = {}

    def step(self) -> None:
        """Do something at random that a user can do here."""
        scan, rng = self.scan, self.rng
        if scan.stage is Stage.MUNICIPALITY:
            scan.set_municipality(rng.choice([None, DELFT]))
        elif scan.stage is Stage.MODE:
            rng.choice([scan.previous, lambda: scan.set_mode(rng.choice(list(Mode)))])()
        else:
            rng.choice([self.go_on, self.go_on, self.answer, self.jump, scan.previous])()

    def go_on(self) -> None:
        """Answer or skip what is asked."""
        scan, rng = self.scan, self.rng
        if scan.stage is Stage.QUESTION and rng.random() < 0.3:
            self.expected.setdefault(scan.position, given(Answer.SKIPPED))
            scan.skip(NOW)
        elif scan.stage is Stage.QUESTION:
            self.answer(scan.position)
        elif scan.stage is Stage.OPEN_QUESTIONS:
            scan.answer_open_questions(wanted=rng.random() < 0.5)
        elif scan.stage is Stage.MUNICIPALITY:
            scan.set_municipality(None)
        elif scan.stage is Stage.MODE:
            scan.set_mode(Mode.EXISTING_APPROACH)

    def answer(self, number: int | None = None) -> None:
        """Answer a question, any question."""
        number = number or self.rng.randint(1, self.scan.questionnaire.count)
        answer = given(self.rng.choice([Answer.YES, Answer.PARTLY, Answer.NO, Answer.UNKNOWN]))
        self.expected[number] = answer
        self.scan.answer(number, answer)

    def jump(self) -> None:
        """Have any question put again."""
        self.scan.jump(self.rng.randint(1, self.scan.questionnaire.count))
