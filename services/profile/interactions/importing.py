"""Files of interactions: rows into the use case, batch by batch."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol

from cxm.batch.v1.batch_pb2 import ItemResult
from services.kit.imports.batches import cut
from services.kit.imports.cells import CellRefused, quote
from services.kit.imports.format.records import Row
from services.kit.imports.identity import Identities
from services.kit.imports.import_job import Job
from services.kit.imports.mapping import ImportKind, Mapping
from services.kit.imports.row_batches import Plan
from services.kit.imports.sections import fail
from services.kit.items import ItemOutcome
from services.kit.rights.tree import Tree
from services.kit.rpc.item_results import item_results
from services.profile.customers.domain.identifiers import Identifier
from services.profile.customers.domain.kinds import KEY
from services.profile.facts.domain import Occurrence
from services.profile.interactions.domain.items import InteractionItem

IDENTIFIER: Final = "identifier"
DETAILS: Final = "details"
KIND_OF: Final = {
    "customer": "CUSTOMER",
    "email": "EMAIL",
    "phone": "PHONE",
    "card": "CARD",
    "account": "ACCOUNT",
}
"""Kinds of identifiers that have a field of their own; of those that a row has the first names its customer."""
PLACE: Final = ("department", "touchpoint", "channel")


class RecordRows(Protocol):
    """The use case: what becomes of items."""

    async def __call__(
        self, items: Sequence[InteractionItem], /, *, dry_run: bool
    ) -> Sequence[ItemOutcome]: ...


def _check(mapping: Mapping) -> None:
    for field in ("kind", "occurred_at"):
        if not mapping.has(field):
            fail("[columns]", f'"{field}" is missing; name it here or in [defaults]')
    if not any(mapping.has(field) for field in ("department", "touchpoint")):
        fail("[columns]", '"department" or "touchpoint" is missing; name one here or in [defaults]')
    for name in _identifier_fields(mapping):
        if name.startswith(IDENTIFIER) and not KEY.fullmatch(name.removeprefix(f"{IDENTIFIER}.")):
            fail("[columns] identifier", "the key of a kind has 1 to 30 signs of A-Z 0-9 _")


def _identifier_fields(mapping: Mapping) -> list[str]:
    own = [name for name in mapping.columns if name.startswith(f"{IDENTIFIER}.")]
    return [*(name for name in KIND_OF if name in mapping.columns), *own]


INTERACTIONS: Final = ImportKind(
    name="interactions",
    columns=("id", *KIND_OF, "kind", "occurred_at", *PLACE),
    families=(IDENTIFIER, DETAILS),
    defaults=("kind", "occurred_at", *PLACE, "source"),
    create=(),
    check=_check,
)


class InteractionRows:
    """Reads a row into an interaction; one without an identifier is nobody's."""

    def __init__(self, job: Job, tree: Tree) -> None:
        self.columns = job.columns
        self.calendar = job.calendar(tree.zone)
        self.identities = Identities(job.columns)
        self.identifiers = _identifier_fields(job.mapping)
        self.details = [name for name in job.mapping.columns if name.startswith(f"{DETAILS}.")]
        self.tree = tree
        self.keys = _keys_by_name(tree)

    def read(self, row: Row) -> InteractionItem:
        """CellRefused for a row that lacks its kind or its time."""
        self.columns.check_width(row)
        cells = (self.columns.cell(row, name) or "" for name in ("touchpoint", "channel"))
        place = Occurrence(self._at(row), self._department(row), *cells)
        found = ((name, self.columns.cell(row, name)) for name in self.identifiers)
        customer = next((Identifier(_kind_key(name), cell) for name, cell in found if cell), None)
        said = ((name, self.columns.cell(row, name)) for name in self.details)
        details = {name.removeprefix(f"{DETAILS}."): cell for name, cell in said if cell}
        return InteractionItem(
            customer,
            self.columns.needed(row, "kind"),
            place,
            self.columns.cell(row, "source") or "",
            self.identities.of(row),
            details,
        )

    def _at(self, row: Row) -> datetime:
        cell = self.columns.needed(row, "occurred_at")
        try:
            return datetime.fromisoformat(self.calendar.instant(cell))
        except ValueError as error:
            label = self.columns.label("occurred_at")
            raise CellRefused(label, "DATE_UNREADABLE", f"{quote(cell)} {error}") from error

    def _department(self, row: Row) -> str:
        """By its key, else by its exact name where one department has it."""
        cell = self.columns.cell(row, "department") or ""
        return cell if self.tree.id_of(cell) else self.keys.get(cell, cell)

    def column_of(self, field: Sequence[str], item: InteractionItem) -> str:
        """The column behind a field of an item."""
        match list(field):
            case ["customer", *_]:
                kind = item.customer.kind if item.customer else ""
                names = (name for name in self.identifiers if _kind_key(name) == kind)
                return self.columns.label(next(names, ""))
            case ["details", key]:
                return self.columns.label(f"{DETAILS}.{key}")
            case ["at", *_]:
                return self.columns.label("occurred_at")
            case [name, *_]:
                return self.columns.label(name)
        return ""


def _keys_by_name(tree: Tree) -> dict[str, str]:
    names: dict[str, str] = {}
    repeated: set[str] = set()
    for department in tree.departments.values():
        if names.setdefault(department.name, department.key) != department.key:
            repeated.add(department.name)
    return {name: key for name, key in names.items() if name not in repeated}


def _kind_key(field: str) -> str:
    return KIND_OF.get(field) or field.removeprefix(f"{IDENTIFIER}.")


def plan_interactions(job: Job, tree: Tree, store: RecordRows) -> Plan[InteractionItem]:
    """Rows of interactions; without a column of ids a row is known by its cells and how many equal ones came before."""
    rows = InteractionRows(job, tree)

    async def results(items: Sequence[InteractionItem]) -> Sequence[ItemResult]:
        return item_results(await store(items, dry_run=job.dry_run))

    return Plan(cut(job.file, rows.read), results, rows.column_of)
