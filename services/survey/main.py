"""`python -m services.survey.main`: surveys in, responses in, envelopes out."""

from functools import partial
from typing import NamedTuple

from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceStub
from cxm.survey.v1.export_pb2_grpc import add_ResponseExportServiceServicer_to_server
from cxm.survey.v1.import_pb2_grpc import add_ResponseImportServiceServicer_to_server
from cxm.survey.v1.invitations_pb2_grpc import add_InvitationServiceServicer_to_server
from cxm.survey.v1.reconciliation_pb2_grpc import add_ReconciliationServiceServicer_to_server
from cxm.survey.v1.responses_pb2_grpc import add_ResponseServiceServicer_to_server
from cxm.survey.v1.surveys_pb2_grpc import add_SurveyServiceServicer_to_server
from services.kit import clock
from services.kit.db.database import Database, is_away, open_database
from services.kit.db.migrate import check_schema
from services.kit.directory import DirectoryCopy
from services.kit.events import nats
from services.kit.events.outbox import Outbox
from services.kit.events.streams import declare
from services.kit.operate import consume
from services.kit.process import Process, run
from services.kit.rights.tokens import Signer, Verifier
from services.kit.rpc.door import ServiceIdentity, open_channel
from services.survey.attribution.labels import Labels
from services.survey.attribution.lookup import DirectoryLookup
from services.survey.config import Settings, read_customer_key
from services.survey.events import directory_consumer
from services.survey.exporting.rpc import ResponseExport
from services.survey.importing.rpc import ResponseImport
from services.survey.invitations.inviting import InvitationLookup, Inviting
from services.survey.invitations.rpc import InvitationRpc
from services.survey.reconciliation.rpc import Reconciliation
from services.survey.responses.correcting import Correcting
from services.survey.responses.intake import Intake
from services.survey.responses.rpc import ResponseRpc
from services.survey.responses.writer import ResponseWriter
from services.survey.surveys.cache import SurveyCache
from services.survey.surveys.editing import Editing
from services.survey.surveys.rpc import SurveyRpc


def main() -> None:
    settings = Settings()
    run(
        "survey",
        listen=settings.listen,
        verifier=Verifier.internal(settings.trusted_keys_file, audience="survey"),
        otlp_endpoint=settings.otlp_endpoint,
        is_away=is_away,
        wire=partial(wire, settings),
    )


async def wire(settings: Settings, process: Process) -> None:
    """Open what survey needs; ready when the schema is current, the streams stand and the directory is copied."""
    customer_key = read_customer_key(settings.customer_key_file)
    database = await process.enter(
        open_database(settings.database_url, settings.read_database_url, pool_size=8)
    )
    await check_schema(database.pool, "survey")
    client = await process.enter(nats.connect(settings.nats_url, "survey"))
    stream = client.jetstream()
    await declare(stream, replicas=settings.stream_replicas)
    channel = await process.enter(open_channel(settings.profile_address))
    identity = ServiceIdentity("survey", Signer.from_file(settings.key_file))
    directory = DirectoryCopy(database, DirectoryServiceStub(channel), identity)
    await directory.start()
    outbox = Outbox(database.pool, stream)
    servicers = open_servicers(database, outbox, directory, customer_key)
    process.serve(
        "cxm.survey.v1.SurveyService", add_SurveyServiceServicer_to_server, servicers.surveys
    )
    process.serve(
        "cxm.survey.v1.InvitationService",
        add_InvitationServiceServicer_to_server,
        servicers.invitations,
    )
    process.serve(
        "cxm.survey.v1.ResponseService", add_ResponseServiceServicer_to_server, servicers.responses
    )
    process.serve(
        "cxm.survey.v1.ResponseImportService",
        add_ResponseImportServiceServicer_to_server,
        servicers.response_import,
    )
    export = ResponseExport(database, directory)
    process.serve(
        "cxm.survey.v1.ResponseExportService", add_ResponseExportServiceServicer_to_server, export
    )
    process.serve(
        "cxm.survey.v1.ReconciliationService",
        add_ReconciliationServiceServicer_to_server,
        Reconciliation(database, directory),
    )
    consume(process, directory, [directory_consumer(client, database, directory)])
    for work in (outbox.run, directory.follow, *servicers.intake.work()):
        process.background(work)


class Servicers(NamedTuple):
    """What answers calls about surveys, invitations and responses; the intake's work must run."""

    surveys: SurveyRpc
    invitations: InvitationRpc
    responses: ResponseRpc
    response_import: ResponseImport
    intake: Intake


def open_servicers(
    database: Database,
    outbox: Outbox,
    directory: DirectoryCopy,
    customer_key: bytes,
    now: clock.Clock = clock.now,
) -> Servicers:
    """The servicers and what stands behind them."""
    lookup, labels = DirectoryLookup(directory), Labels(database.pool)
    cache = SurveyCache(database.read)
    invitations = InvitationLookup(database.pool)
    commit = ResponseWriter(database.pool, outbox)
    editing = Editing(database, outbox, lookup, now)
    intake = Intake(cache, lookup, labels, invitations, commit, customer_key, now)
    return Servicers(
        SurveyRpc(database, directory, editing, cache, now),
        InvitationRpc(Inviting(database.pool, cache, lookup, labels, customer_key, now)),
        ResponseRpc(intake, Correcting(database, outbox, directory, customer_key)),
        ResponseImport(database, directory, editing, intake),
        intake,
    )


if __name__ == "__main__":
    main()
