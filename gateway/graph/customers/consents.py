"""What customers consented to: what holds of a person, and what was said."""

from enum import Enum

import strawberry

from cxm.profile.v1 import consents_pb2 as pb
from gateway.graph.base.identifiers import instant_of
from gateway.graph.base.paging import PageInfo, page_info_of, page_request
from gateway.graph.base.scalars import DateTime
from gateway.request.context import Info

CONSENTS = "ConsentStatement"


@strawberry.enum(description="What a customer said.")
class ConsentStatus(Enum):
    GIVEN = strawberry.enum_value(pb.CONSENT_STATUS_GIVEN, description="Yes.")
    REFUSED = strawberry.enum_value(pb.CONSENT_STATUS_REFUSED, description="Asked, and said no.")
    WITHDRAWN = strawberry.enum_value(
        pb.CONSENT_STATUS_WITHDRAWN, description="Took back what was given."
    )


@strawberry.enum(description="How it can be proved what a customer said.")
class ConsentProof(Enum):
    FORM = strawberry.enum_value(
        pb.CONSENT_PROOF_FORM, description="A form, on paper or on a page."
    )
    CALL = strawberry.enum_value(pb.CONSENT_PROOF_CALL, description="A recorded call.")
    DOUBLE_OPT_IN = strawberry.enum_value(
        pb.CONSENT_PROOF_DOUBLE_OPT_IN, description="A link in a mail that was followed."
    )


@strawberry.type(description="What holds of a person for one purpose.")
class ConsentVerdict:
    purpose: str = strawberry.field(description="A-Z, 0-9 and _, as MARKETING.")
    allowed: bool = strawberry.field(
        description="Whether it may be done: every alias that said something allows it, and it has not ended. What is "
        "said anew counts for all that are one person then."
    )
    latest: ConsentStatus = strawberry.field(description="What was said last.")
    since: DateTime = strawberry.field(description="When that was said.")
    divided: bool = strawberry.field(
        description="Aliases said different things before they were joined: it is not allowed until something new is "
        "said."
    )


@strawberry.type(description="What a customer said of one purpose; it is never changed.")
class ConsentStatement:
    alias: str = strawberry.field(description="Number of the alias it was said under.")
    purpose: str = strawberry.field(description="A-Z, 0-9 and _, as MARKETING.")
    status: ConsentStatus = strawberry.field(description="What was said.")
    at: DateTime = strawberry.field(description="When it was said.")
    channel: str | None = strawberry.field(description="Where it was said; null: not known.")
    wording: str | None = strawberry.field(
        description="What the customer read or heard; null: not known, only where nothing was given."
    )
    wording_hash: str | None = strawberry.field(
        description="SHA-256 of the wording in UTF-8, in hex; null where there is no wording."
    )
    given_for: str | None = strawberry.field(
        description="What the customer got for it, as 100 points; null: nothing."
    )
    proof: ConsentProof | None = strawberry.field(
        description="How it can be proved; null: not known."
    )
    until: DateTime | None = strawberry.field(
        description="From then on it does not hold any more; null: it has no end."
    )
    source: str | None = strawberry.field(
        description="Who says so, as it was sent; null: nothing was."
    )
    recorded_by: str = strawberry.field(description="Subject of who recorded it.")
    recorded_at: DateTime = strawberry.field(description="When it was recorded.")


@strawberry.type(
    description="What a person consented to, and a page of what was said, the newest first."
)
class CustomerConsents:
    verdicts: list[ConsentVerdict] = strawberry.field(
        description="What holds now, for each purpose of which something was said, by purpose."
    )
    statements: list[ConsentStatement] = strawberry.field(description="What was said.")
    page_info: PageInfo = strawberry.field(description="Where this page of statements stands.")


async def read_consents(
    info: Info, number: int, first: int | None, after: str | None
) -> CustomerConsents:
    """Of the person of an alias."""
    page = page_request(info, CONSENTS, first, after)
    request = pb.ListConsentsRequest(number=number, first=page.first, after=page.after)
    method = info.context.clients.consents.ListConsents
    reply = await info.context.call("profile", method, request)
    return CustomerConsents(
        verdicts=[
            ConsentVerdict(
                purpose=verdict.purpose,
                allowed=verdict.allowed,
                latest=ConsentStatus(verdict.latest),
                since=instant_of(verdict.since),
                divided=verdict.divided,
            )
            for verdict in reply.verdicts
        ],
        statements=[_statement(consent) for consent in reply.consents],
        page_info=page_info_of(
            reply.cursors,
            lambda cursor: info.context.cursor(CONSENTS, cursor),
            more=reply.more,
            is_later=bool(page.after),
        ),
    )


def _statement(consent: pb.StoredConsent) -> ConsentStatement:
    return ConsentStatement(
        alias=str(consent.alias),
        purpose=consent.purpose,
        status=ConsentStatus(consent.status),
        at=instant_of(consent.at),
        channel=consent.channel or None,
        wording=consent.wording or None,
        wording_hash=consent.wording_hash or None,
        given_for=consent.given_for or None,
        proof=ConsentProof(consent.proof) if consent.proof else None,
        until=instant_of(consent.until) if consent.HasField("until") else None,
        source=consent.source or None,
        recorded_by=consent.recorded_by,
        recorded_at=instant_of(consent.recorded_at),
    )
