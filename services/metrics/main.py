"""The metrics process: wiring only."""

from functools import partial

from cxm.metrics.v1.definitions_pb2_grpc import add_DefinitionServiceServicer_to_server
from cxm.metrics.v1.export_pb2_grpc import add_ScoreExportServiceServicer_to_server
from cxm.metrics.v1.reconciliation_pb2_grpc import add_ReconciliationServiceServicer_to_server
from cxm.metrics.v1.scores_pb2_grpc import add_ScoreServiceServicer_to_server
from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceStub
from cxm.survey.v1.reconciliation_pb2_grpc import ReconciliationServiceStub
from cxm.survey.v1.surveys_pb2_grpc import SurveyServiceStub
from services.kit.db.database import is_away, open_database
from services.kit.db.migrate import check_schema
from services.kit.directory import DirectoryCopy
from services.kit.events import nats
from services.kit.events.consumer import Apply, Consumer, in_session
from services.kit.events.streams import (
    METRICS_COPIES_DIRECTORY,
    METRICS_COPIES_EMPLOYMENT,
    METRICS_COPIES_SURVEYS,
    METRICS_RECORDS_RESPONSES,
    Durable,
    declare,
)
from services.kit.operate import consume
from services.kit.process import Process, run
from services.kit.rights.tokens import Signer, Verifier
from services.kit.rpc.servicing import ServiceIdentity, open_channel
from services.metrics import events
from services.metrics.answer_log.compaction import Compactor
from services.metrics.answer_log.dictionary import Dictionary
from services.metrics.answer_log.log import AnswerLog
from services.metrics.answer_log.pruning import Pruner
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.answer_log.watermark import Watermarks
from services.metrics.config import Settings
from services.metrics.cube.cube import Cube
from services.metrics.cube.standing import Recount
from services.metrics.definitions.registry import Definitions
from services.metrics.definitions.rpc import DefinitionRpc
from services.metrics.employment import events as employment
from services.metrics.rebuild.runner import Rebuild
from services.metrics.reconciliation.comparing import Reconciler
from services.metrics.reconciliation.rpc import ReconciliationRpc
from services.metrics.reconciliation.runner import ReconciliationRunner
from services.metrics.scores.exporting import ScoreExport
from services.metrics.scores.reader import ScoreReader
from services.metrics.scores.rpc import ScoreRpc
from services.metrics.scores.score_events import Announcer


def main() -> None:
    settings = Settings()
    run(
        "metrics",
        listen=settings.listen,
        verifier=Verifier.internal(settings.trusted_keys_file, audience="metrics"),
        otlp_endpoint=settings.otlp_endpoint,
        is_away=is_away,
        wire=partial(wire, settings),
    )


async def wire(settings: Settings, process: Process) -> None:
    """Ready means: schema current, streams read back, directory copied, every partition of the cube loaded."""
    database = await process.enter(
        open_database(settings.database_url, settings.read_database_url, pool_size=6)
    )
    await check_schema(database.pool, "metrics")
    client = await process.enter(nats.connect(settings.nats_url, "metrics"))
    await declare(client.jetstream(), replicas=settings.stream_replicas)
    identity = ServiceIdentity("metrics", Signer.from_file(settings.key_file))
    profile = await process.enter(open_channel(settings.profile_address))
    survey = await process.enter(open_channel(settings.survey_address))

    directory = DirectoryCopy(database, DirectoryServiceStub(profile), identity)
    dictionary = Dictionary(database.pool)
    surveys = SurveyCopy(database, dictionary, SurveyServiceStub(survey), identity)
    cube = Cube(database.pool, dictionary, surveys)
    log = AnswerLog(database.pool, dictionary, surveys, lambda: directory.tree.today_number)
    await directory.start()
    await dictionary.load()
    await surveys.refresh()
    await cube.load()
    definitions = Definitions(database)
    await definitions.open()
    reading = ScoreReader(
        database.read, cube, surveys, definitions, lambda: directory.tree.today_number
    )
    announcer = Announcer(client, directory, reading.metrics_of)

    consumers: list[tuple[Durable, Apply]] = [
        (METRICS_COPIES_DIRECTORY, in_session(database.write, directory.handlers())),
        (METRICS_COPIES_SURVEYS, in_session(database.write, events.survey_handlers(surveys))),
        (METRICS_COPIES_EMPLOYMENT, in_session(database.write, employment.HANDLERS)),
        (METRICS_RECORDS_RESPONSES, events.record_responses(log, announcer.announce)),
    ]
    consume(process, directory, [Consumer(client, database.pool, *one) for one in consumers])
    recount = Recount(database.pool, cube, lambda: directory.tree.today_number)
    facts = ReconciliationServiceStub(survey)
    watermarks = Watermarks(client.jetstream(), database.pool, facts, identity)
    reconciler = Reconciler(database.pool, dictionary, surveys, watermarks, facts, identity)
    check = ReconciliationRunner(database.pool, reconciler, directory)
    rebuild = Rebuild(database.pool, dictionary, surveys, facts, identity)
    compactor, pruner = Compactor(database.pool), Pruner(database.pool, watermarks)
    for work in (directory.follow, cube.follow, recount.run):
        process.background(work)
    for work in (compactor.run, pruner.run, check.run, rebuild.run):
        process.background(work)
    scores = ScoreRpc(directory, reading)
    process.serve("cxm.metrics.v1.ScoreService", add_ScoreServiceServicer_to_server, scores)
    definition_rpc = DefinitionRpc(directory, surveys, definitions)
    process.serve(
        "cxm.metrics.v1.DefinitionService", add_DefinitionServiceServicer_to_server, definition_rpc
    )
    export = ScoreExport(directory, reading)
    process.serve(
        "cxm.metrics.v1.ScoreExportService", add_ScoreExportServiceServicer_to_server, export
    )
    process.serve(
        "cxm.metrics.v1.ReconciliationService",
        add_ReconciliationServiceServicer_to_server,
        ReconciliationRpc(directory, check, rebuild),
    )


if __name__ == "__main__":
    main()
