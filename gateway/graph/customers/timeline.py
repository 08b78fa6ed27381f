"""What a customer did and said, of all services, on one cursor: the newest first."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Annotated, Any

import strawberry

from cxm.profile.v1 import interactions_pb2 as pb
from cxm.survey.v1 import reading_pb2
from gateway.graph.base.identifiers import instant_of
from gateway.graph.base.loaders import Ref
from gateway.graph.base.paging import PageInfo, page_info_of, page_request
from gateway.graph.base.scalars import DateTime
from gateway.graph.directory.loaders import departments, touchpoints
from gateway.graph.responses.given import KeyAndName, LeadScore
from gateway.request.context import Context, Info
from services.kit.clock import instant_text
from services.kit.errors import Denied, Invalid, NotFound, Unavailable

TIMELINE = "TimelineEntry"
RESPONDED = "RESPONDED"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST_KINDS = 100
Kinds = Annotated[
    list[str] | None,
    strawberry.argument(
        description=f"Keys of `interactionKinds`, and {RESPONDED} for responses; default: all."
    ),
]


@strawberry.enum(description="Which service knows it.")
class TimelineSource(Enum):
    PROFILE = strawberry.enum_value("PROFILE", description="Interactions.")
    SURVEY = strawberry.enum_value("SURVEY", description="Responses.")


RANK = {TimelineSource.PROFILE: 1, TimelineSource.SURVEY: 2}
"""What comes first of what was at one instant: the greater."""


@strawberry.type(description="A detail of an interaction.")
class InteractionDetail:
    name: str = strawberry.field(description="A key that its kind declares.")
    value: str = strawberry.field(description="As it was recorded.")


@strawberry.type(description="Something that a customer did, or that was done with or for one.")
class TimelineEntry:
    at: DateTime = strawberry.field(description="When.")
    source: TimelineSource = strawberry.field(description="Which service knows it.")
    kind: str = strawberry.field(
        description=f"Key of one of `interactionKinds`; {RESPONDED}: answered a survey."
    )
    department: KeyAndName | None = strawberry.field(
        description="For which it counts; null: not known here yet."
    )
    touchpoint: KeyAndName | None = strawberry.field(description="Where; null: none.")
    stage: str | None = strawberry.field(
        description="Key of the journey stage, frozen; null: none."
    )
    channel: str | None = strawberry.field(description="E.g. PHONE, frozen; null: none.")
    details: list[InteractionDetail] = strawberry.field(description="By name; of a response none.")
    survey: KeyAndName | None = strawberry.field(
        description="Of a response, which it answers; null for others."
    )
    lead: LeadScore | None = strawberry.field(
        description="Of a response, how it was; null for others and where it has no score."
    )


@strawberry.type(description="A page of what a customer did and said, the newest first.")
class Timeline:
    entries: list[TimelineEntry] = strawberry.field(
        description="What departments of yours had to do with."
    )
    missing: list[TimelineSource] = strawberry.field(
        description="Services that are away: what they know is not on this page."
    )
    page_info: PageInfo = strawberry.field(description="Where this page stands.")


@strawberry.type(description="Where a customer stands, by interactions of departments of yours.")
class Whereabouts:
    stage: str | None = strawberry.field(
        description="Key of the stage of what the customer did last; null: nothing in a stage is known."
    )
    since: DateTime | None = strawberry.field(
        description="Since when without another stage in between; null as stage."
    )
    last_contact: DateTime | None = strawberry.field(
        description="When the customer and we met last; null: never in the time interactions are kept."
    )
    silent_days: int | None = strawberry.field(
        description="Local days since then; null: never met."
    )


@dataclass(frozen=True, slots=True)
class TimelinePlace:
    """A place in a timeline; entries come by falling time, source and then as their service orders them."""

    at_us: int
    source: TimelineSource
    rest: str

    def text(self) -> str:
        return f"{self.at_us} {self.source.name} {self.rest}"

    def before_in(self, source: TimelineSource) -> tuple[int, str | None]:
        """Where a service goes on: behind an entry of its own, or behind everything of an instant (None)."""
        if source is self.source:
            return self.at_us, self.rest
        is_shown = RANK[source] > RANK[self.source]  # at this instant, before the place
        return (self.at_us if is_shown else self.at_us + 1), None


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """An entry of a service with its place."""

    place: TimelinePlace
    message: Any


@dataclass(frozen=True, slots=True)
class Part:
    """What one service gave; `refs`: under which survey knows the person."""

    entries: Sequence[PlacedEntry]
    more: bool
    refs: Sequence[bytes] = ()


async def read_timeline(
    info: Info, number: int, first: int | None, after: str | None, kinds: Sequence[str] | None
) -> Timeline:
    """Of the person of an alias; survey may be away."""
    page, context = page_request(info, TIMELINE, first, after), info.context
    if len(kinds or ()) > MOST_KINDS:
        raise Invalid(f"at most {MOST_KINDS} kinds", reason="TOO_MANY", field=["kinds"])
    place = _place(page.after) if page.after else None
    own = [kind for kind in kinds or () if kind != RESPONDED]
    with_interactions, with_responses = bool(own or not kinds), not kinds or RESPONDED in kinds
    ours = await _interactions(context, number, page.first if with_interactions else 1, place, own)
    theirs, missing = Part((), more=False), []
    if with_responses and ours.refs:
        try:
            theirs = await _responses(context, ours.refs, page.first, place)
        except Unavailable:
            missing = [TimelineSource.SURVEY]
    if not with_interactions:
        ours = Part((), more=False)
    merged = sorted((*ours.entries, *theirs.entries), key=_order, reverse=True)
    shown = merged[: page.first]
    return Timeline(
        entries=await asyncio.gather(*(_entry(context, each) for each in shown)),
        missing=missing,
        page_info=page_info_of(
            shown,
            lambda each: context.cursor(TIMELINE, each.place.text()),
            more=ours.more or theirs.more or len(merged) > page.first,
            is_later=bool(page.after),
        ),
    )


async def read_whereabouts(info: Info, number: int) -> Whereabouts:
    """Of the person of an alias."""
    request = pb.GetWhereaboutsRequest(number=number)
    reply = await info.context.call(
        "profile", info.context.clients.interactions.GetWhereabouts, request
    )
    return Whereabouts(
        stage=reply.stage or None,
        since=instant_of(reply.since) if reply.HasField("since") else None,
        last_contact=instant_of(reply.last_contact) if reply.HasField("last_contact") else None,
        silent_days=reply.silent_days if reply.HasField("silent_days") else None,
    )


def _order(placed: PlacedEntry) -> tuple[int, int]:
    """What is of one service keeps its order: sorting is stable, and turned around it is too."""
    return placed.place.at_us, RANK[placed.place.source]


def _place(text: str) -> TimelinePlace:
    at_us, source, rest = text.split(" ", 2)
    return TimelinePlace(int(at_us), TimelineSource[source], rest)


async def _interactions(
    context: Context, number: int, first: int, after: TimelinePlace | None, kinds: Sequence[str]
) -> Part:
    request = pb.ListTimelineRequest(number=number, first=first, kinds=kinds)
    if after is not None:
        at_us, rest = after.before_in(TimelineSource.PROFILE)
        mark, alias = map(int, rest.split(":")) if rest else (0, 0)
        request.after.CopyFrom(
            pb.TimelinePlace(at_us=at_us, mark=mark, alias=alias, behind_instant=rest is None)
        )
    reply = await context.call("profile", context.clients.interactions.ListTimeline, request)
    entries = [
        PlacedEntry(
            TimelinePlace(
                each.place.at_us, TimelineSource.PROFILE, f"{each.place.mark}:{each.place.alias}"
            ),
            each,
        )
        for each in reply.interactions
    ]
    return Part(entries, reply.more, reply.customer_refs)


async def _responses(
    context: Context, refs: Sequence[bytes], first: int, after: TimelinePlace | None
) -> Part:
    request = reading_pb2.ListCustomerResponsesRequest(customer_refs=refs, first=first)
    if after is not None:
        at_us, rest = after.before_in(TimelineSource.SURVEY)
        request.after.CopyFrom(reading_pb2.ReadingPlace(at=at_us, row=rest or ""))
    method = context.clients.response_reading.ListCustomerResponses
    try:
        reply = await context.call("survey", method, request)
    except (Denied, NotFound):
        return Part((), more=False)
    entries = [
        PlacedEntry(TimelinePlace(each.place.at, TimelineSource.SURVEY, each.place.row), each)
        for each in reply.responses
    ]
    return Part(entries, reply.more)


async def _entry(context: Context, placed: PlacedEntry) -> TimelineEntry:
    if placed.place.source is TimelineSource.SURVEY:
        return _response(placed.message)
    message: pb.TimelineInteraction = placed.message
    found: Awaitable[tuple[Any, Any]] = asyncio.gather(
        departments(context).load(Ref(id=message.department_id)),
        _touchpoint(context, message.touchpoint_id),
    )
    department, touchpoint = await found
    at = EPOCH + timedelta(microseconds=message.place.at_us)
    return TimelineEntry(
        at=DateTime(instant_text(at)),
        source=TimelineSource.PROFILE,
        kind=message.kind,
        department=department,
        touchpoint=touchpoint,
        stage=message.stage or None,
        channel=message.channel or None,
        details=[
            InteractionDetail(name=name, value=value)
            for name, value in sorted(message.details.items())
        ],
        survey=None,
        lead=None,
    )


async def _touchpoint(context: Context, id_: str) -> Any:
    return await touchpoints(context).load(Ref(id=id_)) if id_ else None


def _response(message: reading_pb2.ReadContext) -> TimelineEntry:
    given: Any = message
    return TimelineEntry(
        at=DateTime(message.occurred_at),
        source=TimelineSource.SURVEY,
        kind=RESPONDED,
        department=given.department,
        touchpoint=given.touchpoint if message.HasField("touchpoint") else None,
        stage=message.stage or None,
        channel=message.channel or None,
        details=[],
        survey=given.survey,
        lead=given.lead if message.HasField("lead") else None,
    )
