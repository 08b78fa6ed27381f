"""What a column is asked for, and what holds for cells of every question."""

from dataclasses import dataclass

from services.kit.imports.cells import SheetColumns
from services.kit.imports.format.numbers import Numbers
from services.kit.imports.format.remarks import Remarks
from services.survey.surveys.domain.questions import QuestionKind


@dataclass(frozen=True, slots=True)
class MappedQuestion:
    """One question of the survey, as it is or as the mapping will create it.

    No scores: it takes text, or a choice of its options, which are texts by key.
    """

    key: str
    kind: QuestionKind
    dont_know: bool
    scores: range
    options: tuple[tuple[str, str], ...] = ()
    text: str = ""  # of one that is created; empty: that of its item, else its key
    item: str = ""  # of one that is created: the standard item that it asks


@dataclass(frozen=True, slots=True)
class CellRules:
    """What holds for the cells of every question of a file. `blanks`: a text of blanks is one, as in the own export."""

    missing: frozenset[str]
    numbers: Numbers
    remarks: Remarks
    blanks: bool = False

    @classmethod
    def of(cls, columns: SheetColumns) -> "CellRules":
        blanks = "response" in columns.fields
        return cls(columns.missing, columns.numbers, columns.remarks, blanks)
