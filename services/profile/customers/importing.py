"""Files of customers and of identities: rows into the use case, batch by batch."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from cxm.batch.v1.batch_pb2 import ItemResult
from services.kit.errors import Invalid
from services.kit.imports.batches import cut
from services.kit.imports.cells import CellRefused, SheetColumns, quote
from services.kit.imports.dates import Calendar
from services.kit.imports.format.records import Row
from services.kit.imports.format.remarks import Counted
from services.kit.imports.identity import Ordinals
from services.kit.imports.import_job import Job
from services.kit.imports.mapping import ImportKind
from services.kit.imports.mapping import Mapping as ImportMapping
from services.kit.imports.row_batches import Plan
from services.kit.imports.sections import fail
from services.kit.items import ItemOutcome
from services.kit.rpc.item_results import item_results
from services.profile.customers.domain.identifiers import Identifier
from services.profile.customers.domain.items import (
    MOST_ATTRIBUTES,
    CustomerItem,
    check_attribute_key,
)
from services.profile.customers.domain.kinds import KEY
from services.profile.customers.domain.persons import LinkReason
from services.profile.customers.upserting import UpsertedCustomers

IDENTIFIER: Final = "identifier"
ATTRIBUTE: Final = "attribute"
KIND_OF: Final = {
    "id": "CUSTOMER",
    "email": "EMAIL",
    "phone": "PHONE",
    "card": "CARD",
    "account": "ACCOUNT",
}
"""Kinds of identifiers that have a field of their own, in the order in which a row names its customer."""
ATTRIBUTES: Final = ("name", "country", "language")
SIDES: Final = (("kind", "value"), ("kind2", "value2"))
"""Of a row of identities: two identifiers of one person."""
CONFLICTS: Final = Counted(
    "link was refused and waits to be settled: see the list of conflicts of customers",
    "links were refused and wait to be settled: see the list of conflicts of customers",
)
NOT_JOINED: Final = Counted(
    "link would be refused, and wait to be settled",
    "links would be refused, and wait to be settled",
)


class Store(Protocol):
    """The use case: what becomes of items, and how many links were refused."""

    async def __call__(
        self, items: Sequence[CustomerItem], /, *, dry_run: bool
    ) -> UpsertedCustomers: ...


def _check_customers(mapping: ImportMapping) -> None:
    if not identifier_fields(mapping):
        names = ", ".join(f'"{name}"' for name in KIND_OF)
        fail(
            "[columns]", f"one of {names} or identifier.KIND is missing: a customer is known by it"
        )
    for name in identifier_fields(mapping):
        if name.startswith(IDENTIFIER) and not KEY.fullmatch(name.removeprefix(f"{IDENTIFIER}.")):
            fail("[columns] identifier", "the key of a kind has 1 to 30 signs of A-Z 0-9 _")
    attributes = attribute_fields(mapping)
    if len(attributes) > MOST_ATTRIBUTES:
        fail("[columns]", f"a customer has at most {MOST_ATTRIBUTES} attributes")
    try:
        for name in attributes:
            check_attribute_key(name.removeprefix(f"{ATTRIBUTE}."))
    except Invalid as failure:
        fail("[columns] attribute", failure.message)


def _check_identities(mapping: ImportMapping) -> None:
    for kind, value in SIDES:
        if value not in mapping.columns:
            fail("[columns]", f'"{value}" is missing')
        if not mapping.has(kind):
            fail("[columns]", f'"{kind}" is missing; name it here or in [defaults]')


def identifier_fields(mapping: ImportMapping) -> list[str]:
    """The fields of [columns] by which a customer is known, in the order in which a row names its customer."""
    own = [name for name in mapping.columns if name.startswith(f"{IDENTIFIER}.")]
    return [*(name for name in KIND_OF if name in mapping.columns), *own]


def attribute_fields(mapping: ImportMapping) -> list[str]:
    """The fields of [columns] that say something about a customer."""
    own = [name for name in mapping.columns if name.startswith(f"{ATTRIBUTE}.")]
    return [*(name for name in ATTRIBUTES if mapping.has(name)), *own]


CUSTOMERS: Final = ImportKind(
    name="customers",
    columns=(*KIND_OF, *ATTRIBUTES, "first_seen"),
    families=(ATTRIBUTE, IDENTIFIER),
    defaults=("country", "language", "source"),
    create=(),
    check=_check_customers,
)
IDENTITIES: Final = ImportKind(
    name="identities",
    columns=("kind", "value", "kind2", "value2"),
    defaults=("kind", "kind2", "source"),
    create=(),
    check=_check_identities,
)


class CustomerRows:
    """Reads a row into a customer; a blank cell says nothing."""

    def __init__(self, mapping: ImportMapping, columns: SheetColumns, calendar: Calendar) -> None:
        self.columns = columns
        self.calendar = calendar
        self.identifiers = identifier_fields(mapping)
        self.attributes = attribute_fields(mapping)

    def read(self, row: Row) -> CustomerItem:
        """CellRefused for a row without an identifier."""
        self.columns.check_width(row)
        found = ((name, self.columns.cell(row, name)) for name in self.identifiers)
        identifiers = [Identifier(kind_key(name), cell) for name, cell in found if cell]
        if not identifiers:
            label = self.columns.label(self.identifiers[0])
            message = "the row has nothing by which its customer is known"
            raise CellRefused(label, "CELL_EMPTY", message)
        said = ((name, self.columns.cell(row, name)) for name in self.attributes)
        attributes = {name.removeprefix(f"{ATTRIBUTE}."): cell for name, cell in said if cell}
        source = self.columns.cell(row, "source") or ""
        return CustomerItem(tuple(identifiers), attributes, self._first_seen(row), source)

    def _first_seen(self, row: Row) -> datetime | None:
        cell = self.columns.cell(row, "first_seen")
        if cell is None:
            return None
        try:
            return datetime.fromisoformat(self.calendar.instant(cell))
        except ValueError as error:
            label = self.columns.label("first_seen")
            raise CellRefused(label, "DATE_UNREADABLE", f"{quote(cell)} {error}") from error

    def column_of(self, field: Sequence[str], item: CustomerItem) -> str:
        """The column behind a field of an item."""
        match list(field):
            case ["identifiers", position, *_]:
                kind = item.identifiers[int(position)].kind
                names = (name for name in self.identifiers if kind_key(name) == kind)
                return self.columns.label(next(names, ""))
            case ["attributes", key]:
                label = self.columns.label(f"{ATTRIBUTE}.{key}")
                return label or self.columns.label(key)
            case [name, *_]:
                return self.columns.label(name)
        return ""


class IdentityRows:
    """Reads a row into two identifiers of one person."""

    def __init__(self, columns: SheetColumns) -> None:
        self.columns = columns

    def read(self, row: Row) -> CustomerItem:
        """CellRefused for a row that lacks one of the two."""
        self.columns.check_width(row)
        found = [
            Identifier(self.columns.needed(row, kind).upper(), self.columns.needed(row, value))
            for kind, value in SIDES
        ]
        source = self.columns.cell(row, "source") or ""
        return CustomerItem(tuple(found), source=source, reason=LinkReason.IMPORTED)

    def column_of(self, field: Sequence[str], _: CustomerItem) -> str:
        """The column behind a field of an item."""
        match list(field):
            case ["identifiers", position, name]:
                kind, value = SIDES[int(position)]
                return self.columns.label(kind if name == "kind" else value)
        return ""


def kind_key(field: str) -> str:
    """The key of the kind of identifiers that a field of [columns] has."""
    return KIND_OF.get(field) or field.removeprefix(f"{IDENTIFIER}.")


def plan_customers(job: Job, zone: ZoneInfo, store: Store) -> Plan[CustomerItem]:
    """Rows of customers; `zone` is the organisation's."""
    rows = CustomerRows(job.mapping, job.columns, job.calendar(zone))
    return _plan(job, rows.read, rows.column_of, store)


def plan_identities(job: Job, store: Store) -> Plan[CustomerItem]:
    """Rows of identities."""
    rows = IdentityRows(job.columns)
    return _plan(job, rows.read, rows.column_of, store)


def _plan(
    job: Job,
    read: Callable[[Row], CustomerItem],
    column_of: Callable[[Sequence[str], CustomerItem], str],
    store: Store,
) -> Plan[CustomerItem]:
    """A dry run does not store what a row before says, so it remembers it, to call the same again stored already."""
    earlier = Ordinals()
    remark = NOT_JOINED if job.dry_run else CONFLICTS

    async def results(items: Sequence[CustomerItem]) -> Sequence[ItemResult]:
        upserted = await store(items, dry_run=job.dry_run)
        if upserted.conflicts:
            job.remarks.add("CONFLICTS", remark, upserted.conflicts)
        outcomes = list(upserted.outcomes)
        if job.dry_run:
            outcomes = [
                _rehearsed(outcome, earlier.of(_digest(item)))
                for outcome, item in zip(outcomes, items, strict=True)
            ]
        return item_results(outcomes)

    return Plan(cut(job.file, read), results, column_of)


def _rehearsed(outcome: ItemOutcome, ordinal: int) -> ItemOutcome:
    if outcome.refusal is not None:
        return outcome
    return ItemOutcome(outcome.id, outcome.is_changed and not ordinal)


def _digest(item: CustomerItem) -> bytes:
    identifiers = [[each.kind, each.value] for each in item.identifiers]
    said: Mapping[str, str] = dict(sorted(item.attributes.items()))
    at = item.first_seen and item.first_seen.isoformat()
    return sha256(json.dumps([identifiers, said, at]).encode()).digest()
