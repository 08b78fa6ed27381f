"""What the result of an import tells beside its counts."""

from collections import Counter
from collections.abc import Iterator


class Remarks:
    """What was found that refuses no row: how often by reason, and a sentence for people without the number."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.messages: dict[str, str] = {}

    def add(self, reason: str, message: str, count: int = 1) -> None:
        """Once for each time it is found; the first message stands for all."""
        self.counts[reason] += count
        self.messages.setdefault(reason, message)

    def __iter__(self) -> Iterator[tuple[str, int, str]]:
        return ((reason, count, self.messages[reason]) for reason, count in self.counts.items())
