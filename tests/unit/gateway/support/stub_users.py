"""Users as profile would answer for them."""

from typing import Any

from cxm.batch.v1.batch_pb2 import ITEM_STATUS_STORED, ItemResult
from cxm.profile.v1 import users_pb2, users_pb2_grpc
from services.kit.rpc.servicing import Context, viewer
from tests.unit.gateway.support.stub_services import StubServices


class Users(users_pb2_grpc.UserServiceServicer):
    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def UpsertUsers(self, request: Any, context: Context) -> Any:
        self.services.note("UpsertUsers", request, context)
        stored = ItemResult(id="oidc:ann", status=ITEM_STATUS_STORED)
        return users_pb2.UpsertUsersResponse(results=[stored for _ in request.items])

    async def RecordOwnUser(self, request: Any, context: Context) -> Any:
        self.services.note("RecordOwnUser", request, context)
        return users_pb2.RecordOwnUserResponse()

    async def ListUsers(self, request: Any, context: Context) -> Any:
        self.services.note("ListUsers", request, context)
        users = list(self.services.users.values())
        return users_pb2.ListUsersResponse(users=users, total=len(users))

    async def GetOwnUser(self, request: Any, context: Context) -> Any:
        self.services.note("GetOwnUser", request, context)
        return users_pb2.GetOwnUserResponse(user=self.services.users.get(viewer(context).subject))
