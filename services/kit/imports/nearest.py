"""The name that somebody meant who wrote another one: shown in a refusal, never taken."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from services.kit.imports.cells import quote
from services.kit.letters import alike

MOST_SEARCHES: Final = 100  # in a file: each compares a cell with every name
LONGEST_SEARCHED: Final = 60
MOST_SEARCHED: Final = 200


class Nearest:
    """Looks for the nearest of some names, whatever their case, blanks, quotes and dashes."""

    def __init__(self) -> None:
        self.searches = 0

    def advice(self, cell: str, names: Iterable[str]) -> str:
        """Which name is the nearest; empty where none is near, or where many cells were asked about.

        Of more than 200 names those that begin as the cell does are looked through, and the first 200 of them.
        """
        if self.searches >= MOST_SEARCHES:
            return ""
        self.searches += 1
        wanted = alike(cell[:LONGEST_SEARCHED])
        spelt = {alike(name[:LONGEST_SEARCHED]): name for name in names}
        if len(spelt) > MOST_SEARCHED:
            begin = [key for key in spelt if key[:1] == wanted[:1]]
            spelt = {key: spelt[key] for key in begin[:MOST_SEARCHED]}
        near = get_close_matches(wanted, spelt, 1)
        return f"; the nearest is {quote(spelt[near[0]])}" if near else ""
