"""What all requests of a gateway share, and who a token names."""

from dataclasses import dataclass

from graphql import GraphQLSchema

from gateway.calls.cache import AnswerCache
from gateway.calls.clients import Clients
from gateway.calls.grants import SUBJECT_PREFIX, GrantReader
from gateway.calls.identity_provider import IdentityProvider
from gateway.calls.users import UserRecorder
from gateway.live.listeners import Listeners
from gateway.request.context import no_token
from gateway.request.cursors import Cursors
from gateway.request.documents import Documents
from gateway.strangers.brake import Brake
from services.kit.errors import Unauthenticated
from services.kit.rights.access import ANONYMOUS, Viewer
from services.kit.rights.tokens import Verified, Verifier, peek


@dataclass(frozen=True, slots=True)
class Gateway:
    """Everything requests share."""

    schema: GraphQLSchema
    documents: Documents
    verifier: Verifier
    provider: IdentityProvider | None
    grants: GrantReader
    users: UserRecorder
    clients: Clients
    cache: AnswerCache
    cursors: Cursors
    listeners: Listeners
    brake: Brake

    async def viewer(self, authorization: str | None) -> Viewer:
        """Whoever the Authorization header names; ANONYMOUS without one."""
        return ANONYMOUS if authorization is None else (await self.verified(authorization)).viewer

    async def signed_in(self, authorization: str | None) -> Viewer:
        """Whoever the Authorization header names; Unauthenticated without one."""
        if authorization is None:
            raise no_token()
        return (await self.verified(authorization)).viewer

    async def verified(self, authorization: str) -> Verified:
        """What the Authorization header's token says; Unauthenticated if it does not hold.

        The embedded issuer's tokens carry their grants; whoever the identity provider names has those of profile.
        """
        scheme, _, token = authorization.partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("send Authorization: Bearer <token>", reason="TOKEN_INVALID")
        provider = self.provider
        if provider is None or peek(token).issuer != provider.issuer:
            return self.verifier.read(token)
        identity = await provider.read(token)
        subject = SUBJECT_PREFIX + identity.subject
        viewer = Viewer(subject, await self.grants.of(subject))
        await self.users.record(viewer, identity.user)
        return Verified(viewer, identity.expires_at)
