"""What the answer log is made of, and what keeps it small in the background."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import grpc

from cxm.survey.v1.reconciliation_pb2_grpc import ReconciliationServiceStub
from cxm.survey.v1.surveys_pb2_grpc import SurveyServiceStub
from services.kit.process import Process
from services.kit.service import Shared
from services.metrics.answer_log.compaction import Compactor
from services.metrics.answer_log.dictionary import Dictionary
from services.metrics.answer_log.log import AnswerLog
from services.metrics.answer_log.pruning import Pruner
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.answer_log.watermark import Watermarks

if TYPE_CHECKING:
    from cxm.survey.v1.reconciliation_pb2_grpc import ReconciliationServiceAsyncStub


@dataclass(frozen=True, slots=True)
class WiredLog:
    """The answer log and what reads it. `stored` answers with the responses that survey stores."""

    log: AnswerLog
    dictionary: Dictionary
    surveys: SurveyCopy
    watermarks: Watermarks
    stored: "ReconciliationServiceAsyncStub"


async def wire(process: Process, shared: Shared, survey: grpc.aio.Channel) -> WiredLog:
    """Read the dictionary and the surveys, compact and prune from then on."""
    pool, identity, directory = shared.database.pool, shared.identity, shared.directory
    dictionary = Dictionary(pool)
    surveys = SurveyCopy(shared.database, dictionary, SurveyServiceStub(survey), identity)
    stored = ReconciliationServiceStub(survey)
    watermarks = Watermarks(shared.client.jetstream(), pool, stored, identity)
    log = AnswerLog(pool, dictionary, surveys, lambda: directory.tree.today_number)
    await dictionary.load()
    await surveys.refresh()
    process.background(Compactor(pool).run)
    process.background(Pruner(pool, watermarks).run)
    return WiredLog(log, dictionary, surveys, watermarks, stored)
