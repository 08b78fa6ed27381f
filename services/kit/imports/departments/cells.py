"""Department cells: turned into keys of departments, of new ones where the mapping allows it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from services.kit.imports.batches import Batch, Draft, refuse_row
from services.kit.imports.cells import CellRefused, quote
from services.kit.imports.departments.known import Known
from services.kit.imports.format.remarks import Remarks
from services.kit.imports.identity import needed_key
from services.kit.letters import alike


class Placed(Protocol):
    """An item that names a department; None where it leaves that to the service."""

    @property
    def department(self) -> str | None: ...


PlacedT = TypeVar("PlacedT", bound=Placed)


@dataclass(frozen=True, slots=True)
class NotMade:
    """Why a department was not created."""

    reason: str
    message: str


Create = Callable[[Mapping[str, str]], Awaitable[Mapping[str, NotMade]]]
"""Creates departments under the root: names by key in, those that were not made by key out."""


class DepartmentCells(Generic[PlacedT]):
    """Turns the department cells of batches into keys. `create`: None where unknown departments are refused.

    `stand_in`: in a dry run, the key that stands for departments that would be created: that of the root, under
    which they would hang.
    """

    def __init__(
        self,
        known: Known,
        column: str,
        place: Callable[[PlacedT, str], PlacedT],
        create: Create | None,
        stand_in: str | None = None,
        *,
        remarks: Remarks,
        can_create: bool = True,
    ) -> None:
        self.known = known
        self.column = column
        self.place = place
        self.create = create
        self.stand_in = stand_in
        self.remarks = remarks
        self.can_create = can_create
        self.created: list[str] = []
        self.made: dict[str, str] = {}  # their names, by key
        self.refused: dict[str, CellRefused] = {}

    async def resolve(
        self, batches: AsyncIterator[Batch[PlacedT]]
    ) -> AsyncIterator[Batch[PlacedT]]:
        """Batches with keys for cells; rows whose department cannot be found or made are refused."""
        async for batch in batches:
            await self._learn(batch)
            resolved = Batch[PlacedT]([], batch.refusals, batch.joined)
            for draft in batch.drafts:
                try:
                    resolved.drafts.append(self._resolved(draft))
                except CellRefused as error:
                    resolved.refusals.append(refuse_row(draft.row, error))
            yield resolved

    def _resolved(self, draft: Draft[PlacedT]) -> Draft[PlacedT]:
        cell = draft.item.department
        if cell is None:
            return draft
        if cell in self.refused:
            raise self.refused[cell]
        key = self.known.find(cell, self.column)
        if key is None:
            raise self._unknown(cell)
        if self.known.former and cell in self.known.former:
            self.known.remark(cell, key, self.remarks)
        made = self.made.get(key, "")
        if made:
            key = self.stand_in or key
        if key == cell and not made:
            return draft
        item = draft.item if key == cell else self.place(draft.item, key)
        return Draft(draft.row, item, made)

    def _unknown(self, cell: str) -> CellRefused:
        """The nearest name is looked for once for each cell, and for the first cells of a file alone."""
        near = self.known.advice(cell)
        message = f"no department has the key or name {quote(cell)}{near}; import it first" + (
            ", or let this import create it" if self.can_create else ""
        )
        refused = CellRefused(self.column, "UNKNOWN_DEPARTMENT", message)
        if near:
            self.refused[cell] = refused
        return refused

    async def _learn(self, batch: Batch[PlacedT]) -> None:
        """Create what a batch names for the first time, in one call."""
        if self.create is None:
            return
        new: dict[str, str] = {}
        read: set[str] = set()
        for cell in dict.fromkeys(draft.item.department for draft in batch.drafts):
            if cell is None or cell in self.refused or alike(cell) in read:
                continue
            try:
                if self.known.find(cell, self.column) is None:
                    new[self._new_key(cell, new)] = cell
                    read.add(alike(cell))
            except CellRefused as error:
                self.refused[cell] = error
        if new:
            await self._store(new, self.create)

    def _new_key(self, name: str, new: dict[str, str]) -> str:
        key = needed_key(name, self.column)
        other = self.known.names.get(key, new.get(key))
        if other is not None:
            raise CellRefused(
                self.column,
                "KEY_COLLISION",
                f'{quote(name)} would get the key "{key}", which {quote(other)} has:'
                " import it first with a key of its own",
            )
        return key

    async def _store(self, new: dict[str, str], create: Create) -> None:
        failed = await create(new)
        for key, name in new.items():
            if key in failed:
                why = failed[key]
                self.refused[name] = CellRefused(self.column, why.reason, why.message)
            else:
                self.known.add(key, name)
                self.created.append(name)
                self.made[key] = name


async def rehearsed(_: Mapping[str, str]) -> Mapping[str, NotMade]:
    """Creates nothing and says it did."""
    return {}
