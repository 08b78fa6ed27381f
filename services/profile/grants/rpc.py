"""cxm.profile.v1.GrantService."""

from uuid import UUID

from cxm.profile.v1 import grants_pb2 as pb
from cxm.profile.v1.grants_pb2_grpc import (
    GrantServiceServicer,
    add_GrantServiceServicer_to_server,
)
from services.kit.errors import Invalid
from services.kit.process import Process
from services.kit.rights.access import Action
from services.kit.rpc.item_results import item_results
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count, check_page, viewer
from services.kit.service import SharedStores
from services.profile.directory.tree_cache import TreeCache
from services.profile.grants import convert
from services.profile.grants.editing import GrantEditor

LARGEST_CALL = 1_000


class GrantRpc(GrantServiceServicer):
    """Grants are few and read from the database at every call, so what was taken away is gone at once."""

    def __init__(self, editor: GrantEditor, directory: TreeCache) -> None:
        self.editor = editor
        self.directory = directory

    @needs(Action.WRITE_GRANTS, Scope.ORGANISATION)
    async def UpsertGrants(
        self, request: pb.UpsertGrantsRequest, context: Context
    ) -> pb.UpsertGrantsResponse:
        """Give rights, or change the days they hold."""
        check_count(len(request.items), largest=LARGEST_CALL, what="grants")
        items = [convert.grant_item(message) for message in request.items]
        tree = await self.directory.read_tree()
        outcomes = await self.editor.upsert(viewer(context), tree, items)
        return pb.UpsertGrantsResponse(results=item_results(outcomes))

    @needs(Action.WRITE_GRANTS, Scope.ORGANISATION)
    async def RevokeGrants(
        self, request: pb.RevokeGrantsRequest, context: Context
    ) -> pb.RevokeGrantsResponse:
        """Take rights away."""
        check_count(len(request.keys), largest=LARGEST_CALL, what="keys")
        keys = {_uuid(key, "keys") for key in request.keys}
        tree = await self.directory.read_tree()
        revoked = await self.editor.revoke(viewer(context), tree, keys)
        return pb.RevokeGrantsResponse(revoked=revoked)

    @needs(Action.WRITE_GRANTS, Scope.ORGANISATION)
    async def ListGrants(
        self, request: pb.ListGrantsRequest, context: Context
    ) -> pb.ListGrantsResponse:
        """A page of the grants of one subject, or of everybody."""
        check_page(request.first)
        after = _uuid(request.after, "after") if request.after else None
        found = await self.editor.page(request.subject, request.first + 1, after)
        total = await self.editor.count(request.subject) if request.count else None
        shown = map(convert.stored_message, found[: request.first])
        return pb.ListGrantsResponse(grants=shown, more=len(found) > request.first, total=total)

    @needs(None, Scope.ANY_TOKEN)
    async def GetOwnGrants(
        self, request: pb.GetOwnGrantsRequest, context: Context
    ) -> pb.GetOwnGrantsResponse:
        """What the caller was given, whatever the token says."""
        items = await self.editor.of(viewer(context).subject)
        return pb.GetOwnGrantsResponse(grants=map(convert.grant_message, items))

    @needs(Action.COPY, Scope.ORGANISATION, callers=("employee_exp",))
    async def ListHeads(
        self, request: pb.ListHeadsRequest, context: Context
    ) -> pb.ListHeadsResponse:
        """Heads by subject; people may not ask."""
        tree = await self.directory.read_tree()
        heads = await self.editor.heads(tree.today)
        return pb.ListHeadsResponse(
            heads=[pb.Head(subject=name.subject, department=name.department) for name in heads]
        )


def _uuid(text: str, field: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        message = "this is no grant: take its id from the list of grants"
        raise Invalid(message, reason="INVALID_ID", field=[field]) from error


async def wire(process: Process, shared: SharedStores, directory: TreeCache) -> None:
    """Answer cxm.profile.v1.GrantService."""
    process.serve(
        "cxm.profile.v1.GrantService",
        add_GrantServiceServicer_to_server,
        GrantRpc(GrantEditor(shared.database), directory),
    )
