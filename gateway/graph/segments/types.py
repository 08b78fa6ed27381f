"""Segments as they are read: a rule, and whom it holds of now."""

from datetime import UTC, date
from enum import Enum

import strawberry

from cxm.profile.v1 import segments_pb2 as pb
from gateway.calls.days import date_of
from gateway.graph.base.loaders import Loader, Ref, request_loader
from gateway.graph.base.paging import After, First, PageInfo, page_info_of, page_request
from gateway.graph.base.scalars import DateTime
from gateway.request.context import Context, Info
from gateway.request.prices import OWN_CALL, SHARED_CALL
from services.kit.clock import instant_text
from services.kit.errors import Failure

MEMBERS = "SegmentMember"


@strawberry.type(description="A customer of whom a rule holds.")
class SegmentMember:
    number: str = strawberry.field(description="`Customer.number`.")
    first_day: date = strawberry.field(
        description="On which it was seen first, in the organisation's time zone."
    )


@strawberry.type(description="A page of the customers of a segment, by number.")
class SegmentMemberList:
    members: list[SegmentMember] = strawberry.field(description="The customers.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")


@strawberry.type(
    description="A group of customers by a rule. It is asked anew each time, so nobody is in it of whom the rule does "
    "not hold now."
)
class Segment:
    key: str = strawberry.field(description="Its own, e.g. home-market; rules name it by that.")
    name: str = strawberry.field(description="For people.")
    rule: str = strawberry.field(description="As it was written.")
    place: int | None = strawberry.field(
        description="1 to 32: `Customer.segment` is the first of the segments with a place whose rule holds. Null: it "
        "takes no part in that."
    )
    changed_at: DateTime = strawberry.field(description="When it was made or changed last.")

    @strawberry.field(
        description="How many customers it has, now; also those whose `Customer.segment` is another one with an "
        "earlier place. Null when profile is away.",
        metadata=SHARED_CALL,
    )
    async def count(self, info: Info) -> int | None:
        return await _counts(info.context).load(Ref(key=self.key))

    @strawberry.field(
        description="Its customers, now. Null when profile is away.", metadata=OWN_CALL
    )
    async def members(
        self, info: Info, first: First = None, after: After = None
    ) -> SegmentMemberList | None:
        page = page_request(info, MEMBERS, first, after)
        context = info.context
        request = pb.ListMembersRequest(key=self.key, first=page.first, after=int(page.after or 0))
        reply = await context.call("profile", context.clients.segments.ListMembers, request)
        return SegmentMemberList(
            members=list(map(member_of, reply.members)),
            page_info=page_info_of(
                reply.members,
                lambda member: context.cursor(MEMBERS, str(member.number)),
                more=reply.more,
                is_later=bool(page.after),
            ),
        )


@strawberry.enum(description="What stands behind a name, and how a rule asks for it.")
class RuleNameKind(Enum):
    DATE = strawberry.enum_value(
        pb.RULE_NAME_KIND_DATE, description='A day: `first_day >= date("2026-01-31")`.'
    )
    OPTION = strawberry.enum_value(
        pb.RULE_NAME_KIND_OPTION,
        description='A text that is equal to another or not: `country = "LV"`, `language in ("lv", "lt")`.',
    )
    OPTIONS = strawberry.enum_value(
        pb.RULE_NAME_KIND_OPTIONS, description='A set: `identifiers has "EMAIL"`.'
    )
    CONDITION = strawberry.enum_value(
        pb.RULE_NAME_KIND_CONDITION,
        description='True or false of one of its options: `segment("home-market")`.',
    )
    WINDOW = strawberry.enum_value(
        pb.RULE_NAME_KIND_WINDOW,
        description="A number over so many days that end today: `orders(90) > 2`, `spent(365) >= 100`.",
    )
    BOUGHT = strawberry.enum_value(
        pb.RULE_NAME_KIND_BOUGHT,
        description='True or false of an item, over so many days that end today: `bought("SKU-1", 90)`.',
    )


@strawberry.type(description="What a rule may speak of.")
class RuleName:
    name: str = strawberry.field(description="As it is written in a rule.")
    kind: RuleNameKind = strawberry.field(description="What stands behind it.")
    options: list[str] = strawberry.field(
        description="What it may be, have or take; empty: whatever text."
    )


@strawberry.type(description="What is wrong with a rule.")
class RuleIssue:
    code: str = strawberry.field(
        description="SYNTAX, UNKNOWN_NAME, UNKNOWN_OPTION, TYPE_MISMATCH, INEXACT_COMPARISON, SELF_REFERENCE or "
        "RULE_TOO_LARGE."
    )
    message: str = strawberry.field(description="For people: what is wrong, and what to do.")
    start: int = strawberry.field(
        description="The first character that is meant, counted from 0 in code points."
    )
    end: int = strawberry.field(description="The first one after it.")


def segment_of(message: pb.StoredSegment) -> Segment:
    """A segment as it is shown."""
    return Segment(
        key=message.key,
        name=message.name,
        rule=message.rule,
        place=message.place if message.HasField("place") else None,
        changed_at=DateTime(instant_text(message.changed_at.ToDatetime(UTC))),
    )


def member_of(message: pb.SegmentMember) -> SegmentMember:
    return SegmentMember(number=str(message.number), first_day=date_of(message.first_day))


def issue_of(message: pb.RuleIssue) -> RuleIssue:
    return RuleIssue(
        code=message.code, message=message.message, start=message.start, end=message.end
    )


def _counts(context: Context) -> Loader[Ref, int | None]:
    """One count for all segments that a document asks."""

    async def load(refs: list[Ref]) -> list[int | Failure | None]:
        request = pb.CountSegmentsRequest(keys=[ref.key for ref in refs])
        reply = await context.call("profile", context.clients.segments.CountSegments, request)
        return list(reply.counts)

    return request_loader(context, "segment counts", load)


def segments_of_customers(context: Context) -> Loader[Ref, Segment | None]:
    """The segment that each person is in, by its number."""

    async def load(refs: list[Ref]) -> list[Segment | Failure | None]:
        service = context.clients.segments
        request = pb.FindSegmentsRequest(numbers=[int(ref.id) for ref in refs])
        found = await context.call("profile", service.FindSegments, request)
        listed = await context.call("profile", service.ListSegments, pb.ListSegmentsRequest())
        by_key = {message.key: segment_of(message) for message in listed.segments}
        return [by_key.get(key) for key in found.keys]

    return request_loader(context, "segments of customers", load)
