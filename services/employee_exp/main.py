"""The employee_exp process: `python -m services.employee_exp.main`."""

from functools import partial

from cxm.employee_exp.v1.employee_exp_pb2_grpc import add_EmployeeServiceServicer_to_server
from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceStub
from services.employee_exp.config import Settings
from services.employee_exp.employment.rpc import EmployeeRpc
from services.employee_exp.events import copier
from services.kit.db.database import is_away, open_database
from services.kit.db.migrate import check_schema
from services.kit.directory import DirectoryCopy
from services.kit.events import nats
from services.kit.events.outbox import Outbox
from services.kit.events.streams import declare
from services.kit.operate import consume
from services.kit.process import Process, run
from services.kit.rights.tokens import Signer, Verifier
from services.kit.rpc.door import ServiceIdentity, open_channel


def main() -> None:
    settings = Settings()
    run(
        "employee_exp",
        listen=settings.listen,
        verifier=Verifier.internal(settings.trusted_keys_file, audience="employee_exp"),
        otlp_endpoint=settings.otlp_endpoint,
        is_away=is_away,
        wire=partial(wire, settings),
    )


async def wire(settings: Settings, process: Process) -> None:
    """Ready once the streams are declared and the copy of the directory is filled."""
    database = await process.enter(open_database(settings.database_url, settings.read_database_url))
    await check_schema(database.pool, "employee_exp")
    client = await process.enter(nats.connect(settings.nats_url, "employee_exp"))
    stream = client.jetstream()
    await declare(stream, replicas=settings.stream_replicas)
    channel = await process.enter(open_channel(settings.profile_address))
    identity = ServiceIdentity("employee_exp", Signer.from_file(settings.key_file))
    directory = DirectoryCopy(database, DirectoryServiceStub(channel), identity)
    await directory.start()
    outbox = Outbox(database.pool, stream)
    process.background(directory.follow)
    consume(process, directory, [copier(client, database, directory)])
    process.background(outbox.run)
    process.serve(
        "cxm.employee_exp.v1.EmployeeService",
        add_EmployeeServiceServicer_to_server,
        EmployeeRpc(database, outbox, directory),
    )


if __name__ == "__main__":
    main()
