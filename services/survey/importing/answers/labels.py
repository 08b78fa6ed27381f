"""Words of cells as people write them: found whatever their case, blanks, quotes and dashes; else the nearest."""

from collections.abc import Iterable, Mapping
from typing import Final, Generic, TypeVar

from services.kit.imports.nearest import Nearest
from services.kit.letters import alike, plain

MeaningT = TypeVar("MeaningT")

LONGEST_ALIKE: Final = (
    500  # characters of a cell that are compared without regard to how they are spelt
)


class AnswerLabels(Generic[MeaningT]):
    """What labels stand for. AnswerLabels that only their spelling tells apart are found as they are written alone."""

    def __init__(self, meanings: Mapping[str, MeaningT]) -> None:
        self.exact = meanings
        self.names = list(meanings)
        spelt: dict[str, set[MeaningT]] = {}
        for label, meaning in meanings.items():
            spelt.setdefault(alike(label), set()).add(meaning)
        self.loose = {label: found.pop() for label, found in spelt.items() if len(found) == 1}
        self.nearest = Nearest()

    def __contains__(self, cell: str) -> bool:
        return self.find(cell) is not None

    def find(self, cell: str) -> MeaningT | None:
        found = self.exact.get(cell)
        if found is None and len(cell) <= LONGEST_ALIKE:
            return self.loose.get(alike(cell))
        return found

    def advice(self, cell: str) -> str:
        """Which label is the nearest; empty where none is near, or where many cells were asked about."""
        return self.nearest.advice(cell, self.names)


def pieces_of(
    cell: str, separator: str, widths: Iterable[int], known: AnswerLabels[MeaningT]
) -> Iterable[str]:
    """What stands between separators; a label that has some in it is one piece, the longest one first.

    `widths`: how many pieces the labels with separators have, the highest first.
    """
    parts = cell.split(separator)
    at = 0
    while at < len(parts):
        for width in widths:
            joined = plain(separator.join(parts[at : at + width]))
            if at + width <= len(parts) and joined in known:
                yield joined
                at += width
                break
        else:
            piece = plain(parts[at])
            if piece:
                yield piece
            at += 1
