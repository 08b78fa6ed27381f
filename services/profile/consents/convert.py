"""Between the contract's messages and consents."""

from datetime import UTC, datetime

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import consents_pb2 as pb
from services.kit.clock import instant_text
from services.kit.errors import Invalid
from services.profile.consents.domain.statements import (
    ConsentItem,
    ConsentProof,
    ConsentStatus,
)
from services.profile.consents.domain.verdicts import Verdict
from services.profile.consents.reading import ReadConsents
from services.profile.consents.storage import ConsentKey, StoredConsent
from services.profile.customers.domain.identifiers import Identifier


def consent_item(message: pb.ConsentItem, position: int) -> ConsentItem:
    """A statement as it was sent; Invalid for a time that no calendar has, and for what it does not say at all."""
    where = ["items", str(position)]
    customer: Identifier | int
    match message.WhichOneof("customer"):
        case "number":
            customer = message.number
        case _:
            customer = Identifier(message.identifier.kind, message.identifier.value)
    return ConsentItem(
        customer,
        message.purpose,
        _status(message.status, where),
        _needed(message, where),
        message.channel,
        message.wording,
        message.given_for,
        _proof(message.proof, where),
        _instant(message.until, [*where, "until"]) if message.HasField("until") else None,
        message.source,
        message.id,
    )


def _status(sent: int, where: list[str]) -> ConsentStatus:
    try:
        return ConsentStatus(sent)
    except ValueError as error:
        message = "say whether consent was given, refused or withdrawn"
        raise Invalid(message, reason="STATUS", field=[*where, "status"]) from error


def _proof(sent: int, where: list[str]) -> ConsentProof | None:
    try:
        return ConsentProof(sent) if sent else None
    except ValueError as error:
        message = "a proof is a form, a call or a double opt-in"
        raise Invalid(message, reason="PROOF", field=[*where, "proof"]) from error


def _needed(message: pb.ConsentItem, where: list[str]) -> datetime:
    if not message.HasField("at"):
        raise Invalid("say when it was said", reason="REQUIRED", field=[*where, "at"])
    return _instant(message.at, [*where, "at"])


def _instant(sent: Timestamp, field: list[str]) -> datetime:
    try:
        at: datetime = sent.ToDatetime(UTC)
    except (ValueError, OverflowError) as error:
        raise Invalid("no calendar has this time", reason="DAYS", field=field) from error
    return at


def consents_message(read: ReadConsents, first: int) -> pb.ListConsentsResponse:
    """A page; one statement more than was asked for says that there are more."""
    shown = read.consents[:first]
    return pb.ListConsentsResponse(
        verdicts=map(_verdict, read.verdicts),
        consents=map(_consent, shown),
        cursors=[_cursor(each.key) for each in shown],
        more=len(read.consents) > first,
    )


def _verdict(verdict: Verdict) -> pb.ConsentVerdict:
    return pb.ConsentVerdict(
        purpose=verdict.purpose,
        allowed=verdict.is_allowed,
        latest=pb.ConsentStatus.ValueType(verdict.latest.status),
        since=_timestamp(verdict.latest.at),
        divided=verdict.is_divided,
    )


def _consent(stored: StoredConsent) -> pb.StoredConsent:
    return pb.StoredConsent(
        alias=stored.key.alias,
        purpose=stored.key.purpose,
        status=pb.ConsentStatus.ValueType(stored.status),
        at=_timestamp(stored.key.at),
        channel=stored.channel,
        wording=stored.wording,
        wording_hash=stored.digest.hex(),
        given_for=stored.given_for,
        proof=pb.ConsentProof.ValueType(stored.proof or 0),
        until=None if stored.until is None else _timestamp(stored.until),
        source=stored.source,
        recorded_by=stored.recorded_by,
        recorded_at=_timestamp(stored.recorded_at),
    )


def _timestamp(at: datetime) -> Timestamp:
    message = Timestamp()
    message.FromDatetime(at)
    return message


def _cursor(key: ConsentKey) -> str:
    return f"{instant_text(key.at)} {key.alias} {key.purpose} {key.mark}"


def place_after(cursor: str) -> ConsentKey | None:
    """The statement that a cursor names; None of an empty one."""
    if not cursor:
        return None
    try:
        at, alias, purpose, mark = cursor.split(" ")
        return ConsentKey(
            int(alias), purpose, datetime.fromisoformat(at).astimezone(UTC), int(mark)
        )
    except (ValueError, OverflowError) as error:
        message = "this is no cursor of consents: take it from a page"
        raise Invalid(message, reason="BAD_CURSOR", field=["after"]) from error
