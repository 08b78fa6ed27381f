"""The first start: the organisation, its root and its stages."""

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.clock import new_id
from services.kit.db.database import Database
from services.kit.events.outbox import Outbox
from services.kit.events.streams import DEPARTMENT_CHANGED, TOUCHPOINT_CHANGED
from services.kit.rights.tree import Department, History, Placement
from services.profile.directory import convert, storage
from services.profile.directory.domain.organization import (
    ROOT_KEY,
    ROOT_NAME,
    STAGES,
    check_zone,
    zone,
)

FIRST_VERSION = 1
BEFORE_ALL = -1

log = structlog.get_logger()


async def announce_all(outbox: Outbox, session: AsyncSession) -> None:
    """Announce the whole directory as it is now; who knows a revision already changes nothing."""
    departments = await storage.departments_since(session, BEFORE_ALL)
    touchpoints = await storage.touchpoints_since(session, BEFORE_ALL)
    await outbox.announce(
        session, DEPARTMENT_CHANGED, *map(convert.department_changed, departments)
    )
    await outbox.announce(
        session, TOUCHPOINT_CHANGED, *map(convert.touchpoint_changed, touchpoints)
    )


async def ensure_organization(database: Database, outbox: Outbox, time_zone: str) -> None:
    """Make the organisation with its root and stages on the first start; Conflict if it counts days elsewhere.

    Of replicas that start together one makes it, and the others find it.
    """
    zone(time_zone)
    async with database.write.begin() as session:
        await storage.lock_directory(session)
        organization = await storage.find_organization(session)
        if organization is not None:
            check_zone(organization.time_zone, time_zone)
            return
        place = History((Placement(None),))
        root = Department(new_id(), ROOT_KEY, ROOT_NAME, FIRST_VERSION, place)
        await storage.put_departments(session, [root])
        organization = storage.Organization(time_zone, root.id, FIRST_VERSION)
        await storage.add_organization(session, organization, STAGES)
        await outbox.announce(session, DEPARTMENT_CHANGED, convert.department_changed(root))
    log.info("organisation founded", time_zone=time_zone)
