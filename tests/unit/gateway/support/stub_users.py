"""Users and sessions as profile would answer for them."""

import time
from typing import Any

from cxm.batch.v1.batch_pb2 import ITEM_STATUS_STORED, ItemResult
from cxm.profile.v1 import sessions_pb2, sessions_pb2_grpc, users_pb2, users_pb2_grpc
from services.kit.errors import Conflict, Unauthenticated
from services.kit.rights.access import service_viewer
from services.kit.rpc.servicing import Context, viewer
from tests.unit.gateway.support.stub_services import StubServices, StubSession


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


class Sessions(sessions_pb2_grpc.SessionServiceServicer):
    """For the gateway alone."""

    def __init__(self, services: StubServices) -> None:
        self.services = services

    def _note(self, name: str, request: Any, context: Context) -> None:
        self.services.note(name, request, context)
        assert viewer(context) == service_viewer("gateway")

    async def StartSession(self, request: Any, context: Context) -> Any:
        self._note("StartSession", request, context)
        known = self.services.sessions
        if any(kept.sign_in == request.sign_in for kept in known):
            raise Conflict("this sign-in was used before", reason="SIGN_IN_USED")
        session = sessions_pb2.Session(
            id=f"s{len(known)}",
            subject=request.subject,
            grants=request.grants,
            has_own_grants=request.has_own_grants,
        )
        session.ends_at.FromSeconds(int(time.time()) + 3600)
        secrets = {request.secret}
        known.append(StubSession(session, secrets, request.provider_session, request.sign_in))
        return sessions_pb2.StartSessionResponse(session=session)

    async def UseSession(self, request: Any, context: Context) -> Any:
        self._note("UseSession", request, context)
        for kept in self.services.sessions:
            if request.secret in kept.secrets:
                is_replaced = kept.is_due and bool(request.next_secret)
                if is_replaced:
                    kept.secrets.add(request.next_secret)
                    kept.is_due = False
                reply = sessions_pb2.UseSessionResponse
                return reply(session=kept.session, is_replaced=is_replaced)
        raise Unauthenticated("the session has ended: sign in again", reason="SESSION_ENDED")

    async def FindOpenSessions(self, request: Any, context: Context) -> Any:
        self._note("FindOpenSessions", request, context)
        known = {kept.session.id for kept in self.services.sessions}
        return sessions_pb2.FindOpenSessionsResponse(ids=known & set(request.ids))

    async def EndSession(self, request: Any, context: Context) -> Any:
        self._note("EndSession", request, context)
        known = self.services.sessions
        ended = [kept for kept in known if request.secret in kept.secrets]
        known[:] = [kept for kept in known if kept not in ended]
        return sessions_pb2.EndSessionResponse(id=ended[0].session.id if ended else "")

    async def EndSessions(self, request: Any, context: Context) -> Any:
        self._note("EndSessions", request, context)
        known = self.services.sessions
        ended = [
            kept
            for kept in known
            if request.subject in ("", kept.session.subject)
            and request.provider_session in ("", kept.provider_session)
        ]
        known[:] = [kept for kept in known if kept not in ended]
        ids = [kept.session.id for kept in ended]
        return sessions_pb2.EndSessionsResponse(ended=len(ended), ids=ids)
