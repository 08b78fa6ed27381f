"""cxm.profile.v1.SessionService."""

from datetime import UTC
from uuid import UUID

from cxm.profile.v1 import sessions_pb2 as pb
from cxm.profile.v1.sessions_pb2_grpc import (
    SessionServiceServicer,
    add_SessionServiceServicer_to_server,
)
from services.kit.errors import Invalid
from services.kit.process import Process
from services.kit.rights.access import Action
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count
from services.kit.service import SharedStores
from services.profile.directory.tree_cache import TreeCache
from services.profile.sessions import convert
from services.profile.sessions.domain import Lifetime
from services.profile.sessions.keeping import SessionKeeper

LARGEST_CALL = 1_000
GATEWAY = ("gateway",)


class SessionRpc(SessionServiceServicer):
    """Sessions are kept for the gateway, which calls in its own name."""

    def __init__(self, keeper: SessionKeeper, directory: TreeCache) -> None:
        self.keeper = keeper
        self.directory = directory

    @needs(Action.KEEP_SESSIONS, Scope.ORGANISATION, callers=GATEWAY)
    async def StartSession(
        self, request: pb.StartSessionRequest, context: Context
    ) -> pb.StartSessionResponse:
        """Start a session."""
        if not request.subject or not request.sign_in:
            raise Invalid("a session has a subject and a sign-in", reason="EMPTY")
        started = await self.keeper.start(
            request.secret,
            request.subject,
            request.sign_in,
            provider_session=request.provider_session,
            grants=convert.own_grants(request),
        )
        return pb.StartSessionResponse(session=convert.session_message(started))

    @needs(Action.KEEP_SESSIONS, Scope.ORGANISATION, callers=GATEWAY)
    async def UseSession(
        self, request: pb.UseSessionRequest, context: Context
    ) -> pb.UseSessionResponse:
        """Say whose a secret is."""
        session, is_replaced = await self.keeper.use(request.secret, request.next_secret)
        return pb.UseSessionResponse(
            session=convert.session_message(session), is_replaced=is_replaced
        )

    @needs(Action.KEEP_SESSIONS, Scope.ORGANISATION, callers=GATEWAY)
    async def FindOpenSessions(
        self, request: pb.FindOpenSessionsRequest, context: Context
    ) -> pb.FindOpenSessionsResponse:
        """Say which sessions have not ended."""
        check_count(len(request.ids), largest=LARGEST_CALL, what="ids")
        return pb.FindOpenSessionsResponse(
            ids=await self.keeper.find_open({UUID(text) for text in request.ids})
        )

    @needs(Action.KEEP_SESSIONS, Scope.ORGANISATION, callers=GATEWAY)
    async def EndSession(
        self, request: pb.EndSessionRequest, context: Context
    ) -> pb.EndSessionResponse:
        """End the session of a secret."""
        return pb.EndSessionResponse(id=await self.keeper.end(request.secret))

    @needs(Action.KEEP_SESSIONS, Scope.ORGANISATION, callers=GATEWAY)
    async def EndSessions(
        self, request: pb.EndSessionsRequest, context: Context
    ) -> pb.EndSessionsResponse:
        """End what the identity provider has ended."""
        if not request.subject and not request.provider_session:
            raise Invalid("name a subject or a session of the provider", reason="EMPTY")
        before = request.started_before.ToDatetime(UTC)
        ended = await self.keeper.end_all(request.subject, request.provider_session, before)
        return pb.EndSessionsResponse(ended=len(ended), ids=ended)


async def wire(
    process: Process, shared: SharedStores, directory: TreeCache, lifetime: Lifetime
) -> None:
    """Answer cxm.profile.v1.SessionService."""
    process.serve(
        "cxm.profile.v1.SessionService",
        add_SessionServiceServicer_to_server,
        SessionRpc(SessionKeeper(shared.database, lifetime, directory.now), directory),
    )
