"""Who is asking."""

import asyncio
from datetime import date
from enum import Enum

import strawberry

from cxm.profile.v1.profile_pb2 import Department as DepartmentMessage
from gateway.graph.base.loaders import by_key
from gateway.graph.directory import loaders
from gateway.graph.directory.types import Department
from gateway.graph.users import own_user
from gateway.request.context import Info
from gateway.request.prices import SHARED_CALL
from services.kit.rights import access


@strawberry.enum(name="Role", description="What a viewer may do in the departments granted.")
class ViewerRole(Enum):
    ADMIN = strawberry.enum_value("admin", description="Everything.")
    ANALYST = strawberry.enum_value(
        "analyst",
        description="Reads scores and responses, submits, imports, creates and changes; moves nothing.",
    )
    DEPARTMENT_HEAD = strawberry.enum_value(
        "department_head", description="Reads the own subtree, writes nothing."
    )
    INTEGRATION = strawberry.enum_value(
        "integration",
        description="Submits, imports and creates; changes nothing that is there, reads no scores.",
    )
    OPERATOR = strawberry.enum_value(
        "operator",
        description="Replays dead letters, compares and rebuilds what scores are counted from; reads no data.",
    )
    PRIVACY_OFFICER = strawberry.enum_value(
        "privacy_officer", description="Reads the audit log, and nothing else."
    )


@strawberry.type(description="A role over a department and all under it.")
class Grant:
    role: ViewerRole = strawberry.field(description="What may be done.")
    department: str | None = strawberry.field(
        description="Key of the department; null: the whole organisation."
    )
    from_: date | None = strawberry.field(
        name="from", description="First day it holds; null: since ever."
    )
    to: date | None = strawberry.field(description="First day it holds no more; null: open.")


@strawberry.type(description="Who is asking, as the token or the session says.")
class Viewer:
    @strawberry.field(description="Of the token or the session, e.g. oidc:4711.")
    @staticmethod
    def subject(root: strawberry.Parent[access.Viewer]) -> str:
        return root.subject

    @strawberry.field(description="Roles over departments, as granted.")
    @staticmethod
    def grants(root: strawberry.Parent[access.Viewer]) -> list[Grant]:
        return [_grant(grant) for grant in root.grants]

    @strawberry.field(
        description="As the viewer is called; null: not known, or profile is away.",
        metadata=SHARED_CALL,
    )
    @staticmethod
    async def name(root: strawberry.Parent[access.Viewer], info: Info) -> str | None:
        return (await own_user(info.context)).name or None

    @strawberry.field(
        description="Where notices go; null: not known, or profile is away.",
        metadata=SHARED_CALL,
    )
    @staticmethod
    async def email(root: strawberry.Parent[access.Viewer], info: Info) -> str | None:
        return (await own_user(info.context)).email or None

    @strawberry.field(
        description="BCP 47, e.g. de or pt-BR; null: not known, or profile is away.",
        metadata=SHARED_CALL,
    )
    @staticmethod
    async def language(root: strawberry.Parent[access.Viewer], info: Info) -> str | None:
        return (await own_user(info.context)).language or None

    @strawberry.field(
        description="IANA name of the organisation's time zone, e.g. Europe/Riga: days, months and "
        "periods are in it. Null when profile is away.",
        metadata=SHARED_CALL,
    )
    @staticmethod
    async def time_zone(root: strawberry.Parent[access.Viewer], info: Info) -> str | None:
        return (await loaders.time_zone(info.context)).key

    @strawberry.field(
        description="The departments whose subtrees are granted and may be seen, as they hang today. "
        "Null when profile is away.",
        graphql_type=list[Department] | None,
        metadata=SHARED_CALL,
    )
    @staticmethod
    async def departments(
        root: strawberry.Parent[access.Viewer], info: Info
    ) -> list[DepartmentMessage]:
        refs = dict.fromkeys(
            loaders.ROOT if grant.department is None else by_key(grant.department)
            for grant in root.grants
        )
        found = await asyncio.gather(*map(loaders.departments(info.context).load, refs))
        return list({item.id: item for item in found if item is not None}.values())


def _grant(grant: access.Grant) -> Grant:
    return Grant(
        role=ViewerRole(grant.role.value),
        department=grant.department,
        from_=grant.from_on,
        to=grant.to_on,
    )


@strawberry.type
class ViewerQuery:
    @strawberry.field(
        description="Who is asking; null only beside an error.", graphql_type=Viewer | None
    )
    def viewer(self, info: Info) -> access.Viewer:
        return info.context.signed_in()
