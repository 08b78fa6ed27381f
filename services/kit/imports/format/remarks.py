"""What the result of an import tells beside its counts."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple


class Counted(NamedTuple):
    """What is told after a number: of one, and of any other."""

    one: str
    many: str


class Remarks:
    """What was found that refuses no row: how often by reason, and a sentence for people without the number."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.messages: dict[str, Counted] = {}

    def add(self, reason: str, message: Counted, count: int = 1) -> None:
        """Once for each time it is found; the first message stands for all."""
        self.counts[reason] += count
        self.messages.setdefault(reason, message)

    def __iter__(self) -> Iterator[tuple[str, int, str]]:
        for reason, count in self.counts.items():
            message = self.messages[reason]
            yield reason, count, message.one if count == 1 else message.many
