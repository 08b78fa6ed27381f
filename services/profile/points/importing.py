"""Files of points: rows into the use case, batch by batch."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from cxm.batch.v1.batch_pb2 import ItemResult
from services.kit.imports.batches import cut
from services.kit.imports.cells import CellRefused, SheetColumns, quote
from services.kit.imports.dates import Calendar
from services.kit.imports.format.records import Row
from services.kit.imports.identity import Identities, Ordinals
from services.kit.imports.import_job import Job
from services.kit.imports.mapping import ImportKind
from services.kit.imports.mapping import Mapping as ImportMapping
from services.kit.imports.row_batches import Plan
from services.kit.imports.sections import fail
from services.kit.items import ItemOutcome
from services.kit.rpc.item_results import item_results
from services.profile.customers.domain.identifiers import Identifier
from services.profile.points.domain import PointItem, PointKind

KIND_OF: Final = {
    "customer": "CUSTOMER",
    "email": "EMAIL",
    "phone": "PHONE",
    "card": "CARD",
    "account": "ACCOUNT",
}
"""Fields that name the customer; of a row the first that is not blank."""


class StorePoints(Protocol):
    """The use case."""

    async def __call__(
        self, items: Sequence[PointItem], /, *, dry_run: bool
    ) -> tuple[ItemOutcome, ...]: ...


def _check(mapping: ImportMapping) -> None:
    if not KIND_OF.keys() & mapping.columns.keys():
        names = ", ".join(f'"{name}"' for name in KIND_OF)
        fail("[columns]", f"one of {names} is missing: a customer is known by it")
    for name in ("at", "points"):
        if name not in mapping.columns:
            fail("[columns]", f'"{name}" is missing')


POINTS: Final = ImportKind(
    name="points",
    columns=(*KIND_OF, "id", "at", "points", "kind", "expires_on"),
    defaults=("kind", "source"),
    create=(),
    check=_check,
)


class PointRows:
    """Reads a row into an entry."""

    def __init__(self, columns: SheetColumns, calendar: Calendar) -> None:
        self.columns = columns
        self.calendar = calendar
        self.identities = Identities(columns)
        self.known_by = [name for name in KIND_OF if name in columns.fields]

    def read(self, row: Row) -> PointItem:
        """CellRefused for a row that names nobody, or says nothing that can be read."""
        self.columns.check_width(row)
        points = self._points(self.columns.needed(row, "points"))
        kind = self._kind(self.columns.cell(row, "kind"), points)
        if kind is PointKind.SPENT:
            points = -abs(points)
        expires_on = self.columns.cell(row, "expires_on")
        return PointItem(
            self._customer(row),
            self.identities.of(row),
            self._instant(self.columns.needed(row, "at")),
            points,
            kind,
            self._day(expires_on) if expires_on else None,
            self.columns.cell(row, "source") or "",
        )

    def _customer(self, row: Row) -> Identifier:
        for name in self.known_by:
            if cell := self.columns.cell(row, name):
                return Identifier(KIND_OF[name], cell)
        label = self.columns.label(self.known_by[0])
        raise CellRefused(label, "CELL_EMPTY", "the row has nothing by which its customer is known")

    def _points(self, cell: str) -> int:
        try:
            return int(cell)
        except ValueError as error:
            message = f"{quote(cell)} is no whole number of points"
            raise CellRefused(self.columns.label("points"), "POINTS", message) from error

    def _kind(self, cell: str | None, points: int) -> PointKind:
        """Without a kind the sign says it."""
        if cell is None:
            return PointKind.SPENT if points < 0 else PointKind.EARNED
        if cell.upper() in PointKind.__members__:
            return PointKind[cell.upper()]
        message = f"{quote(cell)} is none of {', '.join(PointKind.__members__)}"
        raise CellRefused(self.columns.label("kind"), "KIND", message)

    def _instant(self, cell: str) -> datetime:
        try:
            return datetime.fromisoformat(self.calendar.instant(cell))
        except ValueError as error:
            raise self._no_date("at", cell, error) from error

    def _day(self, cell: str) -> date:
        try:
            return self.calendar.day(cell)
        except ValueError as error:
            raise self._no_date("expires_on", cell, error) from error

    def _no_date(self, field: str, cell: str, error: ValueError) -> CellRefused:
        label = self.columns.label(field)
        return CellRefused(label, "DATE_UNREADABLE", f"{quote(cell)} {error}")

    def column_of(self, field: Sequence[str], item: PointItem) -> str:
        """The column behind a field of an item."""
        match list(field):
            case ["identifier", *_]:
                kind = item.identifier.kind
                return self.columns.label(next(n for n, k in KIND_OF.items() if k == kind))
            case [name, *_]:
                return self.columns.label(name)
        return ""


def plan_points(job: Job, zone: ZoneInfo, store: StorePoints) -> Plan[PointItem]:
    """Rows of points; `zone` is the organisation's.

    A dry run does not store what a row before says, so it remembers it, to call the same again stored already.
    """
    rows = PointRows(job.columns, job.calendar(zone))
    earlier = Ordinals()

    async def results(items: Sequence[PointItem]) -> Sequence[ItemResult]:
        outcomes = list(await store(items, dry_run=job.dry_run))
        if job.dry_run:
            outcomes = [
                outcome if outcome.refusal else _rehearsed(outcome, earlier.of(_name(item)))
                for outcome, item in zip(outcomes, items, strict=True)
            ]
        return item_results(outcomes)

    return Plan(cut(job.file, rows.read), results, rows.column_of)


def _rehearsed(outcome: ItemOutcome, ordinal: int) -> ItemOutcome:
    return ItemOutcome(outcome.id, outcome.is_changed and not ordinal)


def _name(item: PointItem) -> bytes:
    named = (item.identifier.kind, item.identifier.value, item.source, item.id)
    return "\n".join((*named, item.at.isoformat())).encode()
