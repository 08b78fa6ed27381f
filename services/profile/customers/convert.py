"""Between the contract's messages and customers."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import customers_pb2 as pb
from services.kit.errors import Invalid
from services.profile.customers.domain.identifiers import Identifier
from services.profile.customers.domain.items import CustomerItem
from services.profile.customers.domain.kinds import IdentifierKind, KindItem, Kinds
from services.profile.customers.domain.merging import Conflict, Link, Settlement
from services.profile.customers.reading import Customer, RevealedCustomer
from services.profile.customers.storage import StoredChange

FIRST_YEAR: Final = 1900


def customer_item(message: pb.CustomerItem) -> CustomerItem:
    """An item as it was sent; Invalid for a time that no calendar has."""
    return CustomerItem(
        tuple(map(identifier, message.identifiers)),
        dict(message.attributes),
        _instant(message.first_seen) if message.HasField("first_seen") else None,
        message.source,
    )


def identifier(message: pb.Identifier) -> Identifier:
    return Identifier(message.kind, message.value)


def _instant(sent: Timestamp) -> datetime:
    try:
        at = sent.ToDatetime(UTC)
    except (ValueError, OverflowError) as error:
        raise _no_instant() from error
    if at.year < FIRST_YEAR:
        raise _no_instant()
    return at


def _no_instant() -> Invalid:
    message = f"a customer is seen for the first time after the year {FIRST_YEAR}"
    return Invalid(message, reason="DAYS", field=["first_seen"])


def _timestamp(at: datetime) -> Timestamp:
    message = Timestamp()
    message.FromDatetime(at)
    return message


def customer_message(customer: Customer) -> pb.StoredCustomer:
    """A person with its aliases and links."""
    aliases = (
        pb.StoredAlias(
            number=alias.number,
            kind=customer.kinds.key_of(alias.kind),
            first_seen=_timestamp(alias.first_seen),
        )
        for alias in customer.aliases
    )
    return pb.StoredCustomer(
        number=customer.number,
        first_seen=_timestamp(customer.first_seen),
        aliases=aliases,
        links=map(_link_message, customer.links),
        attributes=customer.attributes,
    )


def found_message(customer: Customer | None) -> pb.StoredCustomer | None:
    """A person, where there is one."""
    return None if customer is None else customer_message(customer)


def _link_message(link: Link) -> pb.StoredLink:
    return pb.StoredLink(
        a=link.pair.a,
        b=link.pair.b,
        reason=pb.LinkReason.ValueType(link.reason),
        source=link.source,
        made_by=link.made_by,
        made_at=_timestamp(link.made_at),
    )


def conflict_message(conflict: Conflict, kinds: Kinds) -> pb.Conflict:
    """A conflict; the kind by its key."""
    return pb.Conflict(
        id=conflict.id,
        a=conflict.pair.a,
        b=conflict.pair.b,
        reason=pb.ConflictReason.ValueType(conflict.reason),
        at=_timestamp(conflict.at),
        source=conflict.source,
        kind=kinds.key_of(conflict.kind) if conflict.kind else "",
    )


def settlement(sent: int) -> Settlement:
    """Invalid for none."""
    try:
        return Settlement(sent)
    except ValueError as error:
        message = "say whether to join them, to keep them apart, or to dismiss the conflict"
        raise Invalid(message, reason="SETTLEMENT", field=["settlement"]) from error


def change_message(change: StoredChange) -> pb.PersonChange:
    """An entry of the history."""
    move = change.move
    return pb.PersonChange(
        sequence=change.sequence,
        at=_timestamp(change.at),
        alias=move.alias,
        was=move.was,
        is_now=move.is_now,
        cause=pb.PersonChangeCause.ValueType(move.cause),
        link_a=move.link.a if move.link else 0,
        link_b=move.link.b if move.link else 0,
    )


def revealed_message(revealed: RevealedCustomer) -> pb.RevealCustomerResponse:
    """A person in plain text."""
    aliases = (
        pb.RevealedAlias(number=number, kind=kind, value=value)
        for number, kind, value in revealed.aliases
    )
    return pb.RevealCustomerResponse(
        number=revealed.number, aliases=aliases, attributes=revealed.attributes
    )


def kind_item(message: pb.IdentifierKind) -> KindItem:
    return KindItem(message.key, message.name.strip(), message.unique)


def kind_message(kind: IdentifierKind) -> pb.IdentifierKind:
    return pb.IdentifierKind(
        key=kind.key, name=kind.name, unique=kind.is_unique, built_in=kind.is_built_in
    )


def uuid(sent: str, field: str) -> UUID:
    """Invalid for a text that is no UUID."""
    try:
        return UUID(sent)
    except ValueError as error:
        message = "this is no id: take it from the list that names it"
        raise Invalid(message, reason="INVALID_ID", field=[field]) from error
