"""A service takes a few imports at a time, and of them two of a subject, whatever gateway they come through."""

import asyncio
from typing import Any

import grpc
import pytest

from cxm.batch.v1.batch_pb2 import ImportHeader, ImportPart
from cxm.survey.v1.import_pb2 import ImportResponsesRequest
from services.kit.places import MOST_OF_A_SUBJECT
from services.kit.rights.access import Role
from tests.service.survey.support.imports import survey as survey  # the fixture
from tests.service.survey.support.running import SurveyService

MAPPING = """
[defaults]
survey = "pulse"
department = "root"
[answers.q]
column = "q"
kind = "NPS"
[create]
survey = true
"""


async def begin(survey: SurveyService, role: Role) -> Any:
    """An upload whose header was taken, and whose file does not come."""
    header = ImportPart(header=ImportHeader(mapping=MAPPING, file_name="a.csv"))
    call = survey.response_import.ImportResponses(metadata=survey.bearer(role), timeout=60)
    await call.write(ImportResponsesRequest(part=header))
    assert await call.read() != grpc.aio.EOF
    return call


async def test_stalled_uploads_of_one_subject_leave_places_to_others(
    survey: SurveyService,
) -> None:
    stalled = [await begin(survey, Role.INTEGRATION) for _ in range(MOST_OF_A_SUBJECT)]

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await begin(survey, Role.INTEGRATION)
    others = await survey.load(MAPPING, "q\n9\n")

    assert refused.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert "2 imports of yours are under way" in (refused.value.details() or "")
    assert others.stored == 1

    for call in stalled:
        call.cancel()
    while True:  # until the service has heard of it
        try:
            (await begin(survey, Role.INTEGRATION)).cancel()
            break
        except grpc.aio.AioRpcError:
            await asyncio.sleep(0.01)
