"""An import as it is known afterwards: values, without I/O."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Final, NamedTuple

from services.kit.imports.format.remarks import Counted


class ImportState(IntEnum):
    """How far an import is; numbers are those of the contract."""

    RUNNING = 1
    DONE = 2
    CUT = 3
    TAKEN_BACK = 4


class Counts(NamedTuple):
    """Rows by what became of them."""

    rows: int = 0
    stored: int = 0
    corrected: int = 0
    already_stored: int = 0
    refused: int = 0
    left_out: int = 0
    joined: int = 0


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """`number`: as responses name it; `id`: as people do (UUID)."""

    number: int
    id: str
    subject: str
    file_name: str
    survey: str
    started_at: datetime
    state: ImportState
    counts: Counts


class Staying(NamedTuple):
    """Responses that are not withdrawn when an import is taken back, and why."""

    reason: str
    responses: int
    message: str


class TakenBack(NamedTuple):
    """`withdrawn` by this call; `stays` is told once nothing remains."""

    record: ImportRecord
    withdrawn: int
    remaining: int
    stays: tuple[Staying, ...]


CORRECTED_SINCE: Final = Counted(
    "was corrected after this import stored it: withdraw it by its id, if it is to go",
    "were corrected after this import stored them: withdraw each by its id, if it is to go",
)
NOT_YOUR_DEPARTMENT: Final = Counted(
    "counts for a department that you may not submit to any more: an admin takes it back",
    "count for departments that you may not submit to any more: an admin takes them back",
)
CORRECTED_BY_IMPORT: Final = Counted(
    "was stored before, and this import corrected it: import the file of before with --update",
    "were stored before, and this import corrected them: import the file of before with --update",
)


def staying(*, corrected: int, foreign: int, corrected_by: int) -> tuple[Staying, ...]:
    """What stays, without reasons that nothing has."""
    found = (
        ("CORRECTED_SINCE", corrected, CORRECTED_SINCE),
        ("NOT_YOUR_DEPARTMENT", foreign, NOT_YOUR_DEPARTMENT),
        ("CORRECTED_BY_IMPORT", corrected_by, CORRECTED_BY_IMPORT),
    )
    return tuple(
        Staying(reason, count, said.one if count == 1 else said.many)
        for reason, count, said in found
        if count
    )
