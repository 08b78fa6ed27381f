"""The details that the items of one call bring, beside those that are known."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from services.employee_exp.employment.domain.details import (
    NO_DETAILS,
    Details,
    DetailsChange,
    changed_details,
    exceeds,
)
from services.kit.items import ItemOutcome


class Detailed(Protocol):
    """An item that may say something of its employee."""

    @property
    def employee(self) -> str: ...
    @property
    def details(self) -> DetailsChange | None: ...


@dataclass(frozen=True, slots=True)
class DetailedItems:
    """`known`: the details of employees by external id, of those alone whom the caller may change.

    `unopened`: those of them whose details cannot be opened: nothing is known of them, and what is said replaces all.
    """

    known: Mapping[str, Details]
    items: Sequence[Detailed]
    unopened: Collection[str] = ()

    def crowded(self) -> set[str]:
        """Employees who would have too many attributes."""
        changes: dict[str, list[DetailsChange]] = {}
        for item in self.items:
            if item.details is not None:
                changes.setdefault(item.employee, []).append(item.details)
        return {
            employee
            for employee, said in changes.items()
            if exceeds(self.known.get(employee, NO_DETAILS), said)
        }

    def after(self, outcomes: Sequence[ItemOutcome]) -> dict[str, Details]:
        """What is something else once the items that are not refused are stored, by external id."""
        stored = list(self._stored(outcomes))
        replaced = {employee: NO_DETAILS for employee, _ in stored if employee in self.unopened}
        return replaced | changed_details(self.known, stored)

    def ids(self, outcomes: Sequence[ItemOutcome]) -> dict[str, str]:
        """Our own ids of employees whose items are not refused, by external id."""
        pairs = zip(self.items, outcomes, strict=True)
        return {item.employee: outcome.id for item, outcome in pairs if outcome.refusal is None}

    def told(self, outcomes: Sequence[ItemOutcome]) -> tuple[ItemOutcome, ...]:
        """The outcomes, an item that changes details being one that changes something."""
        return tuple(
            replace(outcome, is_changed=outcome.is_changed or self._changes(item))
            if outcome.refusal is None
            else outcome
            for item, outcome in zip(self.items, outcomes, strict=True)
        )

    def _stored(self, outcomes: Sequence[ItemOutcome]) -> Iterator[tuple[str, DetailsChange]]:
        for item, outcome in zip(self.items, outcomes, strict=True):
            if outcome.refusal is None and item.details is not None:
                yield item.employee, item.details

    def _changes(self, item: Detailed) -> bool:
        if item.details is None or item.employee in self.unopened:
            return item.details is not None
        known = self.known.get(item.employee, NO_DETAILS)
        return item.details.of(known) != known
