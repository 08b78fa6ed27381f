"""What employee_exp announces: who joined and who left."""

from collections.abc import Awaitable, Callable, Sequence, Set

from cxm.employee_exp.v1.events_pb2 import EmployeeJoined, EmployeeLeft
from services.kit.db.database import Sessions
from services.kit.events.consumer import Apply, Delivery
from services.kit.events.streams import EMPLOYEE_JOINED, EMPLOYEE_LEFT, METRICS_COPIES_EMPLOYMENT
from services.kit.service import Shared
from services.metrics.employment import convert, storage

AnnounceStaff = Callable[[Set[str]], Awaitable[None]]
"""Called with the departments whose employment was counted."""
FACTS: dict[str, type[EmployeeJoined | EmployeeLeft]] = {
    EMPLOYEE_JOINED: EmployeeJoined,
    EMPLOYEE_LEFT: EmployeeLeft,
}


def copy_employment(sessions: Sessions, announce: AnnounceStaff) -> Apply:
    """Keep stints, a batch at a time; events may come twice and in any order, and are announced each time."""

    async def apply(deliveries: Sequence[Delivery]) -> None:
        employments = [
            convert.kept(FACTS[delivery.subject].FromString(delivery.payload).employment)
            for delivery in deliveries
        ]
        async with sessions.begin() as session:
            departments = await storage.put_employments(session, employments)
        await announce(departments)

    return apply


def wire(shared: Shared, announce: AnnounceStaff) -> None:
    """Copy employment as it is announced."""
    apply = copy_employment(shared.database.write, announce)
    shared.consume(METRICS_COPIES_EMPLOYMENT, apply)
