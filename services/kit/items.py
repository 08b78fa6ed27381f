"""Many items in one call: each has its own fate, and none harms its neighbour."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from services.kit.errors import Denied, Failure, Invalid, NotFound
from services.kit.rights.access import Action, Viewer, authorize
from services.kit.rights.tree import Tree

ItemT = TypeVar("ItemT")
NameT = TypeVar("NameT", bound=Hashable)
ChangeT = TypeVar("ChangeT")


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """What became of one item: the id it is stored under and whether this call changed it, or why it is refused."""

    id: str = ""
    is_changed: bool = False
    refusal: Failure | None = None


@dataclass(frozen=True, slots=True)
class Upserted(Generic[ChangeT]):
    """One outcome per item, in the order of the items, and what is to be stored."""

    outcomes: tuple[ItemOutcome, ...]
    changed: tuple[ChangeT, ...]


def distinct(
    items: Sequence[ItemT],
    name_of: Callable[[ItemT], NameT],
    check: Callable[[ItemT], None],
    repeated: Invalid,
) -> tuple[dict[NameT, ItemT], dict[int, Failure]]:
    """Well-formed items by name, and why those at other positions are refused.

    `check` raises Invalid. The first of several items with one name counts; another content is `repeated`.
    """
    by_name: dict[NameT, ItemT] = {}
    refused: dict[int, Failure] = {}
    for position, item in enumerate(items):
        try:
            check(item)
        except Invalid as failure:
            refused[position] = failure
            continue
        if by_name.setdefault(name_of(item), item) != item:
            refused[position] = repeated
    return by_name, refused


def conclude(
    names: Iterable[NameT],
    malformed: Mapping[int, Failure],
    refused: Mapping[NameT, Failure],
    ids: Mapping[NameT, str],
    changed: Collection[NameT],
) -> tuple[ItemOutcome, ...]:
    """Outcomes in the order of the items' names; of several items with one name the first has changed it.

    Every name is in `refused` or `ids`, unless its position is in `malformed`.
    """
    fresh = set(changed)
    outcomes: list[ItemOutcome] = []
    for position, name in enumerate(names):
        failure = malformed.get(position) or refused.get(name)
        if failure is not None:
            outcomes.append(ItemOutcome(refusal=failure))
            continue
        outcomes.append(ItemOutcome(ids[name], is_changed=name in fresh))
        fresh.discard(name)
    return tuple(outcomes)


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
