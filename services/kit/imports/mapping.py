"""Import mappings: which column of a file is which field. TOML, read strictly; no file, no database."""

import tomllib
from collections.abc import Mapping as Dict
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from services.kit.imports.answers import Answer, read_answer
from services.kit.imports.dates import DateFormat, check_format, find_zone
from services.kit.imports.files import check_delimiter, check_encoding
from services.kit.imports.sections import (
    Column,
    MappingInvalid,
    Moment,
    Section,
    described,
    fail,
    listed,
)

ImportKind: TypeAlias = Literal["departments", "touchpoints", "responses", "employees"]

LONGEST_SHEET: Final = 100  # a spreadsheet program allows 31
ISO_DATES: Final = (
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%dT%H:%M:%S.%f%z",
)


@dataclass(frozen=True, slots=True)
class Fields:
    """What one kind of import knows: fields with a column, constants, dates among them, things to create."""

    columns: tuple[str, ...]
    defaults: tuple[str, ...]
    create: tuple[str, ...]
    moments: tuple[str, ...] = ()


FIELDS: Final[dict[str, Fields]] = {
    "departments": Fields(("key", "name", "parent"), ("parent",), ()),
    "touchpoints": Fields(
        ("key", "name", "department", "stage", "channel"),
        ("department", "stage", "channel"),
        ("departments",),
    ),
    "responses": Fields(
        (
            "id",
            "department",
            "occurred_at",
            "customer",
            "touchpoint",
            "channel",
            "segment",
            "language",
            "invitation",
        ),
        ("survey", "department", "touchpoint", "channel", "segment", "language", "occurred_at"),
        ("survey", "departments"),
        ("occurred_at",),
    ),
    "employees": Fields(
        ("id", "department", "started_on", "left_on", "tenure_months", "left"),
        ("department", "observed_on"),
        ("departments",),
        ("observed_on",),
    ),
}


@dataclass(frozen=True, slots=True)
class Format:
    """How the file is written."""

    dates: tuple[DateFormat, ...]
    timezone: str | None  # of naive times; None: the organisation's
    encoding: str
    delimiter: str
    sheet: str | None  # of a workbook; None: it has one only
    missing: frozenset[str]  # cells that stand for nothing; the empty one always does


@dataclass(frozen=True, slots=True)
class Mapping:
    """One import as its author described it."""

    kind: ImportKind
    constants: Dict[str, str]
    moments: Dict[str, Moment]  # constants that are dates
    columns: Dict[str, Column]
    answers: tuple[Answer, ...]
    format: Format
    create: frozenset[str]

    def has(self, field: str) -> bool:
        return field in self.columns or field in self.constants or field in self.moments


def read_mapping(text: str, kind: ImportKind) -> Mapping:
    """Read the TOML of one kind of import; raises MappingInvalid."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingInvalid(f"the mapping is not TOML: {error}") from error
    fields = FIELDS[kind]
    allowed = [
        "defaults",
        "columns",
        *(["answers"] if kind == "responses" else []),
        "format",
        "create",
    ]
    for name in tables:
        if name not in allowed:
            raise MappingInvalid(f'unknown table "{name}" for {kind}; allowed: {listed(allowed)}')
    sections = {name: _section(tables, name) for name in allowed}
    constants, moments = _defaults(sections["defaults"], fields)
    mapping = Mapping(
        kind=kind,
        constants=constants,
        moments=moments,
        columns=_columns(sections["columns"], fields),
        answers=_answers(sections["answers"]) if "answers" in sections else (),
        format=_format(sections["format"]),
        create=_create(sections["create"], fields),
    )
    _CHECKS[kind](mapping)
    return mapping


def _section(tables: dict[str, object], name: str) -> Section:
    value = tables.get(name, {})
    if not isinstance(value, dict):
        fail(f'"{name}"', f"must be a table [{name}], not {described(value)}")
    return Section(f"[{name}]", value)


def _defaults(section: Section, fields: Fields) -> tuple[dict[str, str], dict[str, Moment]]:
    section.only(fields.defaults)
    moments = {key: section.moment(key) for key in fields.moments}
    constants = {key: section.text(key) for key in fields.defaults if key not in fields.moments}
    return (
        {key: value.strip() for key, value in constants.items() if value is not None},
        {key: value for key, value in moments.items() if value is not None},
    )


def _columns(section: Section, fields: Fields) -> dict[str, Column]:
    section.only(fields.columns)
    return {key: section.column(key) for key in section.values}


def _answers(section: Section) -> tuple[Answer, ...]:
    if not section.values:
        fail("[answers]", "is missing; name at least one question: [answers.<question key>]")
    return tuple(read_answer(key, value) for key, value in section.values.items())


def _format(section: Section) -> Format:
    section.only(("dates", "timezone", "encoding", "delimiter", "sheet", "missing"))
    dates = section.texts("dates", ISO_DATES)
    if not dates:
        fail(section.at("dates"), 'must name at least one format like "%Y-%m-%d"')
    zone = section.text("timezone")
    encoding = section.text("encoding", "utf-8")
    delimiter = section.values.get("delimiter", ",")
    sheet = section.text("sheet")
    if sheet is not None and ("\0" in sheet or len(sheet) > LONGEST_SHEET):
        fail(section.at("sheet"), f"is the name of a sheet, of at most {LONGEST_SHEET} characters")
    try:
        return Format(
            dates=tuple(check_format(text) for text in dates),
            timezone=find_zone(zone).key if zone else None,
            encoding=check_encoding(encoding or ""),
            delimiter=check_delimiter(delimiter),
            sheet=sheet,
            missing=frozenset(section.texts("missing", ())) | {""},
        )
    except ValueError as error:
        raise MappingInvalid(f"[format] {error}") from error


def _create(section: Section, fields: Fields) -> frozenset[str]:
    section.only(fields.create)
    return frozenset(key for key in section.values if section.flag(key))


def _check_departments(mapping: Mapping) -> None:
    if "name" not in mapping.columns:
        fail("[columns]", '"name" is missing; without "key" the key is made from the name')


def _check_touchpoints(mapping: Mapping) -> None:
    _check_departments(mapping)
    if not mapping.has("department"):
        fail("[columns]", '"department" is missing; name it here or in [defaults]')


def _check_responses(mapping: Mapping) -> None:
    if "survey" not in mapping.constants:
        fail("[defaults]", '"survey" is missing: the key of the survey the answers belong to')


def _check_employees(mapping: Mapping) -> None:
    columns = mapping.columns
    if not mapping.has("department"):
        fail("[columns]", '"department" is missing; name it here or in [defaults]')
    by_tenure = [name for name in ("tenure_months", "left") if name in columns]
    by_day = [name for name in ("started_on", "left_on") if name in columns]
    if by_tenure and by_day:
        fail("[columns]", f"{listed(by_day)} cannot be used together with {listed(by_tenure)}")
    if not by_tenure and "started_on" not in columns:
        fail("[columns]", '"started_on" is missing (or "tenure_months" and "left")')
    if by_tenure and len(by_tenure) < 2:
        fail("[columns]", '"tenure_months" and "left" are needed together')
    if by_tenure and "observed_on" not in mapping.moments:
        fail("[defaults]", '"observed_on" is missing: the day at which tenure_months was counted')
    if by_day and "observed_on" in mapping.moments:
        fail("[defaults] observed_on", "belongs to tenure_months and left")


_CHECKS: Final = {
    "departments": _check_departments,
    "touchpoints": _check_touchpoints,
    "responses": _check_responses,
    "employees": _check_employees,
}
