"""A change of the directory: stored, numbered and announced in one transaction."""

from collections.abc import Sequence
from dataclasses import replace

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from cxm.profile.v1.events_pb2 import DepartmentChanged, TouchpointChanged
from services.kit.clock import new_id
from services.kit.db.database import Database
from services.kit.events.outbox import Outbox
from services.kit.events.streams import DEPARTMENT_CHANGED, TOUCHPOINT_CHANGED
from services.kit.rights.tree import Department, History, Placement, Touchpoint
from services.profile.directory import convert, storage
from services.profile.directory.domain.organization import (
    ROOT_KEY,
    ROOT_NAME,
    STAGES,
    check_zone,
    zone,
)

FIRST_VERSION = 1

log = structlog.get_logger()


async def found(database: Database, outbox: Outbox, time_zone: str) -> None:
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
        await _announce_departments(session, outbox, [root])
    log.info("organisation founded", time_zone=time_zone)


async def store_departments(
    session: AsyncSession, outbox: Outbox, changed: Sequence[Department]
) -> list[Department]:
    """Store and announce new states under the next version of the directory; nothing if there are none."""
    if not changed:
        return []
    version = await storage.next_version(session)
    stored = [replace(state, revision=version) for state in changed]
    await storage.put_departments(session, stored)
    await _announce_departments(session, outbox, stored)
    return stored


async def store_touchpoints(
    session: AsyncSession, outbox: Outbox, changed: Sequence[Touchpoint]
) -> None:
    """As store_departments."""
    if not changed:
        return
    version = await storage.next_version(session)
    stored = [replace(state, revision=version) for state in changed]
    await storage.put_touchpoints(session, stored)
    facts = [TouchpointChanged(touchpoint=convert.touchpoint(state)) for state in stored]
    await outbox.announce(session, TOUCHPOINT_CHANGED, *facts)


async def _announce_departments(
    session: AsyncSession, outbox: Outbox, stored: Sequence[Department]
) -> None:
    facts = [DepartmentChanged(department=convert.department(state)) for state in stored]
    await outbox.announce(session, DEPARTMENT_CHANGED, *facts)
