"""Between the contract's messages and interactions."""

from datetime import UTC, datetime, timedelta
from typing import Final

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import interactions_pb2 as pb
from services.kit.errors import Invalid
from services.profile.customers.domain.identifiers import Identifier
from services.profile.facts.domain import Occurrence
from services.profile.facts.identifying import Named
from services.profile.interactions.domain.items import InteractionItem
from services.profile.interactions.domain.kinds import (
    InteractionKind,
    InteractionKindItem,
    InteractionKinds,
)
from services.profile.interactions.reading import Timeline, Whereabouts
from services.profile.interactions.storage import InteractionKey, StoredInteraction
from services.profile.interactions.withdrawing import InteractionName

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
BEFORE_ALL: Final = -(2**63)
"""Less than every mark: of an instant of which nothing is wanted any more."""


def interaction_item(message: pb.InteractionItem) -> InteractionItem:
    """An item as it was sent; Invalid for a time that no calendar has."""
    place = Occurrence(instant(message), message.department, message.touchpoint, message.channel)
    details = dict(message.details)
    return InteractionItem(
        _identifier(message), message.kind, place, message.source, message.id, details
    )


def interaction_name(message: pb.InteractionName) -> InteractionName:
    """An interaction as it was sent."""
    named = Named(_identifier(message), instant(message))
    return InteractionName(named, message.source, message.id)


def _identifier(message: pb.InteractionItem | pb.InteractionName) -> Identifier | None:
    if not message.HasField("customer"):
        return None
    return Identifier(message.customer.kind, message.customer.value)


def instant(message: pb.InteractionItem | pb.InteractionName) -> datetime:
    """When it was; Invalid for none."""
    try:
        if message.HasField("at"):
            return message.at.ToDatetime(UTC)
    except (ValueError, OverflowError):
        pass
    raise Invalid("say when it was", reason="DAYS", field=["at"])


def place_of(message: pb.TimelinePlace) -> InteractionKey:
    """A place in a timeline; Invalid for one that no calendar has."""
    try:
        at = EPOCH + message.at_us * MICROSECOND
    except OverflowError as error:
        raise Invalid("this is no place in a timeline", reason="CURSOR", field=["after"]) from error
    if message.behind_instant:
        return InteractionKey(0, at, BEFORE_ALL)
    return InteractionKey(message.alias, at, message.mark)


def timeline_message(timeline: Timeline, first: int) -> pb.ListTimelineResponse:
    """A page; what is beyond `first` says that there is more."""
    shown = timeline.interactions[:first]
    return pb.ListTimelineResponse(
        number=timeline.number,
        interactions=(_interaction_message(each, timeline.kinds) for each in shown),
        more=len(timeline.interactions) > first,
        customer_refs=timeline.refs,
    )


def _interaction_message(
    stored: StoredInteraction, kinds: InteractionKinds
) -> pb.TimelineInteraction:
    key = stored.key
    place = pb.TimelinePlace(at_us=(key.at - EPOCH) // MICROSECOND, mark=key.mark, alias=key.alias)
    return pb.TimelineInteraction(
        place=place,
        kind=kinds.key_of(stored.kind),
        department_id=stored.department_id,
        touchpoint_id=stored.touchpoint_id or "",
        stage=stored.stage or "",
        channel=stored.channel or "",
        details=stored.details,
    )


def whereabouts_message(found: Whereabouts) -> pb.GetWhereaboutsResponse:
    """Where a person stands."""
    standing = found.standing
    return pb.GetWhereaboutsResponse(
        number=found.number,
        stage=standing.stage or "",
        since=_timestamp(standing.since),
        last_contact=_timestamp(standing.last_contact),
        silent_days=found.silent_days,
    )


def _timestamp(at: datetime | None) -> Timestamp | None:
    if at is None:
        return None
    message = Timestamp()
    message.FromDatetime(at)
    return message


def kind_item(message: pb.InteractionKind) -> InteractionKindItem:
    """A kind as somebody wants it."""
    return InteractionKindItem(
        message.key, message.name, message.direction, message.contact, tuple(message.details)
    )


def kind_message(kind: InteractionKind) -> pb.InteractionKind:
    """A kind as it is."""
    return pb.InteractionKind(
        key=kind.key,
        name=kind.name,
        direction=pb.InteractionDirection.ValueType(kind.direction),
        contact=kind.is_contact,
        details=kind.details,
        built_in=kind.is_built_in,
    )
