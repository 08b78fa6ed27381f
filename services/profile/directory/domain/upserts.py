"""What upserts of departments and of touchpoints have in common."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Protocol, TypeVar

from services.kit.errors import Conflict, Failure, Invalid
from services.kit.items import Upserted, conclude, distinct
from services.kit.rights.tree import Department, Touchpoint


class Keyed(Protocol):
    """Something a client names by key."""

    @property
    def key(self) -> str: ...


KeyedT = TypeVar("KeyedT", bound=Keyed)
StateT = TypeVar("StateT", Department, Touchpoint)


def distinct_keys(
    items: Sequence[KeyedT], check: Callable[[KeyedT], None]
) -> tuple[dict[str, KeyedT], dict[int, Failure]]:
    """As kit's `distinct`, by key."""
    repeated = Invalid(
        "an item before this one has the same key and other content: send each key once",
        reason="DUPLICATE",
        field=["key"],
    )
    return distinct(items, attrgetter("key"), check, repeated)


def conclude_drafts(
    items: Sequence[Keyed],
    malformed: Mapping[int, Failure],
    refused: Mapping[str, Failure],
    before: Mapping[str, StateT],
    drafts: Mapping[str, StateT],
) -> Upserted[StateT]:
    """Outcomes of items whose new states (`drafts`) and refusals are known by key; `before` is by id."""
    changed = {key: draft for key, draft in drafts.items() if before.get(draft.id) != draft}
    ids = {key: draft.id for key, draft in drafts.items()}
    outcomes = conclude((item.key for item in items), malformed, refused, ids, changed)
    return Upserted(outcomes, tuple(changed.values()))


def check_room(count: int, *, largest: int, what: str) -> None:
    """Conflict if an organisation would have more of something than the platform is made for."""
    if count > largest:
        raise Conflict(
            f"an organisation has at most {largest:,} {what}, this call would make it {count:,}",
            reason="TOO_MANY",
        )
