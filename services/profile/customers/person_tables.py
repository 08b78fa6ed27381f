"""What an erasure does with tables that hold something of persons: each noun gives the list of its own.

A condition finds rows by `numbers`, those of the aliases of a person, or by `keys`: the same as the audit log names
them.
"""

from dataclasses import dataclass
from typing import Final

MINE: Final = "= ANY(CAST(:numbers AS int[]))"
NAMED: Final = "keys && CAST(:keys AS text[])"
OF_BOTH: Final = f"a {MINE} OR b {MINE}"
OF_BOTH_BY_END: Final = (
    f"(ended_at IS NULL AND ({OF_BOTH})) OR (ended_at IS NOT NULL AND ({OF_BOTH}))"
)
"""The same rows, said so that indexes of what holds and of what has ended are used."""


@dataclass(frozen=True, slots=True)
class PersonTable:
    """A table and its rows of a person. They go, unless `blank` says what is set in them instead: then they stay,
    and are nobody's; or `stays` says why they stay as they are.

    `is_locked`: who writes the table does not hold the lock of customers, so an erasure waits for writers under way,
    and those who come later wait for it; what they write must find that the alias is gone.
    """

    table: str
    condition: str
    blank: str = ""
    stays: str = ""
    is_locked: bool = False
