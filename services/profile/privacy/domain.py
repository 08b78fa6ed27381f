"""Requests to erase a customer: how they go on, and who decides."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto
from typing import Final

from services.kit.errors import Conflict, Invalid

TERM: Final = timedelta(days=30)
"""Within which a request is answered: GDPR, article 12(3), one month."""
NOTICE: Final = timedelta(days=10)
"""So long before it is due, after 20 of 30 days, an open request is told of."""
BACKUPS_HOLD: Final = timedelta(days=35)
"""For so long backups may have what was erased."""
MOST_OPEN: Final = 50
MOST_ANSWERS: Final = 100
LONGEST_REASON: Final = 500
SERVICES: Final = ("profile", "survey")
"""All that know something of customers: each counts, erases and gives a receipt."""


class ErasureState(StrEnum):
    """How far a request is."""

    @staticmethod
    def _generate_next_value_(name: str, *_: object) -> str:
        return name

    REQUESTED = auto()
    COUNTED = auto()
    APPROVED = auto()
    REFUSED = auto()
    RUNNING = auto()
    DONE = auto()


UNDECIDED: Final = frozenset({ErasureState.REQUESTED, ErasureState.COUNTED})
APPROVED: Final = frozenset({ErasureState.APPROVED, ErasureState.RUNNING, ErasureState.DONE})


@dataclass(frozen=True, slots=True)
class Erasure:
    """A request. `alias`: the one that was asked for; `person`: whom it belonged to when it was counted or ordered;
    0 where profile knows nobody. `asked_refs`: of the customer's id that was asked for, as sent and as normalised.
    `responses`: ids of those that were asked for by receipt, until it is done.

    `numbers` and `refs`: of the aliases of its person when it was counted or ordered; `refs` only those of the
    organisation's own customer ids. `formerly`: persons that ended links led to. `is_sole`: who asked approved too.
    """

    id: str
    state: ErasureState
    person: int
    alias: int
    numbers: tuple[int, ...]
    refs: tuple[bytes, ...]
    formerly: tuple[int, ...]
    round: int
    revision: int
    requested_by: str
    requested_at: datetime
    sealed_reason: bytes | None
    announced_at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    sealed_decision: bytes | None = None
    is_sole: bool = False
    done_at: datetime | None = None
    asked_refs: tuple[bytes, ...] = ()
    responses: tuple[str, ...] = ()

    @property
    def due_at(self) -> datetime:
        return self.requested_at + TERM

    @property
    def held_until(self) -> datetime | None:
        """Until when backups may have what was erased; None before it was."""
        return None if self.done_at is None else self.done_at + BACKUPS_HOLD


def check_room(open_requests: int) -> None:
    """Conflict if there are as many open requests as there may be."""
    if open_requests >= MOST_OPEN:
        message = f"{MOST_OPEN} requests are open: decide some of them first"
        raise Conflict(message, reason="TOO_MANY_REQUESTS")


def check_undecided(erasure: Erasure) -> None:
    """Conflict once somebody has decided."""
    if erasure.state not in UNDECIDED:
        raise Conflict("this request was decided already", reason="DECIDED", field=["id"])


def is_decided_so(erasure: Erasure, *, approve: bool) -> bool:
    """Whether the same was decided before; Conflict if it was the contrary, or nothing was counted yet."""
    said = APPROVED if approve else {ErasureState.REFUSED}
    if erasure.state in said:
        return True
    check_undecided(erasure)
    if approve and erasure.state is not ErasureState.COUNTED:
        message = "not every service has counted what it would erase: approve it when they have"
        raise Conflict(message, reason="NOT_COUNTED", field=["id"])
    return False


def check_approver(erasure: Erasure, subject: str, approvers: Collection[str]) -> bool:
    """Whether who asked approves because nobody else may; Conflict if somebody else may.

    `approvers`: subjects who may approve today.
    """
    if subject != erasure.requested_by:
        return False
    if set(approvers) - {subject}:
        message = "you asked for this yourself: another privacy officer approves it"
        raise Conflict(message, reason="OWN_REQUEST", field=["id"])
    return True


def check_said(reason: str, *, is_needed: bool) -> str:
    """The reason without blanks around; Invalid (REASON) where it is too long, or absent and needed."""
    said = reason.strip()
    if len(said) > LONGEST_REASON or "\0" in said or (is_needed and not said):
        message = f"say why, in 1 to {LONGEST_REASON} characters"
        raise Invalid(message, reason="REASON", field=["reason"])
    return said
