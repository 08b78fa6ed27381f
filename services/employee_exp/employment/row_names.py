"""By what a row without an id is known: what its cells mean, not how they are spelt."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

from services.employee_exp.employment.domain.employment import StintItem
from services.kit.imports.batches import Batch, Draft
from services.kit.imports.identity import Ordinals, row_name


class NamedStint(NamedTuple):
    """A row as a stint, with its name in the place of the employee's id. `former`: its name when rows were known by how
    they are spelt."""

    stint: StintItem
    former: str


class StintNames:
    """Names rows without ids: by a hash of their department and days, and their number among equal ones.

    `observed_day`: the day from which the mapping says that all tenures are counted. Like all that it says for every
    row it tells no row from another, but the department: there may be a file for each.
    """

    def __init__(self, observed_day: int | None) -> None:
        self.observed_day = observed_day or 0
        self.ordinals = Ordinals()

    async def name(
        self, batches: AsyncIterator[Batch[StintItem]]
    ) -> AsyncIterator[Batch[NamedStint]]:
        """In the order of the file, since equal rows are told apart by counting."""
        async for batch in batches:
            drafts = [Draft(each.row, self._named(each.item), each.made) for each in batch.drafts]
            yield Batch(drafts, batch.refusals, batch.joined)
            await asyncio.sleep(0)

    def _named(self, item: StintItem) -> NamedStint:
        key = sha256(self._meaning(item)).digest()
        name = row_name("employees", f"means:{key.hex()}:{self.ordinals.of(key)}")
        return NamedStint(replace(item, employee=name), item.employee)

    def _meaning(self, item: StintItem) -> bytes:
        started = item.started_day - self.observed_day
        left = None if item.left_day is None else item.left_day - self.observed_day
        return json.dumps([item.department, started, left], ensure_ascii=False).encode()
