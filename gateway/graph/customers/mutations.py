"""Saying who customers are: identifiers and attributes, who is one person and who is not, and seeing them in "
"plain text."""

from enum import Enum

import strawberry

from cxm.profile.v1 import customers_pb2 as pb
from gateway.graph.base.batch import UpsertPayload, check_items, upsert_results
from gateway.graph.base.identifiers import KIND, IdentifierInput, timestamp_of
from gateway.graph.base.mutations import Input, UserError, mutate
from gateway.graph.base.scalars import DateTime
from gateway.graph.customers.numbers import number_of
from gateway.graph.customers.types import (
    Customer,
    CustomerConflict,
    conflict_of,
    customer_of,
)
from gateway.request.context import Context, Info

NAMES = {"items": "customers", "key": "name"}
LONGEST_REASON = 500
_REASON = f"Why, for people: 1 to {LONGEST_REASON} characters; kept with what was done, as it was written."


@strawberry.input(description="What is known of a customer beside identifiers.")
class CustomerAttributeInput:
    name: str = strawberry.field(
        description="At most 64 letters, digits, dots, hyphens and underscores, e.g. name, country or plan; a customer "
        "has at most 100."
    )
    value: str = strawberry.field(
        description="One line of at most 500 characters; empty: not known any more."
    )


@strawberry.input(
    description="A customer: identifiers of one person, and what is known of it. Attributes that are not named stay."
)
class CustomerInput:
    identifiers: list[IdentifierInput] = strawberry.field(
        description="1 to 50; all of one person. Two that cannot be of one person are a conflict, and both are stored."
    )
    attributes: list[CustomerAttributeInput] | None = strawberry.field(
        default=None, description="What is known; kept at the first of the identifiers."
    )
    first_seen: DateTime | None = strawberry.field(
        default=None, description="When the customer was first seen; absent: now."
    )
    source: str | None = strawberry.field(
        default=None, description="Who says so, e.g. webshop; at most 100 characters."
    )


@strawberry.input(description="1 to 1,000 customers, in any order.")
class UpsertCustomersInput:
    customers: list[CustomerInput] = strawberry.field(description="Who they are.")


@strawberry.type(
    description="What became of each customer; the key of a result is the number of its person. A bad one harms no "
    "neighbour; an instant that is none refuses the call."
)
class UpsertCustomersPayload(UpsertPayload):
    conflicts: int = strawberry.field(
        default=0, description="Links that were refused and wait in `customerConflicts`."
    )


@strawberry.input(description="Two aliases by their numbers.")
class LinkCustomersInput:
    a: str = strawberry.field(description="Number of an alias.")
    b: str = strawberry.field(description="Number of another one.")
    reason: str = strawberry.field(description=_REASON)


@strawberry.input(description="The two aliases of a link, by their numbers.")
class UnlinkCustomersInput:
    a: str = strawberry.field(description="`CustomerLink.a`.")
    b: str = strawberry.field(description="`CustomerLink.b`.")
    reason: str = strawberry.field(description=_REASON)


@strawberry.enum(description="What becomes of a link that was refused.")
class CustomerSettlement(Enum):
    JOIN = strawberry.enum_value(
        pb.SETTLEMENT_JOIN,
        description="They are one person. Where two values of a kind would meet that one has once, or more than 50 "
        "aliases: admins only.",
    )
    APART = strawberry.enum_value(
        pb.SETTLEMENT_APART, description="They are two, now and whatever is said later."
    )
    DISMISS = strawberry.enum_value(
        pb.SETTLEMENT_DISMISS,
        description="Nothing is said: the same link sent again is a new conflict.",
    )


@strawberry.input(description="What becomes of a link that was refused.")
class SettleConflictInput:
    id: strawberry.ID = strawberry.field(description="`CustomerConflict.id`.")
    settlement: CustomerSettlement = strawberry.field(description="What becomes of it.")
    reason: str = strawberry.field(description=_REASON)


@strawberry.input(description="Whom to see in plain text, and why.")
class RevealCustomerInput:
    number: str = strawberry.field(description="Of any of its aliases.")
    reason: str = strawberry.field(
        description="Why it is needed, for people: 10 to 500 characters; kept with who asked and when."
    )


@strawberry.type(description="What became of it.")
class LinkCustomersPayload:
    customer: Customer | None = strawberry.field(
        default=None, description="Who has both now; null where there is a conflict or a refusal."
    )
    conflict: CustomerConflict | None = strawberry.field(
        default=None, description="Why they are not one; null where they are."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why nothing was done, e.g. NOT_FOUND."
    )


@strawberry.type(description="What became of it.")
class UnlinkCustomersPayload:
    customers: list[Customer] = strawberry.field(
        default_factory=list,
        description="Who has the one and who has the other now: one where other links join them still.",
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why nothing was done, e.g. NOT_FOUND."
    )


@strawberry.type(description="What became of it.")
class SettleConflictPayload:
    customer: Customer | None = strawberry.field(
        default=None, description="Who has both now; null where they are not joined."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why nothing was done, e.g. NOT_FOUND."
    )


@strawberry.type(description="What is known of a customer beside identifiers, in plain text.")
class CustomerAttribute:
    name: str = strawberry.field(description="Its key.")
    value: str = strawberry.field(description="As it was said last.")


@strawberry.type(description="By what a customer is known, in plain text.")
class RevealedAlias:
    number: str = strawberry.field(description="`CustomerAlias.number`.")
    kind: str = strawberry.field(description=f"{KIND}.")
    value: str = strawberry.field(
        description="As it is compared: e-mail addresses without case, phones in E.164."
    )


@strawberry.type(description="A customer in plain text.")
class RevealCustomerPayload:
    number: str | None = strawberry.field(
        default=None, description="The person's; null when it was refused."
    )
    aliases: list[RevealedAlias] = strawberry.field(
        default_factory=list, description="What it is known by, by number."
    )
    attributes: list[CustomerAttribute] = strawberry.field(
        default_factory=list, description="By name."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why nothing was told, e.g. NOT_FOUND, REASON."
    )


@strawberry.input(description="A kind of identifier of the organisation's own.")
class IdentifierKindInput:
    key: str = strawberry.field(description="A-Z, 0-9 and _, at most 30 characters, e.g. LOYALTY.")
    name: str = strawberry.field(description="For people, 1 to 100 characters.")
    unique: bool = strawberry.field(
        description="Whether a person has at most one; it cannot change later."
    )


@strawberry.input(description="1 to 30 kinds of identifiers.")
class UpsertIdentifierKindsInput:
    kinds: list[IdentifierKindInput] = strawberry.field(description="Kinds to make or to rename.")


@strawberry.type(description="What became of each kind.")
class UpsertIdentifierKindsPayload(UpsertPayload):
    pass


@strawberry.type
class CustomerMutation:
    @strawberry.field(
        description="Say who customers are. Identifiers are kept sealed and as keyed hashes; those of one customer are "
        "joined. Repeatable. Admins, analysts and integrations of the whole organisation."
    )
    async def upsert_customers(
        self, info: Info, given: Input[UpsertCustomersInput]
    ) -> UpsertCustomersPayload:
        return await mutate(UpsertCustomersPayload, _upsert(info.context, given), NAMES)

    @strawberry.field(
        description="Say that two aliases are of one person. What cannot be is a conflict, which is answered and waits "
        "to be settled. Repeatable. Admins and analysts of the whole organisation."
    )
    async def link_customers(
        self, info: Info, given: Input[LinkCustomersInput]
    ) -> LinkCustomersPayload:
        return await mutate(LinkCustomersPayload, _link(info.context, given))

    @strawberry.field(
        description="End a link and keep the two apart, whatever is said later; what else joins them stays. Admins, "
        "analysts and privacy officers of the whole organisation. Repeatable."
    )
    async def unlink_customers(
        self, info: Info, given: Input[UnlinkCustomersInput]
    ) -> UnlinkCustomersPayload:
        return await mutate(UnlinkCustomersPayload, _unlink(info.context, given))

    @strawberry.field(
        description="Say what becomes of a link that was refused. Admins and analysts of the whole organisation."
    )
    async def settle_conflict(
        self, info: Info, given: Input[SettleConflictInput]
    ) -> SettleConflictPayload:
        return await mutate(SettleConflictPayload, _settle(info.context, given))

    @strawberry.field(
        description="See identifiers and attributes of a customer in plain text. The audit log has who asked, "
        "when, and of whom. Admins and privacy officers of the whole organisation."
    )
    async def reveal_customer(
        self, info: Info, given: Input[RevealCustomerInput]
    ) -> RevealCustomerPayload:
        return await mutate(RevealCustomerPayload, _reveal(info.context, given))

    @strawberry.field(
        description="Make kinds of identifiers, at most 30, or rename them. Repeatable. Admins and analysts of the "
        "whole organisation."
    )
    async def upsert_identifier_kinds(
        self, info: Info, given: Input[UpsertIdentifierKindsInput]
    ) -> UpsertIdentifierKindsPayload:
        return await mutate(UpsertIdentifierKindsPayload, _upsert_kinds(info.context, given))


async def _upsert(context: Context, given: UpsertCustomersInput) -> UpsertCustomersPayload:
    check_items(given.customers, "customers")
    items = [_item(index, customer) for index, customer in enumerate(given.customers)]
    reply = await context.call(
        "profile",
        context.clients.customers.UpsertCustomers,
        pb.UpsertCustomersRequest(items=items),
    )
    numbers = [result.id for result in reply.results]
    results = upsert_results(reply.results, numbers, NAMES)
    return UpsertCustomersPayload(results=results, conflicts=reply.conflicts)


async def _link(context: Context, given: LinkCustomersInput) -> LinkCustomersPayload:
    request = pb.LinkCustomersRequest(
        a=number_of(given.a, "a"), b=number_of(given.b, "b"), reason=given.reason
    )
    reply = await context.call("profile", context.clients.customers.LinkCustomers, request)
    return LinkCustomersPayload(
        customer=customer_of(reply.customer) if reply.HasField("customer") else None,
        conflict=conflict_of(reply.conflict) if reply.HasField("conflict") else None,
    )


async def _unlink(context: Context, given: UnlinkCustomersInput) -> UnlinkCustomersPayload:
    request = pb.UnlinkCustomersRequest(
        a=number_of(given.a, "a"), b=number_of(given.b, "b"), reason=given.reason
    )
    reply = await context.call("profile", context.clients.customers.UnlinkCustomers, request)
    persons = {person.number: person for person in (reply.of_a, reply.of_b)}
    return UnlinkCustomersPayload(customers=[customer_of(person) for person in persons.values()])


async def _settle(context: Context, given: SettleConflictInput) -> SettleConflictPayload:
    request = pb.SettleConflictRequest(
        id=given.id,
        settlement=pb.Settlement.Value(f"SETTLEMENT_{given.settlement.name}"),
        reason=given.reason,
    )
    reply = await context.call("profile", context.clients.customers.SettleConflict, request)
    is_joined = reply.HasField("customer")
    return SettleConflictPayload(customer=customer_of(reply.customer) if is_joined else None)


async def _reveal(context: Context, given: RevealCustomerInput) -> RevealCustomerPayload:
    request = pb.RevealCustomerRequest(
        number=number_of(given.number, "number"), reason=given.reason
    )
    reply = await context.call("profile", context.clients.customers.RevealCustomer, request)
    aliases = [
        RevealedAlias(number=str(alias.number), kind=alias.kind, value=alias.value)
        for alias in reply.aliases
    ]
    attributes = [
        CustomerAttribute(name=name, value=value)
        for name, value in sorted(reply.attributes.items())
    ]
    return RevealCustomerPayload(number=str(reply.number), aliases=aliases, attributes=attributes)


async def _upsert_kinds(
    context: Context, given: UpsertIdentifierKindsInput
) -> UpsertIdentifierKindsPayload:
    kinds = [
        pb.IdentifierKind(key=kind.key, name=kind.name, unique=kind.unique) for kind in given.kinds
    ]
    request = pb.UpsertIdentifierKindsRequest(kinds=kinds)
    reply = await context.call("profile", context.clients.customers.UpsertIdentifierKinds, request)
    keys = [kind.key for kind in given.kinds]
    return UpsertIdentifierKindsPayload(results=upsert_results(reply.results, keys))


def _item(index: int, customer: CustomerInput) -> pb.CustomerItem:
    return pb.CustomerItem(
        identifiers=[
            pb.Identifier(kind=each.kind, value=each.value) for each in customer.identifiers
        ],
        attributes={each.name: each.value for each in customer.attributes or ()},
        first_seen=timestamp_of(customer.first_seen, "customers", str(index), "first_seen"),
        source=customer.source or "",
    )
