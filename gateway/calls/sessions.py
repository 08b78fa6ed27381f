"""Sessions of browsers: profile holds them, the gateway remembers for some seconds whose they are."""

import asyncio
import base64
import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import grpc
import structlog

from cxm.profile.v1 import sessions_pb2 as pb
from gateway.calls.grants import grant_message, grant_of
from gateway.errors import failure_of
from services.kit.errors import Unauthenticated
from services.kit.rights.access import Grant, Viewer, service_viewer
from services.kit.rights.tokens import GATEWAY
from services.kit.rpc.servicing import READ_SECONDS, WRITE_SECONDS, Metadata

if TYPE_CHECKING:  # only the type stubs know the asynchronous stubs
    from cxm.profile.v1.sessions_pb2_grpc import SessionServiceAsyncStub

REMEMBERED_SECONDS = 20.0
WATCH_SECONDS = 30.0
"""Between two questions whether a session was ended by another process."""
MOST_SESSIONS = 10_000
SECRET_BYTES = 32
US = service_viewer(GATEWAY)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Whose a secret is. `grants` None: what the subject was granted; times in seconds since 1970."""

    id: str
    subject: str
    grants: tuple[Grant, ...] | None
    ends_at: float
    next_secret: str = ""  # what the browser sends from now on; empty: what it sent

    @property
    def seconds_left(self) -> int:
        return max(0, int(self.ends_at - time.time()))


def new_secret() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(SECRET_BYTES)


class Sessions:
    """Asks profile in the gateway's own name; many requests of one browser at once ask once."""

    def __init__(
        self,
        stub: "SessionServiceAsyncStub",
        metadata: Callable[[Viewer, str], Metadata],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.stub = stub
        self.metadata = metadata
        self.now = now
        self.known: dict[str, tuple[OpenSession, float]] = {}
        self.asking: dict[str, asyncio.Task[OpenSession]] = {}
        self.watchers: defaultdict[str, set[asyncio.Event]] = defaultdict(set)  # by session

    async def read(self, secret: str, *, may_replace: bool) -> OpenSession:
        """Whose a secret is; Unauthenticated where it opens nothing, Unavailable while profile is away."""
        session, until = self.known.get(secret, (None, 0.0))
        if session is not None and self.now() < until:
            return session
        task = self.asking.get(secret)
        if task is None:
            task = self.asking[secret] = asyncio.create_task(self._ask(secret, may_replace))
            task.add_done_callback(lambda _: self.asking.pop(secret, None))
        return await asyncio.shield(task)

    def remembers(self, secret: str) -> bool:
        """Whether profile need not be asked whose a secret is."""
        return secret in self.known and self.now() < self.known[secret][1]

    async def is_open(self, session_id: str) -> bool:
        """Whether a session has not ended; it has not while profile is away."""
        request = pb.FindOpenSessionsRequest(ids=[session_id])
        try:
            reply = await self.stub.FindOpenSessions(request, **self._call(READ_SECONDS))
        except grpc.aio.AioRpcError as error:
            log.warning("session not checked", reason=failure_of(error, "profile").reason)
            return True
        return session_id in reply.ids

    async def start(
        self,
        secret: str,
        subject: str,
        sign_in: str,
        *,
        provider_session: str = "",
        grants: tuple[Grant, ...] | None = None,
    ) -> OpenSession:
        """A session that a secret opens; Conflict if the sign-in has made one before. `grants` None: the subject's."""
        request = pb.StartSessionRequest(
            secret=decode(secret),
            subject=subject,
            sign_in=sign_in,
            provider_session=provider_session,
            grants=map(grant_message, grants or ()),
            has_own_grants=grants is not None,
        )
        try:
            reply = await self.stub.StartSession(request, **self._call(WRITE_SECONDS))
        except grpc.aio.AioRpcError as error:
            raise failure_of(error, "profile") from error
        return _opened(reply.session)

    @contextmanager
    def watched(self, session_id: str) -> Iterator[asyncio.Event]:
        """Set when this process ends a session; what others end, `is_open` tells."""
        ended = asyncio.Event()
        self.watchers[session_id].add(ended)
        try:
            yield ended
        finally:
            self.watchers[session_id].discard(ended)
            if not self.watchers[session_id]:
                del self.watchers[session_id]

    async def outlive(self, session_id: str) -> None:
        """Return when a session has ended, or when that can no longer be known."""
        with self.watched(session_id) as ended:
            try:  # asked at once too: it may have ended before
                while not ended.is_set() and await self.is_open(session_id):
                    with suppress(TimeoutError):
                        async with asyncio.timeout(WATCH_SECONDS):
                            await ended.wait()
            except Exception as error:
                log.error("a session is no longer watched", exc_info=error)

    async def end(self, secret: str) -> None:
        """End the session of a secret."""
        self.known.pop(secret, None)
        try:
            request = pb.EndSessionRequest(secret=decode(secret))
            reply = await self.stub.EndSession(request, **self._call(WRITE_SECONDS))
        except grpc.aio.AioRpcError as error:
            raise failure_of(error, "profile") from error
        self._forget({reply.id})

    async def end_all(self, subject: str, provider_session: str, started_before: float) -> int:
        """End what the identity provider has ended; how many there were."""
        request = pb.EndSessionsRequest(subject=subject, provider_session=provider_session)
        request.started_before.FromNanoseconds(int(started_before * 1e9))
        try:
            reply = await self.stub.EndSessions(request, **self._call(WRITE_SECONDS))
        except grpc.aio.AioRpcError as error:
            raise failure_of(error, "profile") from error
        self.known.clear()
        self._forget(reply.ids)
        return reply.ended

    def _forget(self, ended: Collection[str]) -> None:
        """Sessions by id: neither a secret that they had before nor a socket is left."""
        for secret in [secret for secret, (kept, _) in self.known.items() if kept.id in ended]:
            del self.known[secret]
        for session_id in ended:
            for watcher in self.watchers.get(session_id, ()):
                watcher.set()

    async def _ask(self, secret: str, may_replace: bool) -> OpenSession:
        following = new_secret() if may_replace else ""
        request = pb.UseSessionRequest(secret=decode(secret))
        if following:
            request.next_secret = decode(following)
        try:
            reply = await self.stub.UseSession(request, **self._call(READ_SECONDS))
        except grpc.aio.AioRpcError as error:
            raise failure_of(error, "profile") from error
        session = _opened(reply.session)
        if len(self.known) >= MOST_SESSIONS:
            self.known.clear()
        if reply.is_replaced:
            session = replace(session, next_secret=following)
        self.known[secret] = (session, self.now() + REMEMBERED_SECONDS)
        return session

    def _call(self, seconds: float) -> Any:
        return {"timeout": seconds, "metadata": self.metadata(US, "profile")}


def decode(secret: str) -> bytes:
    """The bytes of a secret; Unauthenticated for what is none, and for one that is spelt in another way: each is
    remembered."""
    try:
        raw = base64.urlsafe_b64decode(secret + "=")
    except ValueError:
        raw = b""
    is_as_made = base64.urlsafe_b64encode(raw).decode().rstrip("=") == secret
    if len(raw) != SECRET_BYTES or not is_as_made:
        raise Unauthenticated("the session has ended: sign in again", reason="SESSION_ENDED")
    return raw


def _opened(message: pb.Session) -> OpenSession:
    grants = tuple(map(grant_of, message.grants)) if message.has_own_grants else None
    return OpenSession(message.id, message.subject, grants, message.ends_at.ToNanoseconds() / 1e9)
