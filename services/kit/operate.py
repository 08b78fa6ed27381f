"""What whoever runs the platform may ask of a service: cxm.operate.v1.OperateService."""

from collections.abc import Sequence
from dataclasses import asdict

import structlog
from nats.aio.client import Client
from nats.errors import Error as NatsError

from cxm.operate.v1 import operate_pb2 as pb
from cxm.operate.v1.operate_pb2_grpc import (
    OperateServiceServicer,
    add_OperateServiceServicer_to_server,
)
from services.kit import clock
from services.kit.config import VERSION
from services.kit.db.database import Pool, reaching
from services.kit.db.migrate import newest_version
from services.kit.events.backlog import dead_letters, unapplied_in
from services.kit.events.consumer import Consumer
from services.kit.events.outbox import Outbox
from services.kit.process import Process
from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_alone
from services.kit.rights.tree import Tree
from services.kit.rpc.needs import Scope, TreeSource, needs
from services.kit.rpc.servicing import Context, viewer

CLOCK_AND_SCHEMA = "SELECT clock_timestamp(), version_num FROM alembic_version"

log = structlog.get_logger()


class Announcing:
    """What a service with a stream of its own publishes there."""

    def __init__(self, client: Client, outbox: Outbox, stream: str) -> None:
        self.client = client
        self.outbox = outbox
        self.stream = stream

    async def tell(self, health: pb.GetHealthResponse) -> None:
        """Write how far the facts of this stream are; while the broker is away not who has still to apply them."""
        health.unpublished, stuck = await self.outbox.backlog()
        health.stuck_seconds = round(stuck)
        try:
            found = await unapplied_in(self.client, self.stream, clock.now())
        except (NatsError, OSError) as error:
            log.warning("backlog not known", stream=self.stream, error=type(error).__name__)
            return
        for one in found:
            health.unapplied.add(durable=one.durable, facts=one.facts, seconds=round(one.seconds))


async def process_state(pool: Pool, service: str, machine: clock.Clock) -> pb.ProcessState:
    """What this process runs, and by what clock."""
    since = machine()
    row = await pool.fetchrow(CLOCK_AND_SCHEMA)
    until = machine()
    assert row is not None
    told, schema = row
    state = pb.ProcessState(
        version=VERSION,
        database_ahead_seconds=clock.apart_seconds(told, since, until),
        schema=schema,
        needed_schema=newest_version(service),
    )
    state.clock_at.FromDatetime(until)
    return state


class OperateRpc(OperateServiceServicer):
    """For operators; answers with counts and never with data. `announcing`: None without a stream of its own."""

    def __init__(
        self,
        service: str,
        directory: TreeSource,
        pool: Pool,
        consumers: Sequence[Consumer] = (),
        announcing: Announcing | None = None,
        machine: clock.Clock = clock.machine_now,
    ) -> None:
        self.service = service
        self.machine = machine
        self.directory = directory
        self.pool = pool
        self.consumers = consumers
        self.announcing = announcing

    @needs(Action.REPLAY, Scope.ORGANISATION)
    async def GetHealth(
        self, request: pb.GetHealthRequest, context: Context
    ) -> pb.GetHealthResponse:
        """How far this service is with its facts, and what it gave up; what runs."""
        health = pb.GetHealthResponse()
        with reaching("what waits"):
            state = await process_state(self.pool, self.service, self.machine)
            health.process.CopyFrom(state)
            if self.announcing is not None:
                await self.announcing.tell(health)
            if self.consumers:
                health.dead, letters = await dead_letters(self.pool)
                health.dead_letters.extend(pb.DeadLetters(**asdict(kind)) for kind in letters)
        return health

    @needs(Action.REPLAY, Scope.ORGANISATION)
    async def ReplayDeadLetters(
        self, request: pb.ReplayDeadLettersRequest, context: Context
    ) -> pb.ReplayDeadLettersResponse:
        """Apply the dead letters of all consumers of this service again."""
        tree = await self.directory.read_tree()
        with reaching("dead letters"):
            await write_alone(self.pool, self._entry(viewer(context), tree))
            counts = [await consumer.replay() for consumer in self.consumers]
        replayed, failed = sum(done for done, _ in counts), sum(left for _, left in counts)
        log.info(
            "dead letters replayed", by=viewer(context).subject, replayed=replayed, failed=failed
        )
        return pb.ReplayDeadLettersResponse(replayed=replayed, failed=failed)

    def _entry(self, who: Viewer, tree: Tree) -> AuditEntry:
        actor = actor_of(who, Action.REPLAY, tree, tree.root_id)
        keys = tuple(consumer.durable.name for consumer in self.consumers)
        return AuditEntry(tree.clock(), actor, Deed.DEAD_LETTERS_REPLAYED, keys=keys)


def serve_operate(process: Process, operate: OperateRpc) -> None:
    """Answer cxm.operate.v1.OperateService."""
    process.serve("cxm.operate.v1.OperateService", add_OperateServiceServicer_to_server, operate)
