"""Where bytes stand in files: thousands of patterns at once, at any place."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np

WINDOW = 8
BITS = 22


class Needles:
    """Patterns of at least 8 bytes, each with a name."""

    def __init__(self, patterns: Mapping[str, bytes]) -> None:
        self.by_window: dict[int, list[tuple[str, bytes]]] = {}
        for name, pattern in patterns.items():
            window = int(np.frombuffer(pattern[:WINDOW], dtype=np.uint64)[0])
            self.by_window.setdefault(window, []).append((name, pattern))
        self.windows = np.array(sorted(self.by_window), dtype=np.uint64)
        self.rough = np.zeros(2**BITS, dtype=np.bool_)
        self.rough[self.windows & (2**BITS - 1)] = True

    def find(self, content: bytes) -> Iterator[tuple[str, int]]:
        """Names of the patterns in it, and where; in no order."""
        for shift in range(WINDOW):
            count = (len(content) - shift) // WINDOW
            if count <= 0:
                return
            view = np.frombuffer(content, dtype=np.uint64, count=count, offset=shift)
            near = np.flatnonzero(self.rough[view & (2**BITS - 1)])
            near = near[np.isin(view[near], self.windows)]
            for place in near.tolist():
                at = place * WINDOW + shift
                for name, pattern in self.by_window[int(view[place])]:
                    if content.startswith(pattern, at):
                        yield name, at

    def first_places(self, content: bytes) -> dict[str, int]:
        """The first place of each that is there."""
        found: dict[str, int] = {}
        for name, at in self.find(content):
            found[name] = min(at, found.get(name, at))
        return found


def whole(paths: Iterable[Path]) -> bytes:
    """Files one after another, by name."""
    return b"".join(path.read_bytes() for path in sorted(paths))


def names_in(needles: Needles, folder: Path) -> set[str]:
    """The patterns that are in some file of a folder."""
    return {
        name
        for path in folder.rglob("*")
        if path.is_file()
        for name, _ in needles.find(path.read_bytes())
    }
