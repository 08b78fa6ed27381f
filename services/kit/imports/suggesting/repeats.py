"""What rows that belong together tell: the last day of stints, one response over several rows, merged cells."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from services.kit.imports.format.date_forms import check_format
from services.kit.imports.format.known_dates import fits
from services.kit.imports.suggesting.matches import Match
from services.kit.imports.suggesting.shapes import Shape

FEW: Final = 3  # ends that say something about how all of them are written
A_DAY: Final = timedelta(days=1)
RENEWED: Final = "most stints end one day before the next one of the person begins"
MONTHS_END: Final = (
    "most of them are the last day of a month, so it is taken for the last day worked; the first day not employed"
    " any more is left_on"
)


def decide_last_day(found: dict[str, Match]) -> None:
    """Whether ends are the last day worked, as personnel writes it, or the first day after."""
    ends, starts, id_ = (found.get(name) for name in ("left_on", "started_on", "id"))
    if ends is None:
        return
    after, same = _gaps(id_, starts, ends) if id_ and starts else (0, 0)
    days = [day for day in _days(ends.column) if day is not None]
    month_ends = sum((day + A_DAY).day == 1 for day in days)
    if after > same:
        found["last_day"] = Match(found.pop("left_on").column, RENEWED)
    elif same > after:
        found["left_on"] = Match(ends.column)
    elif len(days) >= FEW and month_ends * 2 > len(days):
        found["last_day"] = Match(found.pop("left_on").column, MONTHS_END)


def _gaps(id_: Match, starts: Match, ends: Match) -> tuple[int, int]:
    """How many stints begin the day after the one before ended, and how many on the same day."""
    stints: defaultdict[str, list[tuple[date, date | None]]] = defaultdict(list)
    rows = zip(id_.column.raw, _days(starts.column), _days(ends.column), strict=True)
    for person, start, end in rows:
        if person and start is not None:
            stints[person].append((start, end))
    gaps = Counter(
        later[0] - earlier[1]
        for own in stints.values()
        for earlier, later in pairwise(sorted(own, key=lambda stint: stint[0]))
        if earlier[1] is not None
    )
    return gaps[A_DAY], gaps[timedelta(0)]


def _days(column: Shape) -> Iterable[date | None]:
    """The day of each row."""
    forms = [check_format(text) for text in column.day_forms]
    for cell in column.raw:
        form = next((form for form in forms if cell and fits(form, cell)), None)
        read = None if form is None else form.read(cell)
        yield None if read is None else date(read.year, read.month, read.day)


def is_joined(id_: Shape, scores: Sequence[Shape], texts: Sequence[Shape]) -> bool:
    """Whether rows of one id are one response: they agree in every score, and each adds some words."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for number, cell in enumerate(id_.raw):
        if cell:
            rows[cell].append(number)
    several = [own for own in rows.values() if len(own) > 1]
    return bool(several and texts) and all(
        len({column.raw[number] for number in own} - {""}) <= 1
        for own in several
        for column in scores
    )


def merged_fields(fields: Mapping[str, Match]) -> list[str]:
    """Fields whose cells are merged: the first row has one, and no two that are next to one another are equal."""
    return [
        name
        for name in ("department", "touchpoint", "parent")
        if name in fields and _is_merged(fields[name].column)
    ]


def _is_merged(column: Shape) -> bool:
    blank = column.rows - len(column.cells)
    return (
        column.rows > FEW
        and bool(column.raw[0])
        and blank * 2 >= column.rows
        and all(a != b for a, b in pairwise(column.cells))
    )
