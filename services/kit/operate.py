"""What whoever runs the platform may ask of a service: cxm.operate.v1.OperateService."""

from collections.abc import Sequence

import structlog

from cxm.operate.v1 import operate_pb2 as pb
from cxm.operate.v1.operate_pb2_grpc import (
    OperateServiceServicer,
    add_OperateServiceServicer_to_server,
)
from services.kit.db.database import Pool, reaching
from services.kit.directory.copy import DirectoryCopy
from services.kit.events.consumer import Consumer
from services.kit.process import Process
from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_alone
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, viewer

log = structlog.get_logger()


class OperateRpc(OperateServiceServicer):
    """For operators; answers with counts and never with data."""

    def __init__(self, directory: DirectoryCopy, pool: Pool, consumers: Sequence[Consumer]) -> None:
        self.directory = directory
        self.pool = pool
        self.consumers = consumers

    @needs(Action.REPLAY, Scope.ORGANISATION)
    async def ReplayDeadLetters(
        self, request: pb.ReplayDeadLettersRequest, context: Context
    ) -> pb.ReplayDeadLettersResponse:
        """Apply the dead letters of all consumers of this service again."""
        with reaching("dead letters"):
            await write_alone(self.pool, self._entry(viewer(context)))
            counts = [await consumer.replay() for consumer in self.consumers]
        replayed, failed = (sum(column) for column in zip(*counts, strict=True))
        log.info(
            "dead letters replayed", by=viewer(context).subject, replayed=replayed, failed=failed
        )
        return pb.ReplayDeadLettersResponse(replayed=replayed, failed=failed)

    def _entry(self, who: Viewer) -> AuditEntry:
        tree = self.directory.tree
        actor = actor_of(who, Action.REPLAY, tree, tree.root_id)
        keys = tuple(consumer.durable.name for consumer in self.consumers)
        return AuditEntry(tree.clock(), actor, Deed.DEAD_LETTERS_REPLAYED, keys=keys)


def consume(
    process: Process, directory: DirectoryCopy, pool: Pool, consumers: Sequence[Consumer]
) -> None:
    """Run the consumers of a service, and let operators replay what they gave up."""
    for consumer in consumers:
        process.background(consumer.run)
    operate = OperateRpc(directory, pool, consumers)
    process.serve("cxm.operate.v1.OperateService", add_OperateServiceServicer_to_server, operate)
