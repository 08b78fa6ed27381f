"""Grants: what one must be to be given, and which of them changes what."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from services.kit.errors import Failure, Invalid, NotFound
from services.kit.items import Upserted, conclude, distinct
from services.kit.rights.access import Grant, Role
from services.kit.rights.tree import Tree

LONGEST_SUBJECT = 256
GRANTABLE = tuple(role for role in Role if role is not Role.SERVICE)
"""A service is never granted to a person."""


class GrantName(NamedTuple):
    """By what a grant is known; the department by key, empty for the whole organisation."""

    subject: str
    role: str
    department: str


class GrantItem(NamedTuple):
    """A grant as it is asked for; no days: since ever, and open."""

    name: GrantName
    from_on: date | None
    to_on: date | None


class StoredGrant(NamedTuple):
    """A grant as it is kept; id is a UUIDv7."""

    id: str
    item: GrantItem


def upsert_grants(
    known: Mapping[GrantName, StoredGrant],
    items: Sequence[GrantItem],
    tree: Tree,
    new_id: Callable[[], str],
) -> Upserted[StoredGrant]:
    """What becomes of each item, and the grants that are new or hold on other days."""
    by_name, malformed = distinct(items, lambda item: item.name, _check, _REPEATED)
    refused: dict[GrantName, Failure] = {}
    changed: dict[GrantName, StoredGrant] = {}
    ids: dict[GrantName, str] = {}
    for name, item in by_name.items():
        if name.department and tree.id_of(name.department) is None:
            refused[name] = NotFound("there is no such department", field=["department"])
            continue
        before = known.get(name)
        ids[name] = before.id if before else new_id()
        if before is None or before.item != item:
            changed[name] = StoredGrant(ids[name], item)
    names = [item.name for item in items]
    return Upserted(conclude(names, malformed, refused, ids, changed), tuple(changed.values()))


def grant_of(item: GrantItem) -> Grant:
    """The grant as rights are asked by it."""
    return Grant(Role(item.name.role), item.name.department or None, item.from_on, item.to_on)


def _check(item: GrantItem) -> None:
    subject, role, department = item.name
    if not subject.strip() or len(subject) > LONGEST_SUBJECT or not subject.isprintable():
        message = f"a subject has 1 to {LONGEST_SUBJECT} printable characters, e.g. oidc:4711"
        raise Invalid(message, reason="INVALID_SUBJECT", field=["subject"])
    if role not in GRANTABLE:
        message = f"there is no role {role!r} to give: name one of {', '.join(GRANTABLE)}"
        raise Invalid(message, reason="UNKNOWN_ROLE", field=["role"])
    if role == Role.DEPARTMENT_HEAD and not department:
        message = "a department_head heads a department: name it by its key"
        raise Invalid(message, reason="DEPARTMENT_REQUIRED", field=["department"])
    if item.from_on is not None and item.to_on is not None and item.from_on >= item.to_on:
        message = "`to` is the first day it holds no more: it must come after `from`"
        raise Invalid(message, reason="INVALID_RANGE", field=["to_day"])


_REPEATED = Invalid(
    "this subject, role and department stand above with other days: name each once",
    reason="REPEATED",
)
