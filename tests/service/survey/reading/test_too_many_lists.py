"""Lists of responses over the wire: one reader who asks for too many is refused, and others go on."""

import asyncio
from typing import Any

import asyncpg
import pytest

from cxm.survey.v1 import reading_pb2 as pb
from services.kit.rights.access import Role
from services.survey.reading.turns import WAITING
from tests.service.survey.support.calls import failure_of
from tests.service.survey.support.reading import NPS, Reading, scope
from tests.service.survey.support.running import SurveyService, make_submission, score, words

LISTS = {
    "ListResponses": pb.ListResponsesRequest(scope=scope(), counted_by=NPS, first=50),
    "ListVerbatims": pb.ListVerbatimsRequest(scope=scope(), first=50),
}


@pytest.mark.parametrize("name", LISTS)
async def test_who_asks_for_too_many_lists_at_once_is_refused_and_others_read_on(
    survey: SurveyService, name: str
) -> None:
    """Whoever reads here first today leaves an audit entry: while that table is held, those lists are not read."""
    await survey.submit(make_submission(score(3), words("The bill was wrong")))
    much, other = Reading(survey, Role.ANALYST), Reading(survey, Role.ADMIN)
    call = getattr(survey.response_reading, name)

    async def read(who: Reading) -> Any:
        return await call(LISTS[name], metadata=who.metadata)

    before = await read(other)
    holder = await asyncpg.connect(survey.database.superuser_url)
    try:
        async with holder.transaction():
            await holder.execute("LOCK TABLE audit_entry IN SHARE MODE")
            lists = [asyncio.ensure_future(read(much)) for _ in range(WAITING + 1)]
            done, held = await asyncio.wait(lists, timeout=10, return_when=asyncio.FIRST_COMPLETED)
            (refused,) = done
            refusal = await failure_of(refused)
            meanwhile = await read(other)
    finally:
        await holder.close()

    assert refusal.reason == "READING_BUSY"
    assert meanwhile == before
    assert await asyncio.gather(*held) == [before] * WAITING  # the control: so many are answered
