"""An interaction as it is sent, and what makes it a good one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from services.kit.errors import Invalid
from services.profile.customers.domain.identifiers import Identifier
from services.profile.facts.domain import LONGEST_ID, Occurrence, mark
from services.profile.interactions.domain.kinds import MOST_KEYS, InteractionKind, InteractionKinds

MOST_ITEMS: Final = 1_000
LONGEST_SOURCE: Final = 100
LONGEST_DETAIL: Final = 100
"""A detail is a word of a list, no free text: people write names into that."""
MOST_BYTES: Final = 2_048


@dataclass(frozen=True, slots=True, repr=False)
class InteractionItem:
    """What happened, and with whom; None: with nobody in particular. Personal data."""

    customer: Identifier | None
    kind: str
    place: Occurrence
    source: str
    id: str
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class CheckedInteraction:
    """An item in which all is well but perhaps customer and place."""

    kind: InteractionKind
    mark: int
    details: Mapping[str, str]


def check_interaction(item: InteractionItem, kinds: InteractionKinds) -> CheckedInteraction:
    """Invalid with the field and the reason: UNKNOWN_KIND, ID, SOURCE, DETAILS."""
    kind = kinds.find(item.kind)
    if kind is None:
        message = "there is no such kind of interactions: list those there are, or make one"
        raise Invalid(message, reason="UNKNOWN_KIND", field=["kind"])
    return CheckedInteraction(kind, checked_mark(item.source, item.id), _details(item, kind))


def checked_mark(source: str, id_: str) -> int:
    """By which a fact is known; Invalid (ID, SOURCE)."""
    if not id_ or len(id_) > LONGEST_ID or not id_.isprintable():
        message = f"the id that its source has for it has 1 to {LONGEST_ID} printable characters"
        raise Invalid(message, reason="ID", field=["id"])
    if len(source) > LONGEST_SOURCE or not source.isprintable():
        message = f"a source has at most {LONGEST_SOURCE} printable characters"
        raise Invalid(message, reason="SOURCE", field=["source"])
    return mark(source, id_)


def _details(item: InteractionItem, kind: InteractionKind) -> Mapping[str, str]:
    unknown = next((key for key in item.details if key not in kind.details), None)
    if unknown is not None:
        declared = ", ".join(kind.details) or "none"
        message = f"interactions of this kind have these details: {declared}"
        raise Invalid(message, reason="DETAILS", field=["details", unknown])
    for key, value in item.details.items():
        if not value or len(value) > LONGEST_DETAIL or not value.isprintable():
            message = f"a detail is one line of 1 to {LONGEST_DETAIL} characters"
            raise Invalid(message, reason="DETAILS", field=["details", key])
    size = sum(len(key.encode()) + len(value.encode()) for key, value in item.details.items())
    if len(item.details) > MOST_KEYS or size > MOST_BYTES:
        message = f"details are at most {MOST_KEYS}, of {MOST_BYTES} bytes in all"
        raise Invalid(message, reason="DETAILS", field=["details"])
    return item.details
