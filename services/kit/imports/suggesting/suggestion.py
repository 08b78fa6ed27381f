"""A first mapping for a file that nobody prepared: what its titles and first rows tell, doubts as comments."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from textwrap import shorten
from typing import BinaryIO, Final

from services.kit.imports.identity import key_of
from services.kit.imports.suggesting.answers import Answers, find_answers
from services.kit.imports.suggesting.columns import COUNT, DAYS, NUMBERS, guess_kind, match_fields
from services.kit.imports.suggesting.head import Head, read_head
from services.kit.imports.suggesting.matches import Match
from services.kit.imports.suggesting.repeats import is_joined, merged_fields
from services.kit.imports.suggesting.shapes import Shape, shapes
from services.kit.imports.suggesting.toml import MappingTable, inline, inline_key, remark
from services.kit.imports.suggesting.words import (
    COMPLETE,
    E_MAIL,
    FIELDS,
    PERSONAL,
    STATE,
    TECHNICAL,
    is_titled,
    plain,
)
from services.kit.imports.toml_limits import LARGEST_BYTES

KINDS: Final = tuple(FIELDS)
MOST_QUESTIONS: Final = (100, 50, 20, 5)  # the first with which the mapping is not too long
MOST_LEFT: Final = 40  # columns that are not mapped, of which the mapping tells
LONGEST_TITLE: Final = 80  # of one of them
NEW_DEPARTMENTS: Final = (
    "departments that are not there yet: their rows are refused, unless they may be made under"
    " the root"
)
NO_DEPARTMENT: Final = (
    "no column looks like the department: name one in [columns], or give all rows one here, by its key or name; root is"
    " the whole organisation"
)
DEPARTMENT_FOR_ALL: Final = '; or give all rows one: [defaults] department = "key or name"'
LEAVING: Final = ("last_day", "left_on", "left")
NOBODY_LEFT: Final = "no column says who left: all count as still there, and nobody as leaving"
ADDRESSES: Final = (
    "e-mail addresses are personal data: map them where links to staff waves are to go there"
)
ONE_RESPONSE: Final = (
    "rows of one id agree in their scores: taken for one response over several rows; if each row is a response,"
    " leave out id and one_response"
)
MOST_STATES: Final = 6
STATES: Final = "rows of other states count too, unless they are left out here"
MERGED: Final = "blank cells mean the cell above, as where cells are merged"


async def suggest(file: BinaryIO, name: str, kind: str | None = None) -> str:
    """TOML for a file of rows of a kind; None: the kind is guessed too. Raises FileUnreadable."""
    head = await read_head(file, name)
    columns = shapes(head.header.cells, [row.cells for row in head.rows])
    for most in MOST_QUESTIONS:
        text = _mapping(head, columns, name, kind, most)
        if len(text.encode()) <= LARGEST_BYTES:
            break
    return text


def _mapping(head: Head, columns: Sequence[Shape], name: str, kind: str | None, most: int) -> str:
    """With at most so many questions."""
    guessed = kind or guess_kind(columns)
    fields = match_fields(guessed, columns)
    is_mapped = {match.column.number for match in fields.values()}
    rest = [column for column in columns if column.number not in is_mapped]
    tables = [_columns(guessed, fields)]
    if guessed == "employees" and "id" in fields:
        _offer_email(tables[0], rest)
    left = rest
    form = _format(head, _forms(fields))
    if guessed == "responses":
        is_dated = "occurred_at" in fields
        asked = [
            column
            for column in rest
            if is_dated or not is_titled(column.plain_title, guessed, "occurred_at")
        ]
        found = find_answers(asked, most, is_counted=COUNT in fields)
        left = [column for column in rest if column in found.left or column not in asked]
        tables = [_defaults(name, fields, found.tables), *tables, *found.tables]
        _join_rows(form, fields, found)
    elif guessed == "employees" and not fields.keys().isdisjoint(NUMBERS):
        tables.insert(0, _observed())
    mapped = [column for column in columns if column not in left]
    form.values |= _cells(head, mapped)
    if merged := merged_fields(fields):
        form.values["fill_down"] = merged
        form.doubts.append(MERGED)
    tables += [form, *_only(guessed, columns), _create(guessed, fields)]
    return "\n".join(
        [*_top(name, guessed, kind, head), "", *_written(tables), *_left(guessed, left)]
    )


def _top(name: str, guessed: str, kind: str | None, head: Head) -> Iterator[str]:
    yield from remark(
        f"A first mapping of {name}, from its titles and its first {len(head.rows)} rows. Read it, and try it:"
    )
    yield f"# cxm import {guessed} FILE --mapping THIS.toml --dry-run"
    yield "# Lines that begin with ? are doubts. Every key is explained in docs/mapping.md."
    if kind is None:
        yield from remark(
            f"? The rows were taken for {guessed}; others are {', '.join(k for k in KINDS if k != guessed)}."
        )


def _written(tables: Iterable[MappingTable]) -> Iterator[str]:
    for table in tables:
        if table.values or table.open:
            yield from table.lines()
            yield ""


def _defaults(name: str, fields: dict[str, Match], answers: Sequence[MappingTable]) -> MappingTable:
    survey = key_of(PurePath(name).stem)[:64] or "survey"
    doubts = (
        []
        if answers
        else ["no column looks like an answer: a mapping of responses needs one at least"]
    )
    table = MappingTable("defaults", {"survey": survey}, doubts)
    if "department" not in fields:
        table.doubts.append(NO_DEPARTMENT)
        table.open.append('department = "root"')
    if "occurred_at" not in fields:
        table.doubts.append(
            "no column looks like the day of the answer: without one all count for today"
        )
        table.open.append("occurred_at = 2026-01-31")
    return table


def _observed() -> MappingTable:
    doubt = "the day on which the tenure was counted is not in the file: give it here"
    return MappingTable("defaults", {}, [doubt], open=["observed_on = 2026-01-31"])


def _offer_email(table: MappingTable, rest: Sequence[Shape]) -> None:
    """As a comment: whether addresses are kept a person decides."""
    column = next((column for column in rest if E_MAIL.search(column.plain_title)), None)
    if column is not None:
        table.doubts.append(ADDRESSES)
        table.open.append(f"email = {inline(column.place)}")


def _columns(kind: str, fields: dict[str, Match]) -> MappingTable:
    table = MappingTable("columns", {name: match.column.place for name, match in fields.items()})
    table.notes = {name: match.doubt for name, match in fields.items() if match.doubt}
    if kind in ("responses", "employees") and "id" not in fields:
        table.doubts.append(
            "no column is an id: a row is known by its mapped cells, so a changed cell is a new row"
        )
    if kind == "employees" and fields.keys().isdisjoint(LEAVING):
        table.doubts.append(NOBODY_LEFT)
    for needed in NEEDED[kind]:
        if not set(needed) & set(fields):
            doubt = f"no column was found for {' or '.join(needed)}, which is needed"
            table.doubts.append(doubt + (DEPARTMENT_FOR_ALL if "department" in needed else ""))
            table.open.append(f'{needed[0]} = "title of a column"')
    return table


NEEDED: Final = {
    "responses": (),
    "departments": (("name",),),
    "touchpoints": (("name",), ("department",)),
    "customers": (("id", "email", "phone", "card", "account"),),
    "identities": (("kind",), ("value",), ("kind2",), ("value2",)),
    "points": (("customer", "email", "phone", "card", "account"), ("at",), ("points",)),
    "consents": (
        ("customer", "email", "phone", "card", "account"),
        ("purpose",),
        ("status",),
        ("at",),
    ),
    "purchases": (("occurred_at",), ("amount", "price"), ("department",)),
    "interactions": (("kind",), ("occurred_at",), ("department", "touchpoint")),
    "subscriptions": (("customer",), ("plan",), ("monthly",), ("department",), ("started_on",)),
    "employees": (("department",), ("started_on", *NUMBERS)),
    "wave": (
        *((name,) for name in ("wave", "name", "opened_on", "closed_on")),
        *((name,) for name in ("department", "item", "n", "value")),
    ),
}
"""Fields that rows of a kind cannot be without, and what may stand in their place."""


def _forms(fields: dict[str, Match]) -> list[str]:
    """The date formats that the fields need, each once."""
    days = (match.column for name, match in fields.items() if name in DAYS)
    return list(dict.fromkeys(form for column in days for form in column.day_forms))


def _format(head: Head, forms: Sequence[str]) -> MappingTable:
    """Where the table is and how dates are written, where it differs from what is read without being told."""
    values: dict[str, object] = {}
    if head.header.number != head.first:
        values["header"] = head.header.number
    if head.skip:
        values["skip"] = head.skip
    if head.sheet is not None:
        values["sheet"] = head.sheet
    if forms and list(forms) != ["iso"]:
        values["dates"] = forms
    return MappingTable("format", values, head.doubts)


def _cells(head: Head, columns: Sequence[Shape]) -> Iterator[tuple[str, object]]:
    """How the cells of the mapped columns are written."""
    if not head.is_typed:
        if not head.written.encoding.startswith("utf-"):
            yield "encoding", head.written.encoding
        if head.written.delimiter != ",":
            yield "delimiter", head.written.delimiter
        if any(column.has_decimal_comma for column in columns):
            yield "decimal", ","
    markers = list(dict.fromkeys(marker for column in columns for marker in column.markers))
    if markers:
        yield "missing", markers


def _join_rows(form: MappingTable, fields: Mapping[str, Match], answers: Answers) -> None:
    """One response over several rows, where the rows of an id say so."""
    id_ = fields.get("id")
    if id_ is None or id_.column.is_unlike or COUNT in fields:
        return
    if is_joined(id_.column, answers.others, answers.texts):
        form.values["one_response"] = "id"
        form.doubts.append(ONE_RESPONSE)


def _only(kind: str, columns: Sequence[Shape]) -> Iterator[MappingTable]:
    """Rows that a survey program keeps beside its responses: previews, tests, and those that were not finished."""
    open_lines = []
    for column in columns if kind == "responses" else ():
        counting = [word for word in column.words if plain(word) in COMPLETE]
        if (
            STATE.search(column.plain_title)
            and 0 < len(counting) < len(column.words) <= MOST_STATES
        ):
            open_lines.append(f"{inline_key(str(column.place))} = {inline(counting)}")
    if open_lines:
        yield MappingTable("only", {}, [STATES], open=open_lines)


def _create(kind: str, fields: dict[str, Match]) -> MappingTable:
    table = MappingTable("create", {"survey": True} if kind == "responses" else {})
    if "department" in fields and kind != "wave":
        table.doubts.append(NEW_DEPARTMENTS)
        table.open.append("departments = true")
    return table


def _left(kind: str, columns: Sequence[Shape]) -> Iterator[str]:
    """Columns that are not kept, and why: the first of them."""
    for column in columns[:MOST_LEFT]:
        title = column.plain_title
        shown = shorten(column.title, LONGEST_TITLE, placeholder="...")
        what = f'column {column.number} "{shown}"' if shown else f"column {column.number}"
        if not column.values:
            why = "is blank in the first rows"
        elif PERSONAL.search(title):
            why = "looks like personal data"
        elif TECHNICAL.search(title):
            why = "looks like a record of the survey program"
        elif column.date_forms:
            why = "is another date"
        elif kind == "responses" and is_titled(column.plain_title, kind, "occurred_at"):
            why = "looks like the day of the answer, in no form that is known: name it in [format] dates"
        else:
            why = f"is nothing that {kind} have, or was not recognised"
        yield from remark(f"not mapped: {what} {why}")
    if len(columns) > MOST_LEFT:
        yield from remark(f"not mapped: {len(columns) - MOST_LEFT} columns more")
