"""Calls that are refused, and what surveys announced."""

from typing import Any

import grpc
import pytest

from cxm.survey.v1 import surveys_pb2 as pb
from cxm.survey.v1.events_pb2 import SurveyChanged
from services.kit.errors import Failure
from services.kit.events.streams import SURVEY_CHANGED
from services.kit.rpc.status import from_rpc
from tests.service.survey.support.running import SurveyService


async def failure_of(work: Any) -> Failure:
    """Why a call is refused."""
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await work
    return from_rpc(refused.value)


async def announced(survey: SurveyService) -> list[pb.Survey]:
    """The surveys as they were announced, in order."""
    rows = await survey.database.pool.fetch(
        "SELECT payload FROM outbox WHERE subject = $1 ORDER BY id", SURVEY_CHANGED
    )
    return [SurveyChanged.FromString(row[0]).survey for row in rows]
