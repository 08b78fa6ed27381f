"""cxm.profile.v1.UserService."""

from cxm.profile.v1 import users_pb2 as pb
from cxm.profile.v1.users_pb2_grpc import UserServiceServicer, add_UserServiceServicer_to_server
from services.kit.db.database import storable
from services.kit.errors import Invalid
from services.kit.process import Process
from services.kit.rights.access import Action
from services.kit.rpc.item_results import item_results
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count, check_page, viewer
from services.kit.service import SharedStores
from services.profile.directory.tree_cache import TreeCache
from services.profile.users import convert
from services.profile.users.editing import LockGranted, UserEditor

LARGEST_CALL = 1_000


class UserRpc(UserServiceServicer):
    """Users are few, and read when somebody asks for them."""

    def __init__(self, editor: UserEditor, directory: TreeCache) -> None:
        self.editor = editor
        self.directory = directory

    @needs(Action.WRITE_USERS, Scope.ORGANISATION)
    async def UpsertUsers(
        self, request: pb.UpsertUsersRequest, context: Context
    ) -> pb.UpsertUsersResponse:
        """Store what an admin says of users."""
        check_count(len(request.items), largest=LARGEST_CALL, what="users")
        items = [convert.user_item(message) for message in request.items]
        tree = await self.directory.read_tree()
        outcomes = await self.editor.upsert(viewer(context), tree, items)
        return pb.UpsertUsersResponse(results=item_results(outcomes))

    @needs(None, Scope.ANY_TOKEN)
    async def RecordOwnUser(
        self, request: pb.RecordOwnUserRequest, context: Context
    ) -> pb.RecordOwnUserResponse:
        """Store what the identity provider says of the caller."""
        who = viewer(context)
        item = convert.own_item(who.subject, request)
        await self.editor.record_own(who, await self.directory.read_tree(), item)
        return pb.RecordOwnUserResponse()

    @needs(Action.WRITE_USERS, Scope.ORGANISATION)
    async def ListUsers(
        self, request: pb.ListUsersRequest, context: Context
    ) -> pb.ListUsersResponse:
        """A page of the users."""
        check_page(request.first)
        if not storable([request.after]):
            raise Invalid("after is the subject of the last user you saw", field=["after"])
        found = await self.editor.page(request.first + 1, request.after)
        total = await self.editor.count() if request.count else None
        shown = map(convert.user_message, found[: request.first])
        return pb.ListUsersResponse(users=shown, more=len(found) > request.first, total=total)

    @needs(None, Scope.ANY_TOKEN)
    async def GetOwnUser(
        self, request: pb.GetOwnUserRequest, context: Context
    ) -> pb.GetOwnUserResponse:
        """What is kept of the caller."""
        found = await self.editor.find(viewer(context).subject)
        return pb.GetOwnUserResponse(user=None if found is None else convert.user_message(found))


async def wire(
    process: Process, shared: SharedStores, directory: TreeCache, lock_granted: LockGranted
) -> None:
    """Answer cxm.profile.v1.UserService."""
    process.serve(
        "cxm.profile.v1.UserService",
        add_UserServiceServicer_to_server,
        UserRpc(UserEditor(shared.database, lock_granted), directory),
    )
