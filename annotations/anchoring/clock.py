"""A time budget that work looks at now and then."""

import time


class OutOfTime(Exception):
    """The budget is spent; what is not decided by now is left to a person."""


class Clock:
    """Counts down from a number of seconds of this thread's own work.

    What a busy machine takes away from it doesn't count: whether a person has to place words shall not
    depend on what else runs.
    """

    def __init__(self, seconds: float) -> None:
        self._until = time.thread_time() + seconds

    @property
    def is_over(self) -> bool:
        return time.thread_time() >= self._until

    def check(self) -> None:
        """OutOfTime once the seconds are over."""
        if self.is_over:
            raise OutOfTime
