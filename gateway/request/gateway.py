"""What all requests of a gateway share, and who a token names."""

from dataclasses import dataclass

from graphql import GraphQLSchema
from opentelemetry.context import Context as TraceContext

from gateway.browsers.answers import AnswerCookies
from gateway.browsers.cookies import Browsers, RequestCredentials, unmarked
from gateway.calls.cache import AnswerCache
from gateway.calls.clients import Clients
from gateway.calls.file_limits import FileLimits
from gateway.calls.grants import SUBJECT_PREFIX, GrantReader
from gateway.calls.oidc.code_flow import CodeFlow
from gateway.calls.oidc.identity_provider import IdentityProvider
from gateway.calls.sessions import OpenSession, Sessions
from gateway.calls.users import UserRecorder
from gateway.live.listeners import Listeners
from gateway.request.asked import BATCH, HARDENED_BATCH
from gateway.request.context import no_token
from gateway.request.cursors import Cursors
from gateway.request.documents import Documents
from gateway.strangers.brake import Brake
from gateway.strangers.throttle import Throttle
from services.kit import telemetry
from services.kit.errors import Failure, Unauthenticated
from services.kit.rights.access import ANONYMOUS, Viewer
from services.kit.rights.identities import Identity, peek
from services.kit.rights.tokens import Verified, Verifier


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever the token or the cookie of a request names, or why nobody can be told; known before its span begins."""

    found: Viewer | Failure

    @property
    def viewer(self) -> Viewer:
        """ANONYMOUS without token and cookie; raises why nobody can be told."""
        if isinstance(self.found, Failure):
            raise self.found
        return self.found

    @property
    def signed_in(self) -> Viewer:
        """As viewer; Unauthenticated without token and cookie."""
        if self.viewer is ANONYMOUS:
            raise no_token()
        return self.viewer

    def trace(self, traceparent: str | None) -> TraceContext:
        """What the span of the request continues: what it names, from who is signed in; from a stranger nothing."""
        is_known = isinstance(self.found, Viewer) and self.found is not ANONYMOUS
        return telemetry.context_of(traceparent if is_known else None)


@dataclass(frozen=True, slots=True)
class Gateway:
    """Everything requests share."""

    schema: GraphQLSchema
    documents: Documents
    verifier: Verifier
    links: Verifier
    """Of the tokens in sign-in links."""
    provider: IdentityProvider | None
    grants: GrantReader
    users: UserRecorder
    clients: Clients
    cache: AnswerCache
    cursors: Cursors
    listeners: Listeners
    browsers: Browsers
    answers: AnswerCookies
    sessions: Sessions
    code_flow: CodeFlow | None
    brake: Brake
    files: FileLimits
    throttle: Throttle

    @property
    def is_hardened(self) -> bool:
        """Whether only trusted documents run, and nothing tells the schema."""
        return self.documents.is_hardened

    @property
    def largest_batch(self) -> int:
        """How many requests one body may hold."""
        return HARDENED_BATCH if self.is_hardened else BATCH

    async def caller(self, credentials: RequestCredentials, address: str) -> Caller:
        """Who sends a request; a failure is kept for when it is asked for."""
        try:
            return Caller(await self.viewer(credentials, address))
        except Failure as failure:
            return Caller(failure)

    async def viewer(self, credentials: RequestCredentials, address: str) -> Viewer:
        """Whoever the token or the cookie names; ANONYMOUS without either."""
        verified = await self.verified_sender(credentials, address)
        return ANONYMOUS if verified is None else verified.viewer

    async def verified_sender(
        self, credentials: RequestCredentials, address: str
    ) -> Verified | None:
        """Whoever the token or the cookie names, and until when; None without either.

        The address pays for what does not hold.
        """
        if credentials.authorization is not None:
            return await self.verified(credentials.authorization, address)
        if credentials.secret is None:
            return None
        return await self.in_session(credentials, address)

    async def signed_in(self, credentials: RequestCredentials, address: str) -> Viewer:
        """Whoever the token or the cookie names; Unauthenticated without either."""
        viewer = await self.viewer(credentials, address)
        if viewer is ANONYMOUS:
            raise no_token()
        return viewer

    async def in_session(self, credentials: RequestCredentials, address: str) -> Verified:
        """Whose a cookie is; Unauthenticated where its session has ended, Denied where any page could have sent it."""
        if not credentials.is_marked:
            raise unmarked()
        try:
            session = await self._session(credentials, address)
        except Unauthenticated:
            credentials.cookie = self.browsers.keep("", 0)
            raise
        if session.next_secret and credentials.may_replace:
            credentials.cookie = self.browsers.keep(session.next_secret, session.seconds_left)
        grants = session.grants
        if grants is None:
            grants = await self.grants.of(session.subject)
        return Verified(Viewer(session.subject, grants), int(session.ends_at), session.id)

    async def _session(self, credentials: RequestCredentials, address: str) -> OpenSession:
        secret, may_replace = credentials.secret or "", credentials.may_replace
        if self.sessions.remembers(secret):
            return await self.sessions.read(secret, may_replace=may_replace)
        with self.throttle.proving(address):
            return await self.sessions.read(secret, may_replace=may_replace)

    async def verified(self, authorization: str, address: str) -> Verified:
        """What the Authorization header's token says; Unauthenticated if it does not hold.

        The embedded issuer's tokens carry their grants; whoever the identity provider names has those of profile.
        """
        scheme, _, token = authorization.partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("send Authorization: Bearer <token>", reason="TOKEN_INVALID")
        if token in self.verifier.known:
            return self.verifier.read(token)
        identity = self.provider.remembered(token) if self.provider is not None else None
        if identity is None:
            with self.throttle.proving(address):
                read = await self._read(token)
            if isinstance(read, Verified):
                return read
            identity = read
        subject = SUBJECT_PREFIX + identity.subject
        viewer = Viewer(subject, await self.grants.of(subject))
        await self.users.record(viewer, identity.user)
        return Verified(viewer, identity.expires_at)

    async def _read(self, token: str) -> Verified | Identity:
        """What a token says that was not read before; of the embedded issuer, or of the identity provider."""
        provider = self.provider
        if provider is None or peek(token).issuer != provider.issuer:
            return self.verifier.read(token)
        return await provider.read(token)
