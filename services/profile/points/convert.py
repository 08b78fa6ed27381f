"""Between the contract's messages and points."""

from datetime import UTC, date, datetime

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import points_pb2 as pb
from services.kit.clock import day_date, day_number, instant_text
from services.kit.errors import Invalid
from services.profile.customers.domain.identifiers import Identifier
from services.profile.points.domain import PointItem, PointKind
from services.profile.points.reading import ReadPoints
from services.profile.points.storage import PointKey, StoredPoints


def point_item(message: pb.PointItem, position: int) -> PointItem:
    """An entry as it was sent; Invalid for a time or day that no calendar has, and for what it does not say at all."""
    where = ["items", str(position)]
    return PointItem(
        Identifier(message.identifier.kind, message.identifier.value),
        message.id,
        _instant(message, where),
        message.points,
        _kind(message.kind, where),
        _day(message.expires_on, where) if message.HasField("expires_on") else None,
        message.source,
    )


def _kind(sent: int, where: list[str]) -> PointKind:
    try:
        return PointKind(sent)
    except ValueError as error:
        message = "say whether points were earned, spent or corrected"
        raise Invalid(message, reason="KIND", field=[*where, "kind"]) from error


def _instant(message: pb.PointItem, where: list[str]) -> datetime:
    field = [*where, "at"]
    if not message.HasField("at"):
        raise Invalid("say when it was", reason="REQUIRED", field=field)
    try:
        at: datetime = message.at.ToDatetime(UTC)
    except (ValueError, OverflowError) as error:
        raise Invalid("no calendar has this time", reason="DAYS", field=field) from error
    return at


def _day(number: int, where: list[str]) -> date:
    try:
        return day_date(number)
    except OverflowError as error:
        message = "no calendar has this day"
        raise Invalid(message, reason="DAYS", field=[*where, "expires_on"]) from error


def points_message(read: ReadPoints, first: int) -> pb.ListPointsResponse:
    """A page; one entry more than was asked for says that there are more."""
    shown = read.entries[:first]
    held = read.balance
    return pb.ListPointsResponse(
        balance=held.points,
        next_to_expire=held.next_to_expire,
        expires_on=None if held.expires_on is None else day_number(held.expires_on),
        entries=map(_stored, shown),
        cursors=[_cursor(each.key) for each in shown],
        more=len(read.entries) > first,
    )


def _stored(stored: StoredPoints) -> pb.StoredPoints:
    at = Timestamp()
    at.FromDatetime(stored.key.at)
    return pb.StoredPoints(
        alias=stored.key.alias,
        at=at,
        points=stored.points,
        kind=pb.PointKind.ValueType(stored.kind),
        expires_on=None if stored.expires_on is None else day_number(stored.expires_on),
        source=stored.source,
        recorded_by=stored.recorded_by,
    )


def _cursor(key: PointKey) -> str:
    return f"{instant_text(key.at)} {key.alias} {key.mark}"


def place_after(cursor: str) -> PointKey | None:
    """The entry that a cursor names; None of an empty one."""
    if not cursor:
        return None
    try:
        at, alias, mark = cursor.split(" ")
        return PointKey(int(alias), datetime.fromisoformat(at).astimezone(UTC), int(mark))
    except (ValueError, OverflowError) as error:
        message = "this is no cursor of points: take it from a page"
        raise Invalid(message, reason="BAD_CURSOR", field=["after"]) from error
