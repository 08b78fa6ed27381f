"""Upserting touchpoints: who owns them, and to which journey stage they belong, from a day on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from services.kit.errors import Failure, Invalid, NotFound
from services.kit.items import Upserted, check_right
from services.kit.rights.access import Action, Viewer, may
from services.kit.rights.tree import History, Term, Touchpoint, Tree
from services.profile.directory.domain.moves import closed_department, join_equal
from services.profile.directory.domain.naming import check_channel, check_key, check_name
from services.profile.directory.domain.organization import STAGE_KEYS, check_day
from services.profile.directory.domain.upserts import check_room, conclude_drafts, distinct_keys

MOST_TOUCHPOINTS: Final = 100_000


@dataclass(frozen=True, slots=True)
class TouchpointItem:
    """A touchpoint as a client names it; department is a key, stage and channel may be "" for none."""

    key: str
    name: str
    department: str
    stage: str
    channel: str
    from_day: int | None


def upsert_touchpoints(
    tree: Tree,
    items: Sequence[TouchpointItem],
    viewer: Viewer,
    new_id: Callable[[], str],
    *,
    is_rehearsal: bool = False,
) -> Upserted[Touchpoint]:
    """What a call makes of the touchpoints. A new one has had its owner and stage since ever; changed ones hold
    from `from_day` (default today) until the next change already planned. Past days are for those who may move
    departments: responses that arrive late take the owner of their day.

    A touchpoint out of the viewer's sight is refused; a rehearsal takes it for absent: who only asks is not told that
    the key is taken.
    """
    today = tree.today_number
    wanted, malformed = distinct_keys(items, partial(_check, today))
    drafts: dict[str, Touchpoint] = {}
    refused: dict[str, Failure] = {}
    for item in wanted.values():
        try:
            before = _stored(tree, item, viewer, is_rehearsal=is_rehearsal)
            drafts[item.key] = _draft(tree, item, viewer, before, new_id)
        except Failure as failure:
            refused[item.key] = failure
    new = sum(draft.id not in tree.touchpoints for draft in drafts.values())
    check_room(len(tree.touchpoints) + new, largest=MOST_TOUCHPOINTS, what="touchpoints")
    return conclude_drafts(items, malformed, refused, tree.touchpoints, drafts)


def _check(today: int, item: TouchpointItem) -> None:
    check_key(item.key, "key")
    check_name(item.name)
    check_key(item.department, "department")
    check_channel(item.channel)
    if item.stage and item.stage not in STAGE_KEYS:
        raise Invalid(
            f"no such stage: use one of {', '.join(sorted(STAGE_KEYS))}, or none",
            reason="UNKNOWN_STAGE",
            field=["stage"],
        )
    if item.from_day is not None:
        check_day(item.from_day, today)


def _stored(
    tree: Tree, item: TouchpointItem, viewer: Viewer, *, is_rehearsal: bool
) -> Touchpoint | None:
    """The stored touchpoint of an item; NotFound or, in a rehearsal, None if it is out of the viewer's sight."""
    _owner(tree, item, viewer)  # what else is wrong is said first
    before = tree.touchpoint(item.key)
    if before is None:
        return None
    held = before.terms.on(tree.today_number).department_id
    if is_rehearsal and not may(viewer, Action.READ_DIRECTORY, held, tree):
        return None
    check_right(viewer, Action.ADD_TOUCHPOINTS, held, tree, _not_yours())
    return before


def _draft(
    tree: Tree,
    item: TouchpointItem,
    viewer: Viewer,
    before: Touchpoint | None,
    new_id: Callable[[], str],
) -> Touchpoint:
    owner_id, today = _owner(tree, item, viewer), tree.today_number
    owner_id = _open_owner(tree, item, viewer, owner_id)
    if before is None:
        terms = History((Term(owner_id, item.stage),))
        return Touchpoint(new_id(), item.key, item.name, 0, item.channel, terms)
    held = before.terms.on(today).department_id
    from_day = today if item.from_day is None else item.from_day
    after = replace(before, name=item.name, channel=item.channel)
    if after != before:
        check_right(viewer, Action.WRITE_TOUCHPOINTS, held, tree, _not_yours())
    term = before.terms.on(from_day)
    if (term.department_id, term.stage) == (owner_id, item.stage):
        return after
    needed = Action.WRITE_TOUCHPOINTS if from_day >= today else Action.MOVE_DEPARTMENT
    unseen = NotFound("its owner on that day is not yours", field=["from_day"])
    check_right(viewer, needed, term.department_id, tree, unseen)
    changed = before.terms.change(from_day, partial(Term, owner_id, item.stage))
    return replace(after, terms=join_equal(changed))


def _not_yours() -> NotFound:
    return NotFound("this key cannot be used: choose another one", field=["key"])


def _owner(tree: Tree, item: TouchpointItem, viewer: Viewer) -> str:
    unseen = NotFound(
        "no such department: import it first", reason="UNKNOWN_DEPARTMENT", field=["department"]
    )
    owner_id = tree.id_of(item.department)
    if owner_id is None:
        raise unseen
    check_right(viewer, Action.ADD_TOUCHPOINTS, owner_id, tree, unseen)
    return owner_id


def _open_owner(tree: Tree, item: TouchpointItem, viewer: Viewer, owner_id: str) -> str:
    """The owner, or what it was merged into by the day from which it is to own."""
    owner, day = tree.departments[owner_id], item.from_day
    day = tree.today_number if day is None else day
    if owner.closing is None or day < min(owner.closing.from_day, tree.today_number):
        return owner_id
    successor = tree.successor(owner_id, day)
    if successor is None or successor == owner_id:
        raise closed_department(owner, "department")
    unseen = NotFound("no such department", reason="UNKNOWN_DEPARTMENT", field=["department"])
    check_right(viewer, Action.ADD_TOUCHPOINTS, successor, tree, unseen)
    return successor
