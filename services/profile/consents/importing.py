"""Files of consents: rows into the use case, batch by batch."""

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final, Protocol, TypeVar
from zoneinfo import ZoneInfo

from cxm.batch.v1.batch_pb2 import ItemResult
from services.kit.imports.batches import cut
from services.kit.imports.cells import CellRefused, SheetColumns, quote
from services.kit.imports.dates import Calendar
from services.kit.imports.format.records import Row
from services.kit.imports.identity import Ordinals
from services.kit.imports.import_job import Job
from services.kit.imports.mapping import ImportKind
from services.kit.imports.mapping import Mapping as ImportMapping
from services.kit.imports.row_batches import Plan
from services.kit.imports.sections import fail
from services.kit.items import ItemOutcome
from services.kit.rpc.item_results import item_results
from services.profile.consents.domain.statements import (
    ConsentItem,
    ConsentProof,
    ConsentStatus,
)
from services.profile.customers.domain.identifiers import Identifier

KIND_OF: Final = {
    "customer": "CUSTOMER",
    "email": "EMAIL",
    "phone": "PHONE",
    "card": "CARD",
    "account": "ACCOUNT",
}
"""Fields that name the customer; of a row the first that is not blank."""
NamedT = TypeVar("NamedT", ConsentStatus, ConsentProof)


class StoreConsents(Protocol):
    """The use case."""

    async def __call__(
        self, items: Sequence[ConsentItem], /, *, dry_run: bool
    ) -> tuple[ItemOutcome, ...]: ...


def _check(mapping: ImportMapping) -> None:
    if not KIND_OF.keys() & mapping.columns.keys():
        names = ", ".join(f'"{name}"' for name in KIND_OF)
        fail("[columns]", f"one of {names} is missing: a customer is known by it")
    for name in ("purpose", "status"):
        if not mapping.has(name):
            fail("[columns]", f'"{name}" is missing; name it here or in [defaults]')
    if "at" not in mapping.columns:
        fail("[columns]", '"at" is missing: when it was said')


CONSENTS: Final = ImportKind(
    name="consents",
    columns=(
        *KIND_OF,
        *("id", "purpose", "status", "at", "channel", "wording", "given_for", "proof", "until"),
    ),
    defaults=("purpose", "status", "channel", "wording", "given_for", "proof", "source"),
    create=(),
    check=_check,
)


class ConsentRows:
    """Reads a row into a statement."""

    def __init__(self, columns: SheetColumns, calendar: Calendar) -> None:
        self.columns = columns
        self.calendar = calendar
        self.known_by = [name for name in KIND_OF if name in columns.fields]

    def read(self, row: Row) -> ConsentItem:
        """CellRefused for a row that names nobody, or says nothing that can be read."""
        self.columns.check_width(row)
        return ConsentItem(
            self._customer(row),
            self.columns.needed(row, "purpose").upper(),
            self._named(ConsentStatus, "status", self.columns.needed(row, "status")),
            self._instant(self.columns.needed(row, "at"), "at"),
            self._text(row, "channel"),
            self._text(row, "wording"),
            self._text(row, "given_for"),
            self._named(ConsentProof, "proof", proof)
            if (proof := self._text(row, "proof"))
            else None,
            self._instant(until, "until") if (until := self._text(row, "until")) else None,
            self._text(row, "source"),
            self._text(row, "id"),
        )

    def _text(self, row: Row, name: str) -> str:
        return self.columns.cell(row, name) or ""

    def _customer(self, row: Row) -> Identifier:
        for name in self.known_by:
            if cell := self.columns.cell(row, name):
                return Identifier(KIND_OF[name], cell)
        label = self.columns.label(self.known_by[0])
        raise CellRefused(label, "CELL_EMPTY", "the row has nothing by which its customer is known")

    def _named(self, names: type[NamedT], field: str, cell: str) -> NamedT:
        name = "_".join(cell.upper().replace("-", " ").split())
        if name in names.__members__:
            return names[name]
        message = f"{quote(cell)} is none of {', '.join(names.__members__)}"
        raise CellRefused(self.columns.label(field), field.upper(), message)

    def _instant(self, cell: str, field: str) -> datetime:
        try:
            return datetime.fromisoformat(self.calendar.instant(cell))
        except ValueError as error:
            label = self.columns.label(field)
            raise CellRefused(label, "DATE_UNREADABLE", f"{quote(cell)} {error}") from error

    def column_of(self, field: Sequence[str], item: ConsentItem) -> str:
        """The column behind a field of an item."""
        match list(field):
            case ["identifier", *_]:
                assert isinstance(item.customer, Identifier)
                kind = item.customer.kind
                return self.columns.label(next(n for n, k in KIND_OF.items() if k == kind))
            case [name, *_]:
                return self.columns.label(name)
        return ""


def plan_consents(job: Job, zone: ZoneInfo, store: StoreConsents) -> Plan[ConsentItem]:
    """Rows of consents; `zone` is the organisation's.

    A dry run does not store what a row before says, so it remembers it, to call the same again stored already.
    """
    rows = ConsentRows(job.columns, job.calendar(zone))
    earlier = Ordinals()

    async def results(items: Sequence[ConsentItem]) -> Sequence[ItemResult]:
        outcomes = list(await store(items, dry_run=job.dry_run))
        if job.dry_run:
            outcomes = [
                outcome if outcome.refusal else _rehearsed(outcome, earlier.of(_digest(item)))
                for outcome, item in zip(outcomes, items, strict=True)
            ]
        return item_results(outcomes)

    return Plan(cut(job.file, rows.read), results, rows.column_of)


def _rehearsed(outcome: ItemOutcome, ordinal: int) -> ItemOutcome:
    return ItemOutcome(outcome.id, outcome.is_changed and not ordinal)


def _digest(item: ConsentItem) -> bytes:
    assert isinstance(item.customer, Identifier)
    until = item.until and item.until.isoformat()
    named = [
        item.customer.kind,
        item.customer.value,
        item.purpose,
        item.at.isoformat(),
        item.source,
    ]
    content = [item.status, item.channel, item.wording, item.given_for, item.proof, until]
    said = [item.id] if item.id else content
    return sha256(json.dumps([named, said]).encode()).digest()
