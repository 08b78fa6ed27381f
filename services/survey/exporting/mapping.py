"""The mapping by which an export of responses comes back in: into the same responses, or to another platform."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from services.kit.imports.suggesting.toml import MappingTable, inline, remark
from services.kit.letters import plain
from services.survey.exporting.sheet import DONT_KNOW, ExportColumn, ExportSheet
from services.survey.surveys.domain.questions import Question, QuestionKind
from services.survey.surveys.domain.surveys import Survey
from services.survey.surveys.domain.versions import asked_ever

FIELDS: Final = (
    "response",
    "department",
    "touchpoint",
    "occurred_at",
    "channel",
    "segment",
    "language",
)
ABOUT: Final = (
    "Responses as cxm exports them. Each row is the response that its column `response` shows. Where it is not stored,"
    " as on another platform, an admin or an analyst makes one of the row; a survey that is made has keys for titles."
)
LEFT_OUT: Final = "was asked before under a key that another question has now; what is stored stays"


def mapping_of(versions: Sequence[Survey], delimiter: str = ",") -> str:
    """TOML for every format; `versions`: of one survey, the oldest first; `delimiter`: of a file that is CSV."""
    sheet, questions = ExportSheet(versions), asked_ever(versions)
    written: dict[str, object] = {"timezone": "UTC"}  # of the times in workbooks
    if delimiter != ",":
        written["delimiter"] = delimiter
    tables = [
        MappingTable("defaults", {"survey": versions[-1].key}),
        MappingTable("columns", {name: name for name in FIELDS}),
        *(table for question in questions for table in _tables(question, sheet)),
        MappingTable("format", written),
        MappingTable("create", {"survey": True}),
    ]
    ids = {question.id for question in questions}
    left = [name for column, name in sheet.columns.items() if column.question_id not in ids]
    about = [*remark(ABOUT), *(line for name in left for line in remark(f"{name} {LEFT_OUT}"))]
    return "\n\n".join("\n".join(lines) for lines in (about, *(t.lines() for t in tables))) + "\n"


def _tables(question: Question, sheet: ExportSheet) -> Iterator[MappingTable]:
    where, kind = f"answers.{inline(question.key)}", question.kind
    if kind is QuestionKind.MULTIPLE_CHOICE:
        columns: dict[str, object] = {
            inline(option.key): sheet.columns[ExportColumn(question.id, option.key)]
            for option in question.options
        }
        yield MappingTable(where, {"kind": kind.name})
        yield MappingTable(f"{where}.options", columns)
        return
    values: dict[str, object] = {
        "column": sheet.columns[ExportColumn(question.id)],
        "kind": kind.name,
    }
    if question.item:
        values["item"] = question.item
    if kind is QuestionKind.RATING:
        values["scale"] = [question.low, question.high]
    elif kind is QuestionKind.SINGLE_CHOICE:
        values["values"] = _labels(question)
    elif question.dont_know:
        values["values"] = {DONT_KNOW: DONT_KNOW}
    yield MappingTable(where, values)


def _labels(question: Question) -> dict[str, str]:
    """Options by their texts, which a survey that is made has; by its key where a text could be another option."""
    keys = {option.key for option in question.options}
    words = Counter(plain(option.text) for option in question.options)
    labels: dict[str, str] = {}
    for option in question.options:
        text = plain(option.text)
        is_clear = text == option.key or text not in keys
        labels[text if text and is_clear and words[text] == 1 else option.key] = option.key
    return labels
