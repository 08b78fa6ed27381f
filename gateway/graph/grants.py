"""Grants: who may do what, where and when, of those who sign in with the identity provider."""

from datetime import date
from typing import Annotated

import strawberry

from cxm.profile.v1 import grants_pb2 as pb
from gateway.calls.days import date_of, day_of
from gateway.graph.base.batch import UpsertPayload, check_items, make_directly, upsert_results
from gateway.graph.base.mutations import Input, UserError, mutate
from gateway.graph.base.paging import After, Connection, First, Page, page_request
from gateway.graph.viewer import ViewerRole
from gateway.request.context import Context, Info
from services.kit.rpc.fields import optional

NAMES = {"from_day": "from", "to_day": "to", "keys": "ids"}
_SUBJECT = "Whom: oidc: and the subject that the identity provider gives, e.g. oidc:4711."


@strawberry.input(
    description="A role over a department and all under it. Known by subject, role and department."
)
class GrantInput:
    subject: str = strawberry.field(description=_SUBJECT)
    role: ViewerRole = strawberry.field(description="What may be done.")
    department: str | None = strawberry.field(
        default=None,
        description="Key of the department; absent: the whole organisation. A DEPARTMENT_HEAD needs one.",
    )
    from_: date | None = strawberry.field(
        name="from", default=None, description="First day it holds; absent: since ever."
    )
    to: date | None = strawberry.field(
        default=None, description="First day it holds no more; absent: open."
    )


make_directly(GrantInput)


@strawberry.input(description="1 to 1,000 grants, in any order.")
class UpsertGrantsInput:
    grants: list[GrantInput] = strawberry.field(description="Rights to give, or to change in days.")


@strawberry.input(description="1 to 1,000 grants to take away.")
class RevokeGrantsInput:
    ids: list[strawberry.ID] = strawberry.field(description="Their ids, as `grants` lists them.")


@strawberry.type(description="What became of each grant. A bad one harms no neighbour.")
class UpsertGrantsPayload(UpsertPayload):
    pass


@strawberry.type(description="What was taken away.")
class RevokeGrantsPayload:
    revoked: int = strawberry.field(
        default=0, description="How many there were; those gone before count nothing."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why nothing was taken away; empty if it was."
    )


@strawberry.type(description="A role that somebody was given over a department and all under it.")
class GivenGrant:
    @strawberry.field(description="By it the grant is revoked.")
    @staticmethod
    def id(root: strawberry.Parent[pb.StoredGrant]) -> strawberry.ID:
        return strawberry.ID(root.key)

    @strawberry.field(description="Who has it.")
    @staticmethod
    def subject(root: strawberry.Parent[pb.StoredGrant]) -> str:
        return root.grant.subject

    @strawberry.field(description="What may be done.")
    @staticmethod
    def role(root: strawberry.Parent[pb.StoredGrant]) -> ViewerRole:
        return ViewerRole(root.grant.role)

    @strawberry.field(description="Key of the department; null: the whole organisation.")
    @staticmethod
    def department(root: strawberry.Parent[pb.StoredGrant]) -> str | None:
        return root.grant.department or None

    @strawberry.field(name="from", description="First day it holds; null: since ever.")
    @staticmethod
    def from_(root: strawberry.Parent[pb.StoredGrant]) -> date | None:
        return _date(root.grant, "from_day")

    @strawberry.field(description="First day it holds no more; null: open.")
    @staticmethod
    def to(root: strawberry.Parent[pb.StoredGrant]) -> date | None:
        return _date(root.grant, "to_day")


@strawberry.type
class GrantQuery:
    @strawberry.field(
        description="Who was given what, in the order in which it was given. For admins, null for others.",
        graphql_type=Connection[GivenGrant] | None,
    )
    async def grants(
        self,
        info: Info,
        subject: Annotated[
            str | None, strawberry.argument(description="Of one person only.")
        ] = None,
        first: First = None,
        after: After = None,
    ) -> Page:
        page = page_request(info, "StoredGrant", first, after)
        request = pb.ListGrantsRequest(
            subject=subject or "", first=page.first, after=page.after, count=page.count
        )
        reply = await info.context.call("profile", info.context.clients.grants.ListGrants, request)
        total = optional(reply, "total")
        return Page("StoredGrant", reply.grants, reply.more, total, bool(page.after))


@strawberry.type
class GrantMutation:
    @strawberry.field(
        description="Give rights to people who sign in with the identity provider, or change the days they hold. "
        "They hold within 20 seconds. Repeatable. Admins only."
    )
    async def upsert_grants(
        self, info: Info, given: Input[UpsertGrantsInput]
    ) -> UpsertGrantsPayload:
        return await mutate(UpsertGrantsPayload, _upsert(info.context, given), NAMES)

    @strawberry.field(
        description="Take rights away; nobody has them any more after 60 seconds, in open sockets too. Repeatable. "
        "Admins only."
    )
    async def revoke_grants(
        self, info: Info, given: Input[RevokeGrantsInput]
    ) -> RevokeGrantsPayload:
        return await mutate(RevokeGrantsPayload, _revoke(info.context, given), NAMES)


async def _upsert(context: Context, given: UpsertGrantsInput) -> UpsertGrantsPayload:
    check_items(given.grants, "grants")
    request = pb.UpsertGrantsRequest(items=map(_item, given.grants))
    reply = await context.call("profile", context.clients.grants.UpsertGrants, request)
    subjects = [grant.subject for grant in given.grants]
    return UpsertGrantsPayload(results=upsert_results(reply.results, subjects, NAMES))


async def _revoke(context: Context, given: RevokeGrantsInput) -> RevokeGrantsPayload:
    request = pb.RevokeGrantsRequest(keys=given.ids)
    reply = await context.call("profile", context.clients.grants.RevokeGrants, request)
    return RevokeGrantsPayload(revoked=reply.revoked)


def _item(grant: GrantInput) -> pb.GrantItem:
    return pb.GrantItem(
        subject=grant.subject,
        role=str(grant.role.value),
        department=grant.department or "",
        from_day=None if grant.from_ is None else day_of(grant.from_),
        to_day=None if grant.to is None else day_of(grant.to),
    )


def _date(grant: pb.GrantItem, field: str) -> date | None:
    day = optional(grant, field)
    return None if day is None else date_of(day)
