"""Who heads which department today, asked of profile."""

from typing import TYPE_CHECKING

from cxm.profile.v1 import grants_pb2 as pb
from cxm.profile.v1.grants_pb2_grpc import GrantServiceStub
from services.kit.process import Process
from services.kit.rpc.asking import asking
from services.kit.rpc.servicing import WRITE_SECONDS, ServiceIdentity, open_channel

if TYPE_CHECKING:
    from cxm.profile.v1.grants_pb2_grpc import GrantServiceAsyncStub


class HeadsOfProfile:
    """Grants change too seldom, and waves open too seldom, to keep a copy."""

    def __init__(self, profile: "GrantServiceAsyncStub", identity: ServiceIdentity) -> None:
        self.profile = profile
        self.identity = identity

    async def find(self) -> list[tuple[str, str]]:
        """Subject and department (key, empty for the organisation) of each; Unavailable if profile is away."""
        with asking("profile"):
            reply = await self.profile.ListHeads(
                pb.ListHeadsRequest(),
                timeout=WRITE_SECONDS,
                metadata=self.identity.metadata("profile"),
            )
        return [(head.subject, head.department) for head in reply.heads]


async def open_heads(
    process: Process, profile_address: str, identity: ServiceIdentity
) -> HeadsOfProfile:
    """Asks profile as long as the process runs."""
    channel = await process.enter(open_channel(profile_address))
    return HeadsOfProfile(GrantServiceStub(channel), identity)
