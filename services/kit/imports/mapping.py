"""Import mappings: which column of a file is which field. TOML, read strictly; no file, no database."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass
from typing import Any, Final, Protocol

from services.kit.imports.dates import find_zone
from services.kit.imports.files import check_delimiter
from services.kit.imports.format.date_forms import ISO, DateFormat, check_format
from services.kit.imports.format.encodings import check_encoding
from services.kit.imports.format.layout import MOST_NAMED, Layout, read_layout
from services.kit.imports.format.numbers import POINT, check_decimal
from services.kit.imports.sections import (
    Column,
    MappingInvalid,
    Moment,
    Section,
    describe,
    fail,
    list_names,
)
from services.kit.imports.toml_limits import parse
from services.kit.letters import plain

LONGEST_SHEET: Final = 100  # a spreadsheet program allows 31
MOST_FORMATS: Final = 20  # each is tried on every cell that fits none
FORMAT_KEYS: Final = (
    "dates",
    "timezone",
    "encoding",
    "delimiter",
    "decimal",
    "sheet",
    "header",
    "skip",
    "fill_down",
    "missing",
)


@dataclass(frozen=True, slots=True)
class Format:
    """How the file is written."""

    dates: tuple[DateFormat, ...]
    timezone: str | None  # of naive times; None: the organisation's
    encoding: str
    delimiter: str
    decimal: str
    sheet: str | None  # of a workbook; None: it has one only
    layout: Layout
    fill_down: tuple[str, ...]  # fields or headers whose blank cells mean the one above
    missing: frozenset[str]  # cells that stand for nothing; the empty one always does
    one_response: str | None = (
        None  # the field whose equal cells make rows one item; None: each row is one
    )


@dataclass(frozen=True, slots=True)
class Mapping:
    """One import as its author describes it."""

    kind: "ImportKind"
    constants: Dict[str, str]
    moments: Dict[str, Moment]  # constants that are dates
    columns: Dict[str, Column]
    subtables: tuple[Any, ...]  # Subtables of the kind's own
    format: Format
    create: frozenset[str]

    def has(self, field: str) -> bool:
        return field in self.columns or field in self.constants or field in self.moments

    def used(self) -> list[Column]:
        """Every column of the file that means something, by header or number."""
        own = [column for table in self.subtables for column in table.columns.values()]
        filled = [self.columns.get(name, name) for name in self.format.fill_down]
        only = [int(title) if title.isdecimal() else title for title in self.format.layout.only]
        return [*self.columns.values(), *own, *filled, *only]


class Subtable(Protocol):
    """A table of a kind's own inside another, like [answers.recommend]; it names columns of the file."""

    @property
    def name(self) -> str: ...

    @property
    def columns(self) -> Dict[str, Column]:
        """By their key within the table: `column`, or others beside one another, such as `options.web`."""


@dataclass(frozen=True, slots=True)
class ImportKind:
    """What one kind of import knows; declared by the noun that stores its rows."""

    name: str
    columns: tuple[str, ...]
    """Fields that may have a column."""
    defaults: tuple[str, ...]
    """Fields that may have a constant, `moments` among them."""
    create: tuple[str, ...]
    """What may be created on the way."""
    check: Callable[[Mapping], None]
    """Raises MappingInvalid where fields are missing or do not go together."""
    moments: tuple[str, ...] = ()
    """Constants that are dates."""
    subtables: str = ""
    """The name of a table of this kind's own; empty: none."""
    can_update: bool = False
    """Whether an import may correct what is stored: `cxm import --update`."""
    joined_by: str = ""
    """The field whose equal cells may make rows one item: `[format] one_response`; empty: none."""
    can_replace: bool = False
    """Whether a file may be the truth for what it names: `cxm import --replace`."""
    families: tuple[str, ...] = ()
    """Fields of which a file has as many as it likes, by names of its own: `family.NAME = "title"`."""
    read_subtables: Callable[[Section], tuple[Subtable, ...]] = lambda _: ()


def read_mapping(text: str, kind: ImportKind) -> Mapping:
    """Read the TOML of one kind of import; raises MappingInvalid."""
    tables = parse(text)
    own = [kind.subtables] if kind.subtables else []
    allowed = ["defaults", "columns", *own, "format", "only", "create"]
    for name in tables:
        if name not in allowed:
            raise MappingInvalid(
                f'unknown table "{name}" for {kind.name}; allowed: {list_names(allowed)}'
            )
    sections = {name: _section(tables, name) for name in allowed}
    constants, moments = _defaults(sections["defaults"], kind)
    mapping = Mapping(
        kind=kind,
        constants=constants,
        moments=moments,
        columns=_columns(sections["columns"], kind),
        subtables=kind.read_subtables(sections[kind.subtables]) if own else (),
        format=_format(sections["format"], sections["only"], kind),
        create=_create(sections["create"], kind),
    )
    kind.check(mapping)
    return mapping


def _section(tables: dict[str, object], name: str) -> Section:
    value = tables.get(name, {})
    if not isinstance(value, dict):
        fail(f'"{name}"', f"must be a table [{name}], not {describe(value)}")
    return Section(f"[{name}]", value)


def _defaults(section: Section, kind: ImportKind) -> tuple[dict[str, str], dict[str, Moment]]:
    section.only(kind.defaults)
    moments = {key: section.moment(key) for key in kind.moments}
    constants = {key: section.text(key) for key in kind.defaults if key not in kind.moments}
    return (
        {key: plain(value) for key, value in constants.items() if value is not None},
        {key: value for key, value in moments.items() if value is not None},
    )


def _columns(section: Section, kind: ImportKind) -> dict[str, Column]:
    section.only((*kind.columns, *kind.families))
    found: dict[str, Column] = {}
    for key, value in section.values.items():
        if key not in kind.families:
            found[key] = section.column(key)
        elif isinstance(value, dict):
            family = Section(section.at(key), value)
            found |= {f"{key}.{name}": family.column(name) for name in value}
        else:
            fail(section.at(key), f'needs a name of its own: {key}.NAME = "title of a column"')
    return found


def _format(section: Section, only: Section, kind: ImportKind) -> Format:
    section.only((*FORMAT_KEYS, "one_response") if kind.joined_by else FORMAT_KEYS)
    one_response = section.text("one_response")
    if one_response not in (None, kind.joined_by):
        fail(section.at("one_response"), f'must be "{kind.joined_by}": rows are joined by it alone')
    layout = read_layout(section, only)
    dates, fill_down = section.texts("dates", (ISO,)), section.texts("fill_down", ())
    _check_lists(section, dates, fill_down)
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
            decimal=check_decimal(section.values.get("decimal", POINT)),
            sheet=sheet,
            layout=layout,
            fill_down=fill_down,
            missing=frozenset(map(plain, section.texts("missing", ()))) | {""},
            one_response=one_response,
        )
    except ValueError as error:
        raise MappingInvalid(f"[format] {error}") from error


def _check_lists(section: Section, dates: Sequence[object], fill_down: Sequence[object]) -> None:
    if not dates:
        fail(section.at("dates"), 'must name at least one format like "%Y-%m-%d"')
    if len(dates) > MOST_FORMATS:
        fail(section.at("dates"), f"has {len(dates):,} formats; at most {MOST_FORMATS} can be")
    if len(fill_down) > MOST_NAMED:
        message = f"names {len(fill_down):,} columns; at most {MOST_NAMED} can be"
        fail(section.at("fill_down"), message)


def _create(section: Section, kind: ImportKind) -> frozenset[str]:
    section.only(kind.create)
    return frozenset(key for key in section.values if section.flag(key))
