"""What employee_exp announces: who joined and who left."""

from sqlalchemy.ext.asyncio import AsyncSession

from cxm.employee_exp.v1.events_pb2 import EmployeeJoined, EmployeeLeft
from services.kit.events.consumer import Handler, in_session
from services.kit.events.streams import EMPLOYEE_JOINED, EMPLOYEE_LEFT, METRICS_COPIES_EMPLOYMENT
from services.kit.service import Shared
from services.metrics.employment import convert, storage


async def copy_employment(session: AsyncSession, event: EmployeeJoined | EmployeeLeft) -> None:
    """Keep an employee's stints; events may come twice and in any order."""
    employment = event.employment
    stints = convert.stints(employment)
    await storage.put_employment(session, employment.employee_id, employment.revision, stints)


HANDLERS = {
    EMPLOYEE_JOINED: Handler(EmployeeJoined, copy_employment),
    EMPLOYEE_LEFT: Handler(EmployeeLeft, copy_employment),
}


def wire(shared: Shared) -> None:
    """Copy employment as it is announced."""
    shared.consume(METRICS_COPIES_EMPLOYMENT, in_session(shared.database.write, HANDLERS))
