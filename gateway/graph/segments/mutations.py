"""Segments made, changed, removed and tried."""

import strawberry

from cxm.profile.v1 import segments_pb2 as pb
from gateway.graph.base.mutations import Input, UserError, mutate
from gateway.graph.segments.types import (
    RuleIssue,
    Segment,
    SegmentMember,
    issue_of,
    member_of,
    segment_of,
)
from gateway.request.context import Context, Info

_RULE = 'At most 2,000 characters, e.g. `country = "LV" and not (identifiers has "EMAIL")`; names are in `ruleNames`.'


@strawberry.input(description="A segment. One with this key is replaced.")
class UpsertSegmentInput:
    key: str = strawberry.field(
        description="At most 64 letters, digits, dots, hyphens and underscores."
    )
    name: str = strawberry.field(description="For people, 1 to 100 characters.")
    rule: str = strawberry.field(description=_RULE)
    place: int | None = strawberry.field(default=None, description="`Segment.place`; absent: none.")


@strawberry.input(description="Which segment is removed.")
class RemoveSegmentInput:
    key: str = strawberry.field(description="`Segment.key`.")


@strawberry.input(description="A rule to try.")
class PreviewSegmentInput:
    rule: str = strawberry.field(description=_RULE)
    key: str | None = strawberry.field(
        default=None,
        description="Of the segment that is to get the rule, which must not name itself; absent: a new one.",
    )


@strawberry.type(description="What became of a segment.")
class UpsertSegmentPayload:
    segment: Segment | None = strawberry.field(
        default=None, description="As it is now; null when it was refused."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list,
        description="Why it was refused, e.g. UNKNOWN_NAME with the place in the message, SELF_REFERENCE, "
        "TOO_MANY_SEGMENTS.",
    )


@strawberry.type(description="What was removed.")
class RemoveSegmentPayload:
    removed: bool = strawberry.field(default=False, description="False: there was none.")
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why not, e.g. IN_USE while another rule names it."
    )


@strawberry.type(
    description="Whom a rule would hold of, or what is wrong with it. Nothing was stored."
)
class PreviewSegmentPayload:
    count: int | None = strawberry.field(
        default=None, description="How many customers; null where something is wrong."
    )
    members: list[SegmentMember] = strawberry.field(
        default_factory=list, description="At most ten of them, by number."
    )
    issue: RuleIssue | None = strawberry.field(
        default=None, description="What is wrong with the rule; null where nothing is."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why it was not tried."
    )


@strawberry.type
class SegmentMutation:
    @strawberry.field(
        description="Make a segment, or change it. Repeatable. Admins and analysts of the whole organisation."
    )
    async def upsert_segment(
        self, info: Info, given: Input[UpsertSegmentInput]
    ) -> UpsertSegmentPayload:
        return await mutate(UpsertSegmentPayload, _upsert(info.context, given))

    @strawberry.field(
        description="Remove a segment that no other rule names. Repeatable. Admins and analysts of the whole "
        "organisation."
    )
    async def remove_segment(
        self, info: Info, given: Input[RemoveSegmentInput]
    ) -> RemoveSegmentPayload:
        return await mutate(RemoveSegmentPayload, _remove(info.context, given))

    @strawberry.field(
        description="Try a rule: how many customers it holds of, and ten of them. Changes nothing. Admins and analysts "
        "of the whole organisation."
    )
    async def preview_segment(
        self, info: Info, given: Input[PreviewSegmentInput]
    ) -> PreviewSegmentPayload:
        return await mutate(PreviewSegmentPayload, _preview(info.context, given))


async def _upsert(context: Context, given: UpsertSegmentInput) -> UpsertSegmentPayload:
    request = pb.UpsertSegmentRequest(
        key=given.key, name=given.name, rule=given.rule, place=given.place
    )
    reply = await context.call("profile", context.clients.segments.UpsertSegment, request)
    return UpsertSegmentPayload(segment=segment_of(reply.segment))


async def _remove(context: Context, given: RemoveSegmentInput) -> RemoveSegmentPayload:
    request = pb.RemoveSegmentRequest(key=given.key)
    reply = await context.call("profile", context.clients.segments.RemoveSegment, request)
    return RemoveSegmentPayload(removed=reply.removed)


async def _preview(context: Context, given: PreviewSegmentInput) -> PreviewSegmentPayload:
    request = pb.PreviewSegmentRequest(rule=given.rule, key=given.key or "")
    reply = await context.call("profile", context.clients.segments.PreviewSegment, request)
    if reply.HasField("issue"):
        return PreviewSegmentPayload(issue=issue_of(reply.issue))
    return PreviewSegmentPayload(count=reply.count, members=list(map(member_of, reply.members)))
