"""What the identity provider says of those who sign in, handed on to profile."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import grpc
import structlog

from cxm.profile.v1 import users_pb2 as pb
from gateway.errors import failure_of
from services.kit.rights.access import Viewer
from services.kit.rights.identities import UserClaims
from services.kit.rpc.servicing import WRITE_SECONDS, Metadata

if TYPE_CHECKING:  # only the type stubs know the asynchronous stubs
    from cxm.profile.v1.users_pb2_grpc import UserServiceAsyncStub

REMEMBERED_SECONDS = 3600.0
MOST_SUBJECTS = 10_000

log = structlog.get_logger()


class UserRecorder:
    """Tells profile what is new; once an hour what is not."""

    def __init__(
        self,
        stub: "UserServiceAsyncStub",
        metadata: Callable[[Viewer, str], Metadata],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.stub = stub
        self.metadata = metadata
        self.now = now
        self.recorded: dict[str, tuple[UserClaims, float]] = {}

    async def record(self, viewer: Viewer, said: UserClaims) -> None:
        """Have profile keep what is said of a viewer with grants; while it is away nothing is recorded."""
        if said == UserClaims() or not viewer.grants:
            return
        before, until = self.recorded.get(viewer.subject, (None, 0.0))
        if before == said and self.now() < until:
            return
        if len(self.recorded) >= MOST_SUBJECTS:
            self.recorded.clear()
        self.recorded[viewer.subject] = (said, self.now() + REMEMBERED_SECONDS)
        request = pb.RecordOwnUserRequest(name=said.name, email=said.email, language=said.language)
        metadata = self.metadata(Viewer(viewer.subject), "profile")
        try:
            await self.stub.RecordOwnUser(request, timeout=WRITE_SECONDS, metadata=metadata)
        except grpc.aio.AioRpcError as error:
            self.recorded.pop(viewer.subject, None)
            log.warning("user not recorded", reason=failure_of(error, "profile").reason)
