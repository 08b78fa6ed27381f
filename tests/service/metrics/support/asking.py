"""Metrics of the organisation's own, and scores with their changes, as the tests ask for them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import grpc
import pytest

from cxm.metrics.v1 import definitions_pb2
from cxm.metrics.v1 import scores_pb2 as pb
from services.kit.clock import day_number
from services.kit.errors import Failure
from services.kit.rpc.status import from_rpc
from tests.service.metrics.conftest import Metrics, make_scope
from tests.support.builders import id_of, make_response

JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


async def compare(
    metrics: Metrics, wanted: Sequence[str] = (), days: tuple[date, date] = (JANUARY, FEBRUARY)
) -> dict[str, pb.Score]:
    request = pb.GetScorecardsRequest(
        department_ids=[id_of("d1")],
        scope=make_scope(FEBRUARY, MARCH),
        metrics=wanted,
        compare_to=pb.Days(from_day=day_number(days[0]), to_day=day_number(days[1])),
    )
    reply = await metrics.scores.GetScorecards(request, metadata=metrics.bearer())
    return {score.metric: score for score in reply.scorecards[0].scores}


async def answer(metrics: Metrics, on: date, *, nps: Sequence[int], csat: Sequence[int]) -> None:
    await metrics.record(
        *[make_response("d1", on=on, nps=score) for score in nps],
        *[make_response("d1", on=on, csat=score) for score in csat],
    )


async def refused(call: Any) -> Failure:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await call
    return from_rpc(raised.value)


def make_draft(**fields: Any) -> definitions_pb2.MetricDraft:
    """The share of answers 5 to satisfaction."""
    given: dict[str, Any] = {
        "key": "best",
        "name": "Best",
        "statistic": definitions_pb2.STATISTIC_SHARE,
        "answers": ["4", "5"],
        "kind": "CSAT",
        "denominator": definitions_pb2.DENOMINATOR_VALID,
    }
    return definitions_pb2.MetricDraft(**{**given, **fields})


async def register(
    metrics: Metrics, draft: definitions_pb2.MetricDraft
) -> definitions_pb2.Definition:
    given = definitions_pb2.MetricDraft()
    given.CopyFrom(draft)
    given.name = given.name or given.key
    if given.WhichOneof("item") == "question" and not given.question.survey:
        given.question.survey = "aside"
    request = definitions_pb2.RegisterMetricRequest(draft=given)
    return (await metrics.definitions.RegisterMetric(request, metadata=metrics.bearer())).definition
