"""Every dataloader: one call per request and service for what many fields ask at once.

Messages are looked up by what they were asked for; what is absent and what the viewer may not see is None.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from strawberry.dataloader import DataLoader

from cxm.metrics.v1 import definitions_pb2, scores_pb2
from cxm.profile.v1 import profile_pb2
from cxm.survey.v1 import surveys_pb2
from gateway.graph.base.scalars import day_of
from gateway.request.context import Context
from services.kit.errors import Denied, Invalid

LARGEST_BATCH = 1_000

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Ref:
    """An object named by id or by key; neither: the root department."""

    id: str = ""
    key: str = ""


ROOT = Ref()


def by_key(key: str) -> Ref:
    """Named by key; the empty key names nothing."""
    if not key:
        raise Invalid("the key is empty", reason="EMPTY_KEY", field=["key"])
    return Ref(key=key)


@dataclass(frozen=True, slots=True)
class Scope:
    """Over which days, and which departments, a score is taken; of which answers; and what it is compared with."""

    from_day: int
    to_day: int
    include_subtree: bool
    tree: scores_pb2.TreeReading.ValueType
    filter: tuple[tuple[str, str], ...] = ()  # (field of the contract's filter, key), in one order
    compare_to: tuple[int, int] | None = None  # from day, to day

    def message(self) -> scores_pb2.Scope:
        return scores_pb2.Scope(
            from_day=self.from_day,
            to_day=self.to_day,
            include_subtree=self.include_subtree,
            tree=self.tree,
            filter=scores_pb2.Filter(**dict(self.filter)) if self.filter else None,
        )

    def days_to_compare(self) -> scores_pb2.Days | None:
        if self.compare_to is None:
            return None
        return scores_pb2.Days(from_day=self.compare_to[0], to_day=self.compare_to[1])


@dataclass(frozen=True, slots=True)
class ScorecardRef:
    """One department's scorecard; no metrics named: all."""

    department_id: str
    scope: Scope
    metrics: tuple[str, ...]


def departments(context: Context) -> DataLoader[Ref, profile_pb2.Department | None]:
    async def load(refs: list[Ref]) -> Sequence[profile_pb2.Department | None]:
        request = profile_pb2.BatchGetDepartmentsRequest(
            ids=[ref.id for ref in refs if ref.id],
            keys=[ref.key for ref in refs if ref.key],
            root=ROOT in refs,
        )
        reply = await context.call("profile", context.clients.profile.BatchGetDepartments, request)
        found = {Ref(id=item.id): item for item in reply.departments}
        found |= {Ref(key=item.key): item for item in reply.departments}
        root = next(filter(is_root, reply.departments), None)
        return [root if ref == ROOT else found.get(ref) for ref in refs]

    return _loader(context, "departments", load)


def is_root(department: profile_pb2.Department) -> bool:
    """The root has no parent on any day; every other department has one on every day."""
    return not any(place.HasField("parent_id") for place in department.placements)


def touchpoints(context: Context) -> DataLoader[Ref, profile_pb2.Touchpoint | None]:
    async def load(refs: list[Ref]) -> Sequence[profile_pb2.Touchpoint | None]:
        request = profile_pb2.BatchGetTouchpointsRequest(ids=[ref.id for ref in refs])
        reply = await context.call("profile", context.clients.profile.BatchGetTouchpoints, request)
        found = {item.id: item for item in reply.touchpoints}
        return [found.get(ref.id) for ref in refs]

    return _loader(context, "touchpoints", load)


def surveys(context: Context) -> DataLoader[Ref, surveys_pb2.Survey | None]:
    async def load(refs: list[Ref]) -> Sequence[surveys_pb2.Survey | None]:
        request = surveys_pb2.BatchGetSurveysRequest(
            ids=[ref.id for ref in refs if ref.id], keys=[ref.key for ref in refs if ref.key]
        )
        reply = await context.call("survey", context.clients.surveys.BatchGetSurveys, request)
        found = {Ref(id=item.id): item for item in reply.surveys}
        found |= {Ref(key=item.key): item for item in reply.surveys}
        return [found.get(ref) for ref in refs]

    return _loader(context, "surveys", load)


def scorecards(context: Context) -> DataLoader[ScorecardRef, scores_pb2.Scorecard | None]:
    """One call for all departments that are asked for the same period, reading and metrics."""

    async def load_group(
        scope: Scope, metrics: tuple[str, ...], ids: list[str]
    ) -> dict[ScorecardRef, scores_pb2.Scorecard | Denied]:
        request = scores_pb2.GetScorecardsRequest(
            department_ids=ids,
            scope=scope.message(),
            metrics=metrics,
            compare_to=scope.days_to_compare(),
        )
        reply = await context.call("metrics", context.clients.scores.GetScorecards, request)
        denied = Denied("your role does not allow this (read scores)")
        found: dict[str, scores_pb2.Scorecard | Denied] = dict.fromkeys(reply.denied_ids, denied)
        found |= {card.department_id: card for card in reply.scorecards}
        return {ScorecardRef(key, scope, metrics): card for key, card in found.items()}

    async def load(refs: list[ScorecardRef]) -> Sequence[scores_pb2.Scorecard | Denied | None]:
        groups: dict[tuple[Scope, tuple[str, ...]], list[str]] = defaultdict(list)
        for ref in refs:
            groups[ref.scope, ref.metrics].append(ref.department_id)
        found: dict[ScorecardRef, scores_pb2.Scorecard | Denied] = {}
        for part in await asyncio.gather(
            *(load_group(scope, metrics, ids) for (scope, metrics), ids in groups.items())
        ):
            found |= part
        return [found.get(ref) for ref in refs]

    return _loader(context, "scorecards", load)


def definitions(context: Context) -> DataLoader[tuple[str, int], definitions_pb2.Definition | None]:
    async def load(keys: list[tuple[str, int]]) -> Sequence[definitions_pb2.Definition | None]:
        await list_definitions(context, all_versions=True)
        return [context.facts.definitions.get(key) for key in keys]

    return _loader(context, "definitions", load)


async def list_definitions(
    context: Context, *, all_versions: bool = False
) -> Sequence[definitions_pb2.Definition]:
    """The newest version of each metric, or all; remembered for the definitions that scores name."""
    request = definitions_pb2.ListDefinitionsRequest(all_versions=all_versions)
    reply = await context.call("metrics", context.clients.definitions.ListDefinitions, request)
    context.facts.learn_definitions(reply.definitions)
    return reply.definitions


async def time_zone(context: Context) -> ZoneInfo:
    """The organisation's time zone; asked of profile once a minute at most."""

    async def load(asked: list[str]) -> Sequence[ZoneInfo]:
        reply = await context.call(
            "profile", context.clients.profile.GetOrganization, profile_pb2.GetOrganizationRequest()
        )
        return [context.facts.learn_time_zone(reply.organization.time_zone)] * len(asked)

    known = context.facts.time_zone()
    return known if known is not None else await _loader(context, "time_zone", load).load("")


async def today(context: Context) -> int:
    """The organisation's local day."""
    zone = await time_zone(context)
    return day_of(context.facts.now().astimezone(zone).date())


def _loader(
    context: Context,
    name: str,
    load: Callable[[list[Key]], Awaitable[Sequence[Value | BaseException]]],
) -> DataLoader[Key, Value]:
    """The request's loader of a name; its calls end with the request. A failure is raised for its key alone."""

    async def load_tracked(keys: list[Key]) -> Sequence[Value | BaseException]:
        context.track()
        return await load(keys)

    loader: DataLoader[Key, Any] | None = context.loaders.get(name)
    if loader is None:
        loader = DataLoader(load_fn=load_tracked, max_batch_size=LARGEST_BATCH)
        context.loaders[name] = loader
    return loader
