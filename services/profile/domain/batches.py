"""Many items in one call: each has its own fate, and none harms its neighbour."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from services.kit.errors import Conflict, Denied, Failure, Invalid, NotFound
from services.kit.rights.access import Action, Viewer, authorize
from services.kit.rights.tree import Department, Touchpoint, Tree


class Item(Protocol):
    """Something a client names by key."""

    @property
    def key(self) -> str: ...


ItemT = TypeVar("ItemT", bound=Item)
StateT = TypeVar("StateT", Department, Touchpoint)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item: the id it is stored under and whether this call changed it, or why it is refused."""

    id: str = ""
    is_changed: bool = False
    refusal: Failure | None = None


@dataclass(frozen=True, slots=True)
class Upserted(Generic[StateT]):
    """One outcome per item, in the order of the items, and the new states to be stored."""

    outcomes: tuple[Outcome, ...]
    changed: tuple[StateT, ...]


def distinct(
    items: Sequence[ItemT], check: Callable[[ItemT], None]
) -> tuple[dict[str, ItemT], dict[int, Failure]]:
    """Well-formed items by key, and why those at other places are none; the first of several with one key counts."""
    found: dict[str, ItemT] = {}
    refused: dict[int, Failure] = {}
    for place, item in enumerate(items):
        try:
            check(item)
        except Invalid as failure:
            refused[place] = failure
            continue
        if found.setdefault(item.key, item) != item:
            refused[place] = Invalid(
                "an item before this one has the same key and other content: send each key once",
                reason="DUPLICATE",
                field=["key"],
            )
    return found, refused


def conclude(
    items: Sequence[ItemT],
    malformed: Mapping[int, Failure],
    refused: Mapping[str, Failure],
    before: Mapping[str, StateT],
    drafts: Mapping[str, StateT],
) -> Upserted[StateT]:
    """Outcomes of items whose new states (`drafts`) and refusals are known by key; `before` is by id."""
    changed = {key: draft for key, draft in drafts.items() if before.get(draft.id) != draft}
    fresh = set(changed)
    outcomes: list[Outcome] = []
    for place, item in enumerate(items):
        failure = malformed.get(place) or refused.get(item.key)
        if failure is not None:
            outcomes.append(Outcome(refusal=failure))
            continue
        outcomes.append(Outcome(drafts[item.key].id, is_changed=item.key in fresh))
        fresh.discard(item.key)
    return Upserted(tuple(outcomes), tuple(changed.values()))


def check_right(
    viewer: Viewer, action: Action, department_id: str, tree: Tree, unseen: NotFound
) -> None:
    """Raise `unseen` where the viewer sees no such department, Denied where it may not be changed."""
    try:
        authorize(viewer, action, department_id, tree)
    except NotFound as failure:
        raise unseen from failure
    except Denied as failure:
        raise Denied(failure.message, field=unseen.field) from failure


def check_room(count: int, *, largest: int, what: str) -> None:
    """Conflict if an organisation would have more of something than the platform is made for."""
    if count > largest:
        raise Conflict(
            f"an organisation has at most {largest:,} {what}, this call would make it {count:,}",
            reason="TOO_MANY",
        )
