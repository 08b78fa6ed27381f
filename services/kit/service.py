"""One start for every service: what all of them open, in one order, before their nouns are wired."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from nats.aio.client import Client

from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceStub
from services.kit import clock
from services.kit.auditing import serve_audit
from services.kit.config import CopyingSettings, ServiceSettings
from services.kit.db.database import Database, is_away, open_database
from services.kit.db.migrate import await_schema
from services.kit.directory.copy import DirectoryCopy
from services.kit.events import backlog, nats
from services.kit.events.broker_settings import look_at_broker
from services.kit.events.consumer import BATCH, Apply, Consumer, in_session
from services.kit.events.keeping import Restore, StreamKeeper
from services.kit.events.outbox import Outbox
from services.kit.events.streams import STREAMS, Durable, directory_durable
from services.kit.events.watching import Look, Watch, looks_at_disks
from services.kit.operate import Announcing, OperateRpc, serve_operate
from services.kit.process import Process, run
from services.kit.rights.audit.storage import check_time
from services.kit.rights.tokens import Signer, Verifier
from services.kit.rpc.needs import TreeSource
from services.kit.rpc.servicing import ServiceIdentity, open_channel


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedStores:
    """Database and broker of a service. `outbox` is for services with a stream of their own name."""

    name: str
    database: Database
    client: Client
    outbox: Outbox
    consumers: list[Consumer] = field(default_factory=list)
    restoring: list[Restore] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)

    def watch(self, look: Look) -> None:
        """Look at this every 10 s, so that it is shown as a number."""
        self.looks.append(look)

    def consume(self, durable: Durable, apply: Apply, *, batch: int = BATCH) -> None:
        """Apply what a durable hears, from when every noun is wired, at most `batch` messages at a time."""
        pool = self.database.pool
        self.consumers.append(Consumer(self.client, pool, durable, apply, batch=batch))

    def restore(self, announce: Restore) -> None:
        """Announce this anew, through the outbox, whenever the broker has lost the stream of this service."""
        self.restoring.append(announce)

    def operate(self, process: Process, directory: TreeSource) -> None:
        """Run the consumers, and let operators see how far this service is and replay what was given up."""
        for consumer in self.consumers:
            process.background(consumer.run)
        own = self.name.upper()
        announcing = Announcing(self.client, self.outbox, own) if own in STREAMS else None
        pool = self.database.pool
        serve_operate(process, OperateRpc(self.name, directory, pool, self.consumers, announcing))
        process.background(Watch([*self.looks, *self._looks(own)]).run)

    def _looks(self, own: str) -> Iterator[Look]:
        """At what waits: here, and for others in our stream."""
        pool, client = self.database.pool, self.client
        if own in STREAMS:
            yield self.outbox.look
            yield partial(backlog.look_at_stream, client, own)
        if self.consumers:
            durables = [consumer.durable.name for consumer in self.consumers]
            yield partial(backlog.look_at_dead_letters, pool, durables)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared(SharedStores):
    """What every noun of a service is wired with. `identity` signs calls to other services."""

    identity: ServiceIdentity
    directory: DirectoryCopy


def run_service(
    name: str,
    settings: CopyingSettings,
    wire: Callable[[Process, Shared], Awaitable[None]],
) -> None:
    """Run a service with a copy of the directory; `wire` wires its nouns and returns when they are ready."""

    async def start(process: Process) -> None:
        stores = await _open_stores(process, name, settings)
        identity = ServiceIdentity(name, Signer.from_file(settings.key_file))
        channel = await process.enter(open_channel(settings.profile_address))
        directory = DirectoryCopy(stores.database, DirectoryServiceStub(channel), identity)
        await directory.start()
        shared = Shared(
            name=name,
            database=stores.database,
            client=stores.client,
            outbox=stores.outbox,
            restoring=stores.restoring,
            looks=stores.looks,
            identity=identity,
            directory=directory,
        )
        shared.consume(
            directory_durable(name), in_session(stores.database.write, directory.handlers())
        )
        await wire(process, shared)
        process.background(directory.follow)
        shared.operate(process, directory)
        serve_audit(process, directory, stores.database)

    _run(name, settings, start)


def run_directory_owner(
    name: str,
    settings: ServiceSettings,
    wire: Callable[[Process, SharedStores], Awaitable[None]],
) -> None:
    """As run_service, for the service that owns the directory: it has no copy and consumes nothing."""

    async def start(process: Process) -> None:
        await wire(process, await _open_stores(process, name, settings))

    _run(name, settings, start)


async def _open_stores(process: Process, name: str, settings: ServiceSettings) -> SharedStores:
    """Open database and broker; Unavailable if the schema is older and stays so, Conflict if the streams are."""
    database = await process.enter(
        open_database(
            settings.database_url, settings.read_database_url, pool_size=settings.pool_size
        )
    )
    await await_schema(database.pool, name)
    if settings.clock_file is not None:
        clock.stand_at(settings.clock_file)
        await check_time(database.pool, clock.now())
    client = await process.enter(nats.connect(settings.nats_url, name))
    stream = client.jetstream()
    outbox = Outbox(database.pool, stream)
    restoring: list[Restore] = []
    if (own := name.upper()) in STREAMS:
        keeper = StreamKeeper(
            own,
            stream,
            database,
            restoring,
            process.show_ready,
            replicas=settings.stream_replicas,
            max_bytes=settings.stream_bytes,
        )
        await keeper.start()
        process.background(keeper.run)
        process.background(outbox.run)
    looks = looks_at_disks(settings.disks)
    if settings.broker_monitoring_url is not None:
        looks.append(partial(look_at_broker, settings.broker_monitoring_url))
    return SharedStores(
        name=name,
        database=database,
        client=client,
        outbox=outbox,
        restoring=restoring,
        looks=looks,
    )


def _run(name: str, settings: ServiceSettings, start: Callable[[Process], Awaitable[None]]) -> None:
    run(
        name,
        listen=settings.listen,
        verifier=partial(Verifier.internal, settings.trusted_keys_file, audience=name),
        otlp_endpoint=settings.otlp_endpoint,
        health_address=settings.health_address,
        is_away=is_away,
        wire=start,
    )
