"""The departments that an importer sees: found by key, then by name, then by a former name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from services.kit.imports.cells import CellRefused, quote
from services.kit.imports.format.remarks import Counted, Remarks
from services.kit.imports.format.total_rows import Totals
from services.kit.imports.nearest import Nearest
from services.kit.letters import alike, composed
from services.kit.rights.access import Action, Viewer, visible_departments
from services.kit.rights.tree import Tree

MOST_TOLD: Final = 5
"""Keys of departments that share a name, in a message."""


@dataclass(slots=True)
class Known:
    """The departments an importer sees; grows while departments are created."""

    names: dict[str, str] = field(default_factory=dict)  # key -> name
    keys: dict[str, list[str]] = field(default_factory=dict)  # name, composed -> keys
    spelt: dict[str, str] = field(default_factory=dict)  # key, composed -> key as it was stored
    former: dict[str, list[str]] = field(default_factory=dict)  # former name, composed -> keys
    readings: dict[str, list[str]] = field(default_factory=dict)  # key or name, as it reads -> keys
    nearest: Nearest = field(default_factory=Nearest)

    @classmethod
    def of(cls, viewer: Viewer, tree: Tree) -> "Known":
        found = cls()
        for department_id in visible_departments(viewer, Action.READ_DIRECTORY, tree):
            department = tree.departments[department_id]
            found.add(department.key, department.name)
            for name in department.former_names:
                found.former.setdefault(composed(name), []).append(department.key)
        for keys in (*found.keys.values(), *found.former.values(), *found.readings.values()):
            keys.sort()
        return found

    def add(self, key: str, name: str) -> None:
        self.names[key] = name
        self.spelt.setdefault(composed(key), key)
        self.keys.setdefault(composed(name), []).append(key)
        for read in {alike(key), alike(name)}:
            self.readings.setdefault(read, []).append(key)

    def find(self, cell: str, column: str) -> str | None:
        """The key of the department a trimmed cell means; a name that several share is refused."""
        return one_of(self._found(cell), cell, column)

    def _found(self, cell: str) -> Sequence[str]:
        """By key, by name, by a former name; else by what reads alike: other case, runs of blanks, dashes."""
        if cell in self.names:
            return (cell,)
        if cell in self.spelt:
            return (self.spelt[cell],)
        return self.keys.get(cell) or self.former.get(cell) or self.readings.get(alike(cell)) or ()

    def advice(self, cell: str) -> str:
        """Which of their names, or else keys, is the nearest to one that is none of them."""
        return self.nearest.advice(cell, (*self.names, *self.names.values()))

    def keep_totals(self, totals: Totals) -> None:
        """A row is no total where its word names a department."""
        totals.keep(lambda total: bool(self._found(total.word)))

    def remark(self, cell: str, key: str, remarks: Remarks) -> None:
        """Say so where a cell means a department by a name that it no longer has."""
        if key != cell and self.former.get(cell) == [key] and cell not in self.keys:
            now = f"a former name: {quote(cell)} is {quote(self.names[key])} now"
            message = Counted(f"row that uses {now}", f"rows that use {now}")
            remarks.add("FORMER_NAME", message)


def one_of(keys: Iterable[str], cell: str, column: str) -> str | None:
    """The one key that a name stands for; None for none, several are refused. No more are looked at than are told."""
    few = list(islice(keys, MOST_TOLD + 1))
    if len(few) > 1:
        more = " ..." if len(few) > MOST_TOLD else ""
        message = f"{quote(cell)} is the name of several departments; use a key: {', '.join(few[:MOST_TOLD])}{more}"
        raise CellRefused(column, "DEPARTMENT_AMBIGUOUS", message)
    return few[0] if few else None
