"""Departments, touchpoints, the time zone and the day: asked of profile."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from cxm.profile.v1 import profile_pb2 as pb
from gateway.calls.days import day_of
from gateway.graph.base.loaders import Loader, Ref, find_ref, request_loader
from gateway.request.compiled.readers import Unusual
from gateway.request.context import Context

ROOT = Ref()
"""The root department, whose key is not known."""


def departments(context: Context) -> Loader[Ref, pb.Department | None]:
    async def load(refs: list[Ref]) -> Sequence[pb.Department | None]:
        request = pb.BatchGetDepartmentsRequest(
            ids=[ref.id for ref in refs if ref.id],
            keys=[ref.key for ref in refs if ref.key],
            root=ROOT in refs,
        )
        reply = await context.call(
            "profile", context.clients.directory.BatchGetDepartments, request
        )
        found = {Ref(id=item.id): item for item in reply.departments}
        found |= {Ref(key=item.key): item for item in reply.departments}
        root = next(filter(is_root, reply.departments), None)
        return [root if ref == ROOT else find_ref(found, ref) for ref in refs]

    return request_loader(context, "departments", load)


def is_root(department: pb.Department) -> bool:
    """The root has no parent on any day; every other department has one on every day."""
    return not any(place.HasField("parent_id") for place in department.placements)


def touchpoints(context: Context) -> Loader[Ref, pb.Touchpoint | None]:
    async def load(refs: list[Ref]) -> Sequence[pb.Touchpoint | None]:
        request = pb.BatchGetTouchpointsRequest(
            ids=[ref.id for ref in refs if ref.id], keys=[ref.key for ref in refs if ref.key]
        )
        reply = await context.call(
            "profile", context.clients.directory.BatchGetTouchpoints, request
        )
        found = {Ref(id=item.id): item for item in reply.touchpoints}
        found |= {Ref(key=item.key): item for item in reply.touchpoints}
        return [find_ref(found, ref) for ref in refs]

    return request_loader(context, "touchpoints", load)


async def time_zone(context: Context) -> ZoneInfo:
    """The organisation's time zone; asked of profile once a minute at most."""

    async def load(asked: list[str]) -> Sequence[ZoneInfo]:
        reply = await context.call(
            "profile", context.clients.directory.GetOrganization, pb.GetOrganizationRequest()
        )
        return [context.cache.keep_time_zone(reply.organization.time_zone)] * len(asked)

    known = context.cache.time_zone()
    return known if known is not None else await request_loader(context, "time_zone", load).load("")


async def today(context: Context) -> int:
    """The organisation's local day."""
    if context.today is None:
        zone = await time_zone(context)
        context.today = day_of(context.cache.now().astimezone(zone).date())
    return context.today


def today_at_once(context: Context) -> int:
    """The same where the time zone is known already; Unusual where it is not."""
    if context.today is None:
        zone = context.cache.time_zone()
        if zone is None:
            raise Unusual
        context.today = day_of(context.cache.now().astimezone(zone).date())
    return context.today
