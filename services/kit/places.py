"""Places for work that takes long: so many at a time, and of them few for one subject."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from services.kit.errors import RateLimited

MOST_OF_A_SUBJECT: Final = 2
"""Where nobody says otherwise."""


class Places:
    """Of one process. `what` is under way, in the plural: it names the reason too, like IMPORTS_BUSY."""

    def __init__(self, what: str, at_once: int, of_a_subject: int = MOST_OF_A_SUBJECT) -> None:
        self.what = what
        self.of_a_subject = of_a_subject
        self.at_once = at_once
        self.taken: Counter[str] = Counter()

    @contextmanager
    def taken_by(self, subject: str) -> Iterator[None]:
        """A place for as long as the context lasts; RateLimited where there is none."""
        if self.taken[subject] >= self.of_a_subject:
            raise self._busy(f"{self.of_a_subject} {self.what} of yours are under way")
        if self.taken.total() >= self.at_once:
            raise self._busy(f"{self.at_once} {self.what} are under way")
        self.taken[subject] += 1
        try:
            yield
        finally:
            self.taken[subject] -= 1
            self.taken += Counter()  # forgets subjects that have none

    def _busy(self, why: str) -> RateLimited:
        message = f"{why}: try again when one of them is done"
        return RateLimited(message, reason=f"{self.what.upper().replace(' ', '_')}_BUSY")
