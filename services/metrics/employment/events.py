"""What employee_exp announces: whose employment changed, and which changes belong together."""

from collections.abc import Awaitable, Callable, Sequence, Set
from typing import Final

from cxm.employee_exp.v1.events_pb2 import EmployeeJoined, EmployeeLeft, EmploymentsChanged
from services.kit import clock
from services.kit.clock import Clock
from services.kit.db.database import Sessions
from services.kit.events.consumer import Apply, Delivery
from services.kit.events.streams import (
    EMPLOYEE_JOINED,
    EMPLOYEE_LEFT,
    EMPLOYMENTS_CHANGED,
    METRICS_COPIES_EMPLOYMENT,
    METRICS_COUNTS_EMPLOYMENTS,
)
from services.kit.service import Shared
from services.metrics.employment import convert, storage

MOST_MESSAGES: Final = 8
"""In a transaction: each has up to 2,000 employees."""

AnnounceStaff = Callable[[Set[str] | None], Awaitable[None]]
"""Called with the departments whose employment was counted; None: any, for a file was counted to its end."""
FACTS_OF_ONE: dict[str, type[EmployeeJoined | EmployeeLeft]] = {
    EMPLOYEE_JOINED: EmployeeJoined,
    EMPLOYEE_LEFT: EmployeeLeft,
}


def copy_employment(sessions: Sessions, announce: AnnounceStaff, now: Clock = clock.now) -> Apply:
    """Keep stints, a batch at a time; events may come twice and in any order, and are announced each time."""

    async def apply(deliveries: Sequence[Delivery]) -> None:
        facts = [_read(delivery) for delivery in deliveries]
        employments = [convert.kept(each) for fact in facts for each in fact.employments]
        parts = [part for fact in facts if (part := convert.part(fact))]
        async with sessions.begin() as session:
            departments = await storage.put_employments(session, employments)
            is_whole = await storage.put_parts(session, parts, now())
        await announce(None if is_whole else departments)

    return apply


def _read(delivery: Delivery) -> EmploymentsChanged:
    if delivery.subject == EMPLOYMENTS_CHANGED:
        return EmploymentsChanged.FromString(delivery.payload)
    fact = FACTS_OF_ONE[delivery.subject].FromString(delivery.payload)
    return EmploymentsChanged(employments=[fact.employment])


def wire(shared: Shared, announce: AnnounceStaff) -> None:
    """Copy employment as it is announced, by processes of this version and of the last."""
    apply = copy_employment(shared.database.write, announce)
    shared.consume(METRICS_COUNTS_EMPLOYMENTS, apply, batch=MOST_MESSAGES)
    shared.consume(METRICS_COPIES_EMPLOYMENT, apply)
