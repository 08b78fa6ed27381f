"""Users: whom notices are written to, and in which language."""

from collections.abc import Sequence

import strawberry

from cxm.profile.v1 import users_pb2 as pb
from gateway.graph.base.batch import UpsertPayload, check_items, make_directly, upsert_results
from gateway.graph.base.loaders import request_loader
from gateway.graph.base.mutations import Input, mutate
from gateway.graph.base.paging import After, Connection, First, Page, page_request
from gateway.request.context import Context, Info
from services.kit.rpc.fields import optional

NAMES = {"key": "subject"}
_LANGUAGE = "BCP 47, e.g. de or pt-BR"


@strawberry.input(
    description="What is said of a user. What is absent or null stays as it is, an empty text takes it away."
)
class UserInput:
    subject: str = strawberry.field(description="Whose grants they are, e.g. oidc:4711.")
    name: str | None = strawberry.field(
        default=None, description="At most 200 characters, as the user is called."
    )
    email: str | None = strawberry.field(
        default=None, description="An address that is known to be the user's."
    )
    language: str | None = strawberry.field(default=None, description=f"{_LANGUAGE}.")


make_directly(UserInput)


@strawberry.input(description="1 to 1,000 users, in any order.")
class UpsertUsersInput:
    users: list[UserInput] = strawberry.field(description="What is said of whom.")


@strawberry.type(description="What became of each user. A bad one harms no neighbour.")
class UpsertUsersPayload(UpsertPayload):
    pass


@strawberry.type(description="Somebody with a grant, as far as is known.")
class User:
    @strawberry.field(description="Whose grants they are.")
    @staticmethod
    def subject(root: strawberry.Parent[pb.StoredUser]) -> str:
        return root.key

    @strawberry.field(description="As the user is called; null: not known.")
    @staticmethod
    def name(root: strawberry.Parent[pb.StoredUser]) -> str | None:
        return root.name or None

    @strawberry.field(
        description="Verified by the identity provider, or given by an admin; null: not known."
    )
    @staticmethod
    def email(root: strawberry.Parent[pb.StoredUser]) -> str | None:
        return root.email or None

    @strawberry.field(description=f"{_LANGUAGE}; null: not known.")
    @staticmethod
    def language(root: strawberry.Parent[pb.StoredUser]) -> str | None:
        return root.language or None


@strawberry.type
class UserQuery:
    @strawberry.field(
        description="Those with a grant of whom something is known, by subject. For admins, null for others.",
        graphql_type=Connection[User] | None,
    )
    async def users(self, info: Info, first: First = None, after: After = None) -> Page:
        page = page_request(info, "StoredUser", first, after)
        request = pb.ListUsersRequest(first=page.first, after=page.after, count=page.count)
        reply = await info.context.call("profile", info.context.clients.users.ListUsers, request)
        total = optional(reply, "total")
        return Page("StoredUser", reply.users, reply.more, total, bool(page.after))


@strawberry.type
class UserMutation:
    @strawberry.field(
        description="Say names, e-mail addresses and languages of those with a grant: refused for others "
        "(NOT_FOUND). What the identity provider says at a sign-in replaces it. Kept until the last grant is "
        "revoked. Repeatable. Admins only."
    )
    async def upsert_users(self, info: Info, given: Input[UpsertUsersInput]) -> UpsertUsersPayload:
        return await mutate(UpsertUsersPayload, _upsert(info.context, given), NAMES)


async def _upsert(context: Context, given: UpsertUsersInput) -> UpsertUsersPayload:
    check_items(given.users, "users")
    request = pb.UpsertUsersRequest(items=map(_item, given.users))
    reply = await context.call("profile", context.clients.users.UpsertUsers, request)
    subjects = [user.subject for user in given.users]
    return UpsertUsersPayload(results=upsert_results(reply.results, subjects, NAMES))


def _item(user: UserInput) -> pb.UserItem:
    return pb.UserItem(
        subject=user.subject, name=user.name, email=user.email, language=user.language
    )


async def own_user(context: Context) -> pb.StoredUser:
    """What is kept of who asks; empty where nothing is."""

    async def load(asked: list[str]) -> Sequence[pb.StoredUser]:
        reply = await context.call(
            "profile", context.clients.users.GetOwnUser, pb.GetOwnUserRequest()
        )
        return [reply.user] * len(asked)

    return await request_loader(context, "own_user", load).load("")
