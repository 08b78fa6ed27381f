"""Departments and touchpoints."""

from collections.abc import Awaitable
from datetime import date
from typing import Annotated, Any

import strawberry

from cxm.metrics.v1 import scores_pb2
from cxm.profile.v1 import profile_pb2 as pb
from gateway.calls.days import date_of
from gateway.graph.alerts.listing import alerts_of
from gateway.graph.alerts.types import AlertConnection
from gateway.graph.base.loaders import Ref, by_key
from gateway.graph.base.node import Node, node_id
from gateway.graph.base.paging import After, Connection, First, Page, page_request
from gateway.graph.directory import loaders
from gateway.graph.directory.listing import Closed, if_said, list_departments
from gateway.graph.directory.placements import (
    ancestors_of,
    parent_at_once,
    parent_of,
    term_at_once,
    term_of,
)
from gateway.graph.linkage import Linkage, linkage_of
from gateway.graph.responses.given_pages import VerbatimConnection
from gateway.graph.responses.reading import Filter, list_verbatims
from gateway.graph.scores.drivers import DriverAnalysis, analysis_of, newest_analyses
from gateway.graph.scores.scorecard import (
    PeriodInput,
    Scorecard,
    ScoreFilter,
    days_of,
    load_scorecard,
    reading_of,
    scope_of,
)
from gateway.graph.scores.targets import Target, TargetsRef, target_of, targets
from gateway.graph.scores.values import TreeReading
from gateway.request.compiled.readers import at_once
from gateway.request.compiled.shareable import SHAREABLE
from gateway.request.context import Context, Info
from gateway.request.prices import GROWING_CALL, OWN_CALL, SHARED_CALL
from services.kit.rpc.fields import optional


@strawberry.type(description="A part of the organisation, and all that hangs under it.")
class Department(Node):
    id: strawberry.ID = strawberry.field(resolver=node_id, description="Opaque global id.")
    key: str = strawberry.field(description="The organisation's own code; does not change.")
    name: str = strawberry.field(description="For people.")

    @classmethod
    def is_type_of(cls, obj: object, _info: object) -> bool:
        return isinstance(obj, pb.Department)

    @strawberry.field(
        description="What it was called before, the latest name last, at most 20; files that use one mean "
        "this department."
    )
    @staticmethod
    def former_names(root: strawberry.Parent[pb.Department]) -> list[str]:
        return list(root.former_names)

    @strawberry.field(
        description="First local day on which it takes nothing new; its answers stay. Null while it is open."
    )
    @staticmethod
    def closed_from(root: strawberry.Parent[pb.Department]) -> date | None:
        day = optional(root, "closed_from_day")
        return None if day is None else date_of(day)

    @strawberry.field(
        description="Of a closed one: what it was merged into, under which it hangs. Null for none, above what "
        "the viewer may see, and when profile is away.",
        graphql_type="Department | None",
        metadata={**SHARED_CALL, **SHAREABLE},
    )
    @staticmethod
    async def merged_into(
        root: strawberry.Parent[pb.Department], info: Info
    ) -> pb.Department | None:
        if not root.HasField("merged_into_id"):
            return None
        return await loaders.departments(info.context).load(Ref(id=root.merged_into_id))

    @strawberry.field(
        description="What it hangs under today. Null for the root, above what the viewer may see, and "
        "when profile is away.",
        graphql_type="Department | None",
        metadata={**SHARED_CALL, **SHAREABLE, **at_once(parent_at_once)},
    )
    @staticmethod
    def parent(
        root: strawberry.Parent[pb.Department], info: Info
    ) -> Awaitable[pb.Department | None]:
        return parent_of(info.context, root)

    @strawberry.field(
        description="All above it today, the root last, as far as the viewer may see. Null when "
        "profile is away.",
        graphql_type="list[Department] | None",
        metadata={**SHARED_CALL, **SHAREABLE},
    )
    @staticmethod
    def ancestors(
        root: strawberry.Parent[pb.Department], info: Info
    ) -> Awaitable[list[pb.Department]]:
        return ancestors_of(info.context, root)

    @strawberry.field(
        description="What hangs right under it today. Null when profile is away.",
        graphql_type="Connection[Department] | None",
        metadata={**OWN_CALL, **SHAREABLE},
    )
    @staticmethod
    def children(
        root: strawberry.Parent[pb.Department],
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        closed: Closed = strawberry.UNSET,
    ) -> Awaitable[Page]:
        return list_departments(info, first, after, "", root.id, if_said(closed))

    @strawberry.field(
        description="The touchpoints it owns today. Null when profile is away.",
        graphql_type="Connection[Touchpoint] | None",
        metadata={**OWN_CALL, **SHAREABLE},
    )
    @staticmethod
    async def touchpoints(
        root: strawberry.Parent[pb.Department],
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
    ) -> Page:
        page = page_request(info, "Touchpoint", first, after)
        request = pb.ListTouchpointsRequest(
            department_id=root.id, first=page.first, after=page.after, count=page.count
        )
        reply = await info.context.call(
            "profile", info.context.clients.directory.ListTouchpoints, request
        )
        total = optional(reply, "total")
        return Page("Touchpoint", reply.touchpoints, reply.more, total, bool(page.after))

    @strawberry.field(
        description="What its scores can be filtered by, for menus. Null where the viewer may see no scores, and when "
        "metrics is away.",
        graphql_type="FilterValues | None",
        metadata=OWN_CALL,
    )
    @staticmethod
    async def filter_values(root: strawberry.Parent[pb.Department], info: Info) -> Any:
        request = scores_pb2.ListFilterValuesRequest(department_id=root.id)
        return await info.context.call(
            "metrics", info.context.clients.scores.ListFilterValues, request
        )

    @strawberry.field(
        description="Customer and staff scores over a period. Null where the viewer may see no scores, "
        "and when metrics is away.",
        graphql_type=Scorecard | None,
        metadata={**SHARED_CALL, **SHAREABLE},
    )
    @staticmethod
    async def scorecard(
        root: strawberry.Parent[pb.Department],
        info: Info,
        period: Annotated[PeriodInput, strawberry.argument(description="Which days.")],
        include_subtree: Annotated[
            bool, strawberry.argument(description="With all under it, or what is directly here.")
        ] = True,
        tree: Annotated[
            TreeReading, strawberry.argument(description="How the subtree is read over time.")
        ] = TreeReading.TODAY,
        compare_to: Annotated[
            PeriodInput | None,
            strawberry.argument(
                description="What `Score.change` compares with; may not overlap `period`."
            ),
        ] = None,
        kept: Annotated[
            ScoreFilter | None,
            strawberry.argument(name="filter", description="Which answers count; default: all."),
        ] = None,
    ) -> Any:
        scope = scope_of(period, include_subtree, tree, kept, compare_to)
        return await load_scorecard(info, root.id, scope)

    @strawberry.field(
        description="What it is to reach, by metric: at most one target for each. Null where the viewer may see no "
        "scores, and when metrics is away.",
        metadata=SHARED_CALL,
    )
    @staticmethod
    async def targets(
        root: strawberry.Parent[pb.Department],
        info: Info,
        period: Annotated[
            PeriodInput | None,
            strawberry.argument(
                description="The days whose scores `progress` is of; default: 90 days, 365 for metrics of staff, up to "
                "today, or to the due day once it is gone."
            ),
        ] = None,
        tree: Annotated[
            TreeReading, strawberry.argument(description="How the subtree is read over time.")
        ] = TreeReading.TODAY,
    ) -> list[Target] | None:
        days = None if period is None else days_of(period, "period")
        ref = TargetsRef(root.id, days, reading_of(tree))
        return [target_of(found) for found in await targets(info.context).load(ref)]

    alerts: AlertConnection | None = strawberry.field(
        resolver=alerts_of,
        description="Scores of it, and of departments under it today, that fell below their usual level; the newest "
        "first. Null where the viewer may see no scores, and when metrics is away.",
        metadata=OWN_CALL,
    )

    linkage: Linkage | None = strawberry.field(
        resolver=linkage_of,
        description="What links a score of customers and one of staff among the departments under it, as the tree is "
        "today. Null where the viewer may see no scores, and when metrics is away.",
        metadata=GROWING_CALL,
    )

    @strawberry.field(
        description="The newest analysis of drivers that is done: what goes together with a score of it; one in which "
        "there was nothing to tell only where there is no other. Null where there is none, where the viewer may see "
        "no scores, and when metrics is away.",
        metadata=OWN_CALL,
    )
    @staticmethod
    async def drivers(
        root: strawberry.Parent[pb.Department],
        info: Info,
        metric: Annotated[
            str | None,
            strawberry.argument(
                description="Key of the metric that named the outcome; default: any."
            ),
        ] = None,
        survey: Annotated[
            str | None, strawberry.argument(description="Key of the survey; default: any.")
        ] = None,
    ) -> DriverAnalysis | None:
        found = await newest_analyses(
            info.context, root.id, 1, metric=metric, survey=survey, only_done=True
        )
        return analysis_of(found[0]) if found else None

    @strawberry.field(
        description="Its analyses of drivers in any state, the newest first; 50 are kept. Null where the viewer may "
        "see no scores, and when metrics is away.",
        metadata=OWN_CALL,
    )
    @staticmethod
    async def driver_analyses(
        root: strawberry.Parent[pb.Department],
        info: Info,
        last: Annotated[int, strawberry.argument(description="How many, 1 to 50; default: 5.")] = 5,
    ) -> list[DriverAnalysis] | None:
        found = await newest_analyses(info.context, root.id, last)
        return [analysis_of(each) for each in found]

    @strawberry.field(
        description="What respondents wrote about it and all under it today, the newest first. Null for who may not "
        "read responses, and when survey is away.",
        graphql_type=VerbatimConnection | None,
        metadata=OWN_CALL,
    )
    @staticmethod
    async def verbatims(
        root: strawberry.Parent[pb.Department],
        info: Info,
        period: Annotated[PeriodInput, strawberry.argument(description="Which days.")],
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        kept: Filter = None,
    ) -> Any:
        scope = scope_of(period, include_subtree=True, tree=TreeReading.TODAY).to_read(root.id)
        return await list_verbatims(info, scope, kept, first, after)


@strawberry.type(
    description="What responses of a department, and of all under it today, have on any day: the values a `filter` can "
    "find something by, each once, in the order of letters."
)
class FilterValues:
    stages: list[str] = strawberry.field(description="Keys of journey stages, e.g. purchase.")
    channels: list[str] = strawberry.field(description="Channels, e.g. EMAIL.")
    segments: list[str] = strawberry.field(description="Customer segments.")
    languages: list[str] = strawberry.field(description="Languages, e.g. lv.")


def _stage(touchpoint: pb.Touchpoint, context: Context) -> str | None:
    return term_at_once(touchpoint, context).stage or None


@strawberry.type(description="A place where experience happens.")
class Touchpoint(Node):
    id: strawberry.ID = strawberry.field(resolver=node_id, description="Opaque global id.")
    key: str = strawberry.field(description="The organisation's own code; does not change.")
    name: str = strawberry.field(description="For people.")

    @classmethod
    def is_type_of(cls, obj: object, _info: object) -> bool:
        return isinstance(obj, pb.Touchpoint)

    @strawberry.field(
        description="Channel of its responses unless they name another, e.g. EMAIL; null for none."
    )
    @staticmethod
    def channel(root: strawberry.Parent[pb.Touchpoint]) -> str | None:
        return root.channel or None

    @strawberry.field(
        description="Key of the journey stage it belongs to today, e.g. purchase; null for none, and "
        "when profile is away.",
        metadata={**SHARED_CALL, **SHAREABLE, **at_once(_stage)},
    )
    @staticmethod
    async def stage(root: strawberry.Parent[pb.Touchpoint], info: Info) -> str | None:
        return (await term_of(info.context, root)).stage or None

    @strawberry.field(
        description="The department that owns it today. Null outside what the viewer may see, and when "
        "profile is away.",
        graphql_type=Department | None,
        metadata={**SHARED_CALL, **SHAREABLE},
    )
    @staticmethod
    async def department(
        root: strawberry.Parent[pb.Touchpoint], info: Info
    ) -> pb.Department | None:
        term = await term_of(info.context, root)
        return await loaders.departments(info.context).load(Ref(id=term.department_id))


@strawberry.type
class DirectoryQuery:
    @strawberry.field(
        description="The root department. Null for who may not see it, and when profile is away.",
        graphql_type=Department | None,
        metadata=SHAREABLE,
    )
    def organization(self, info: Info) -> Awaitable[pb.Department | None]:
        return loaders.departments(info.context).load(loaders.ROOT)

    @strawberry.field(
        description="A department by key. Null when absent or not the viewer's to see (the two look the "
        "same), and when profile is away.",
        graphql_type=Department | None,
        metadata=SHAREABLE,
    )
    def department(
        self, info: Info, key: Annotated[str, strawberry.argument(description="Its key.")]
    ) -> Awaitable[pb.Department | None]:
        return loaders.departments(info.context).load(by_key(key))

    @strawberry.field(
        description="The departments the viewer may see. Null when profile is away.",
        graphql_type=Connection[Department] | None,
        metadata=SHAREABLE,
    )
    def departments(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        search: Annotated[
            str | None, strawberry.argument(description="Part of key or name, in any case.")
        ] = strawberry.UNSET,
        closed: Closed = strawberry.UNSET,
    ) -> Awaitable[Page]:
        return list_departments(info, first, after, search or "", closed=if_said(closed))
