"""How much one session or one address may send: a bucket that fills again by the second."""

import math
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

MOST_BUCKETS = 10_000


class TooFastError(Exception):
    """More came than may come; `retry_after` is in how many seconds it is possible again."""

    def __init__(self, retry_after: int) -> None:
        """Say when it is possible again."""
        super().__init__(retry_after)
        self.retry_after = retry_after


class RateLimit:
    """Allows `per_minute` messages a minute of each sender, and as many at once after silence.

    It counts in this process: with several servers, each allows as much.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = monotonic) -> None:
        """Begin with every bucket full; `clock` counts seconds."""
        self._size = float(per_minute)
        self._per_second = per_minute / 60
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, sender: str) -> None:
        """Count a message of `sender`.

        Raises TooFastError when there were too many.
        """
        now = self._clock()
        left, since = self._buckets.pop(sender, (self._size, now))
        left = min(self._size, left + (now - since) * self._per_second)
        if left < 1:
            self._buckets[sender] = (left, now)
            raise TooFastError(math.ceil((1 - left) / self._per_second))
        self._buckets[sender] = (left - 1, now)
        if len(self._buckets) > MOST_BUCKETS:
            self._buckets.popitem(last=False)
