"""The profile process: `python -m services.profile.main`."""

from functools import partial

from cxm.profile.v1.profile_pb2_grpc import add_DirectoryServiceServicer_to_server
from services.kit import clock
from services.kit.db.database import is_away, open_database
from services.kit.db.migrate import check_schema
from services.kit.events import nats
from services.kit.events.outbox import Outbox
from services.kit.events.streams import declare
from services.kit.process import Process, run
from services.kit.rights.tokens import Verifier
from services.profile.config import Settings
from services.profile.directory.changes import found
from services.profile.directory.current import CurrentDirectory
from services.profile.directory.rpc import DirectoryRpc


def main() -> None:
    settings = Settings()
    run(
        "profile",
        listen=settings.listen,
        verifier=Verifier.internal(settings.trusted_keys_file, audience="profile"),
        otlp_endpoint=settings.otlp_endpoint,
        is_away=is_away,
        wire=partial(wire, settings),
    )


async def wire(settings: Settings, process: Process) -> None:
    """Ready once the organisation exists and its streams are declared."""
    database = await process.enter(open_database(settings.database_url, settings.read_database_url))
    await check_schema(database.pool, "profile")
    client = await process.enter(nats.connect(settings.nats_url, "profile"))
    stream = client.jetstream()
    await declare(stream, replicas=settings.stream_replicas)
    outbox = Outbox(database.pool, stream)
    await found(database, outbox, settings.time_zone)
    current = CurrentDirectory(database, clock.now)
    await current.read()
    process.background(outbox.run)
    process.serve(
        "cxm.profile.v1.DirectoryService",
        add_DirectoryServiceServicer_to_server,
        DirectoryRpc(database, outbox, current),
    )


if __name__ == "__main__":
    main()
