"""Which column is which field, by its title and its cells; what kind of rows a file has."""

from collections.abc import Mapping, Sequence
from typing import Final

from services.kit.imports.cells import quote
from services.kit.imports.suggesting.matches import Match
from services.kit.imports.suggesting.repeats import decide_last_day
from services.kit.imports.suggesting.shapes import Shape
from services.kit.imports.suggesting.words import (
    EMPLOYED,
    FIELDS,
    PERSONAL,
    SURVEY_PROGRAM,
    TECHNICAL,
    fields_of,
    numbered,
)

SHORTEST_PART: Final = 4  # letters of a title that may be a part of another
COUNT: Final = "count"
PROGRAM_TITLES: Final = 2  # that make a file one of a survey program
DAYS: Final = (
    "occurred_at",
    "first_seen",
    "at",
    "until",
    "expires_on",
    "started_on",
    "last_day",
    "left_on",
    "closed_from",
    "opened_on",
    "closed_on",
)
NUMBERS: Final = ("tenure_months", "tenure_years")
MEASURED: Final = ("n", "value", "low", "high")
MEASURED_ROW: Final = {"department", "item", "n", "value"}
"""Fields of a row of results that were measured elsewhere."""
OF_A_WAVE: Final = frozenset(("wave", "opened_on", "closed_on", "low", "high"))
"""Fields of which such a row has one at least."""
FLAGS: Final = ("left",)
IN_PLACE_OF: Final = {
    "price": ("amount",),
    "started_on": ("tenure_months", "tenure_years", "left"),
    "last_day": ("left_on",),
    "tenure_months": ("tenure_years", "last_day", "left_on"),
    "tenure_years": ("last_day", "left_on"),
}
"""Fields that a mapping cannot have beside another, which is preferred."""
OF_ONE_PERSON: Final = ("customer", "invitation")
"""Fields that rows which stand for many do not have."""


IDENTITY_ROW: Final = frozenset(("kind", "value", "kind2", "value2"))
"""Fields of a row that says that two identifiers are of one person."""
BOUGHT: Final = frozenset(("occurred_at", "price", "quantity"))
"""Fields of a line of a receipt."""
SUBSCRIBED: Final = frozenset(("customer", "plan", "monthly", "started_on"))
"""Fields of a subscription."""
UNLIKE: Final = "no two cells are the same, so it may be the id of the row"
ONE_PERSON: Final = "taken for the id of the person, who may have several rows"


def guess_kind(columns: Sequence[Shape]) -> str:
    """The kind whose own fields the titles name; responses where they name none."""
    if sum(bool(SURVEY_PROGRAM.search(column.plain_title)) for column in columns) >= PROGRAM_TITLES:
        return "responses"
    named = {kind: match_fields(kind, columns) for kind in FIELDS}
    if _is_staff(named["employees"]):
        return "employees"
    if {"name", "parent"} <= named["departments"].keys():
        return "departments"
    if named["wave"].keys() >= MEASURED_ROW and not OF_A_WAVE.isdisjoint(named["wave"]):
        return "wave"
    if {"name", "stage"} <= named["touchpoints"].keys():
        return "touchpoints"
    if named["identities"].keys() >= IDENTITY_ROW:
        return "identities"
    if {"points", "at"} <= named["points"].keys():
        return "points"
    if {"purpose", "status", "at"} <= named["consents"].keys():
        return "consents"
    if named["subscriptions"].keys() >= SUBSCRIBED:
        return "subscriptions"
    if named["purchases"].keys() >= BOUGHT:
        return "purchases"
    if _is_customers(named["customers"]):
        return "customers"
    return "responses"


def _is_staff(found: Mapping[str, Match]) -> bool:
    """People in departments, who left or whose titles say that they are employed."""
    if "department" not in found or found.keys().isdisjoint(("started_on", *NUMBERS)):
        return False
    says_so = any(
        EMPLOYED.search(found[name].column.plain_title)
        for name in ("id", "started_on", "tenure_months", "tenure_years")
        if name in found
    )
    return says_so or not found.keys().isdisjoint(("last_day", "left_on", "left"))


def _is_customers(found: Mapping[str, Match]) -> bool:
    """Addresses of people who became known on some day or have a card; answers have a day of their own."""
    return not found.keys().isdisjoint(("email", "phone")) and not found.keys().isdisjoint(
        ("first_seen", "card")
    )


def match_fields(kind: str, columns: Sequence[Shape]) -> dict[str, Match]:
    """Fields with their columns: first those whose title is one of the field's, then those whose title has it in it."""
    found: dict[str, Match] = {}
    for is_whole in (True, False):
        for name, titles in fields_of(kind):
            if name in found:
                continue
            taken = {match.column.number for match in found.values()}
            free = [c for c in columns if c.number not in taken and _can_be(name, c)]
            column = _titled(titles, free, is_whole=is_whole)
            if column is not None and (is_whole or not _is_of_program(column)):
                found[name] = Match(column, _doubt(kind, name, column, is_whole=is_whole))
    for preferred, others in IN_PLACE_OF.items():
        for other in others if preferred in found else ():
            found.pop(other, None)
    _add_by_cells(kind, columns, found)
    if kind == "employees":
        decide_last_day(found)
    for other in OF_ONE_PERSON if COUNT in found else ():
        found.pop(other, None)
    return {name: found[name] for name, _ in fields_of(kind) if name in found}


def _is_of_program(column: Shape) -> bool:
    """Whether it holds personal data, or what a survey program notes: never a field by a part of its title."""
    title = column.plain_title
    return bool(PERSONAL.search(title) or TECHNICAL.search(title))


def _add_by_cells(kind: str, columns: Sequence[Shape], found: dict[str, Match]) -> None:
    """An id, and the day of an answer, by what the cells are where no title says so."""
    if kind == "responses" and "occurred_at" not in found:
        days = [column for column in columns if column.date_forms]
        if days:
            doubt = "the title does not say so: it is the first column of days"
            found["occurred_at"] = Match(days[0], doubt)
    if kind in ("responses", "employees") and "id" not in found:
        taken = {match.column.number for match in found.values()}
        for column in columns:
            if column.number not in taken and _is_numbered(column, is_person=kind == "employees"):
                doubt = ONE_PERSON if not column.is_unlike else UNLIKE
                found["id"] = Match(column, doubt)
                return


def _is_numbered(column: Shape, *, is_person: bool) -> bool:
    """A number or code in every row: of the first column, or of one whose title says so or is blank."""
    titled = numbered(column.plain_title).split()
    is_named = not titled or "id" in titled or (column.number == 1 and column.are_codes)
    is_full = len(column.values) == column.rows > 0
    return is_named and not column.date_forms and (column.is_unlike or (is_person and is_full))


def _titled(titles: Sequence[str], columns: Sequence[Shape], *, is_whole: bool) -> Shape | None:
    for title in titles:
        for column in columns:
            own = numbered(column.plain_title)
            if own == title if is_whole else _has(own, title):
                return column
    return None


def _has(own: str, title: str) -> bool:
    return len(title) >= SHORTEST_PART and f" {title} " in f" {own} "


def _can_be(field: str, column: Shape) -> bool:
    """Whether the cells are what a field takes; a column without cells may be anything."""
    if not column.values:
        return field in (
            "last_day",
            "left_on",
            "parent",
            "segment",
            "channel",
            "language",
            "invitation",
        )
    if field in DAYS:
        return bool(column.day_forms)
    if field in NUMBERS or field in MEASURED:
        return column.is_numeric
    if field == COUNT:
        return column.whole is not None and min(column.whole) >= 0 and not _is_numbering(column)
    if field in FLAGS:
        return len(column.words) <= 2 and not column.date_forms
    if field == "id":
        return not column.date_forms and len(column.values) == column.rows
    return not column.date_forms


def _is_numbering(column: Shape) -> bool:
    """1, 2, 3 and so on: the numbers of rows, and no counts."""
    first = column.whole[0] if column.whole else 0
    return column.rows > 1 and column.whole == tuple(range(first, first + column.rows))


def _doubt(kind: str, field: str, column: Shape, *, is_whole: bool) -> str:
    if field == "id" and kind == "responses" and not column.is_unlike:
        return "not all different: is it the id of the row? Without an id a row is known by its mapped cells"
    if field == COUNT:
        return "each row stands for so many responses; if it is something else, leave it out"
    if field in DAYS and column.no_days:
        return f"{quote(column.no_days[0])} is no such day: rows with such cells are refused until they are mended"
    if field == "occurred_at" and len(column.cells) < column.rows:
        return (
            "some rows have no day: they are refused, unless [defaults] occurred_at gives them one"
        )
    if column.is_month_open and field in DAYS:
        return (
            "whether the day or the month comes first is a guess: see %d and %m in [format] dates"
        )
    if field == "left_on":
        return (
            "the first day not employed any more; if it is the last day worked, say so (last_day)"
        )
    return "" if is_whole else "only a part of the title says so"
