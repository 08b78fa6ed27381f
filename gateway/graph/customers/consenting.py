"""Recording what customers consented to."""

import strawberry

from cxm.profile.v1 import consents_pb2 as pb
from cxm.profile.v1 import customers_pb2
from gateway.graph.base.batch import UpsertPayload, check_items, upsert_results
from gateway.graph.base.identifiers import IdentifierInput, timestamp_of
from gateway.graph.base.mutations import Input, mutate
from gateway.graph.base.scalars import DateTime
from gateway.graph.customers.consents import ConsentProof, ConsentStatus
from gateway.graph.customers.numbers import number_of
from gateway.request.context import Context, Info
from services.kit.errors import Invalid

NAMES = {"items": "statements"}


@strawberry.input(
    description="What a customer said of one purpose. By an identifier or a number, one of the two."
)
class ConsentInput:
    identifier: IdentifierInput | None = strawberry.field(
        default=None, description="Who said it; one that is not known becomes a customer."
    )
    number: str | None = strawberry.field(
        default=None, description="Of any alias, for who reads consents."
    )
    purpose: str = strawberry.field(
        description="What it is about: 1 to 40 signs of A-Z 0-9 _, as MARKETING."
    )
    status: ConsentStatus = strawberry.field(description="What was said.")
    at: DateTime = strawberry.field(description="When it was said; at most a day ahead.")
    channel: str | None = strawberry.field(
        default=None, description="Where it was said; at most 50 characters."
    )
    wording: str | None = strawberry.field(
        default=None,
        description="What the customer read or heard, at most 4,000 characters; or its SHA-256 in hex where the words "
        "were sent before. Needed where consent is given.",
    )
    given_for: str | None = strawberry.field(
        default=None,
        description="What the customer gets for it, as 100 points; one line of at most 100 characters.",
    )
    proof: ConsentProof | None = strawberry.field(
        default=None, description="How it can be proved; absent: not known."
    )
    until: DateTime | None = strawberry.field(
        default=None, description="From then on it does not hold; only where it is given."
    )
    source: str | None = strawberry.field(
        default=None, description="Who says so, e.g. webshop; at most 100 characters."
    )
    id: str | None = strawberry.field(
        default=None,
        description="Of the statement in that source, at most 200 characters; absent: it is known by what it says.",
    )


@strawberry.input(description="1 to 1,000 statements, in any order.")
class RecordConsentInput:
    statements: list[ConsentInput] = strawberry.field(description="What was said.")


@strawberry.type(
    description="What became of each statement; the key of a result is its purpose. A bad one harms no neighbour; an "
    "instant that is none refuses the call."
)
class RecordConsentPayload(UpsertPayload):
    pass


@strawberry.type
class ConsentMutation:
    @strawberry.field(
        description="Record what customers consented to, refused or took back. Statements are only added: who takes "
        "back what was said says something new. Repeatable. Admins, analysts, integrations, privacy officers; heads "
        "of departments too, of customers at their counter: by an identifier."
    )
    async def record_consent(
        self, info: Info, given: Input[RecordConsentInput]
    ) -> RecordConsentPayload:
        return await mutate(RecordConsentPayload, _record(info.context, given), NAMES)


async def _record(context: Context, given: RecordConsentInput) -> RecordConsentPayload:
    check_items(given.statements, "statements")
    items = [_item(each, ["statements", str(n)]) for n, each in enumerate(given.statements)]
    request = pb.RecordConsentsRequest(items=items)
    reply = await context.call("profile", context.clients.consents.RecordConsents, request)
    purposes = [each.purpose for each in given.statements]
    return RecordConsentPayload(results=upsert_results(reply.results, purposes, NAMES))


def _item(given: ConsentInput, where: list[str]) -> pb.ConsentItem:
    if (given.identifier is None) == (given.number is None):
        raise Invalid("name one of identifier and number", reason="NAME_ONE", field=where)
    item = pb.ConsentItem(
        purpose=given.purpose,
        status=pb.ConsentStatus.Value(f"CONSENT_STATUS_{given.status.name}"),
        at=timestamp_of(given.at, *where, "at"),
        channel=given.channel or "",
        wording=given.wording or "",
        given_for=given.given_for or "",
        until=timestamp_of(given.until, *where, "until"),
        source=given.source or "",
        id=given.id or "",
    )
    if given.proof is not None:
        item.proof = pb.ConsentProof.Value(f"CONSENT_PROOF_{given.proof.name}")
    if given.number is not None:
        item.number = number_of(given.number, *where, "number")
    elif given.identifier is not None:
        named = customers_pb2.Identifier(kind=given.identifier.kind, value=given.identifier.value)
        item.identifier.CopyFrom(named)
    return item
