"""All segments, and what their rules may speak of."""

from typing import Annotated

import strawberry

from cxm.profile.v1 import segments_pb2 as pb
from gateway.graph.segments.types import RuleName, RuleNameKind, Segment, segment_of
from gateway.request.context import Context, Info


@strawberry.type
class SegmentQuery:
    @strawberry.field(
        description="All segments, at most 100: those with a place by place, then the others by key. For admins and "
        "analysts of the whole organisation, null for others and when profile is away.",
        graphql_type=list[Segment] | None,
    )
    async def segments(self, info: Info) -> list[Segment] | None:
        return await _segments(info.context)

    @strawberry.field(
        description="One segment. Null for one that is not there, for who may not read segments, and when profile is "
        "away."
    )
    async def segment(
        self,
        info: Info,
        key: Annotated[str, strawberry.argument(description="`Segment.key`.")],
    ) -> Segment | None:
        return next((each for each in await _segments(info.context) if each.key == key), None)

    @strawberry.field(
        description="What rules of segments may speak of, for help while one is written. For admins and analysts of "
        "the whole organisation, null for others and when profile is away.",
        graphql_type=list[RuleName] | None,
    )
    async def rule_names(self, info: Info) -> list[RuleName] | None:
        context = info.context
        method = context.clients.segments.ListRuleNames
        reply = await context.call("profile", method, pb.ListRuleNamesRequest())
        return [
            RuleName(name=each.name, kind=RuleNameKind(each.kind), options=list(each.options))
            for each in reply.names
        ]


async def _segments(context: Context) -> list[Segment]:
    method = context.clients.segments.ListSegments
    reply = await context.call("profile", method, pb.ListSegmentsRequest())
    return list(map(segment_of, reply.segments))
