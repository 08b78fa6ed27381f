"""Trends and breakdowns over gRPC, asked by others than an admin: the gateway is not the only one who may ask."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import grpc
import pytest

from cxm.metrics.v1 import scores_pb2 as pb
from services.kit.errors import Denied, Failure, NotFound, Unauthenticated
from services.kit.rights.access import Role
from services.kit.rpc.status import from_rpc
from tests.service.metrics.conftest import Metrics, make_scope
from tests.support.builders import id_of, make_department, make_response

START, END = date(2026, 1, 1), date(2026, 2, 1)
Ask = Callable[[Metrics, str, Any], Awaitable[list[int]]]


async def trend(metrics: Metrics, department: str, bearer: Any) -> list[int]:
    """Bases of the months."""
    request = pb.GetTrendRequest(
        department_id=id_of(department),
        scope=make_scope(START, END),
        metric="nps",
        interval=pb.CALENDAR_INTERVAL_MONTH,
    )
    reply = await metrics.scores.GetTrend(request, metadata=bearer)
    return [point.score.base for point in reply.points]


async def breakdown(metrics: Metrics, department: str, bearer: Any) -> list[int]:
    """Bases by child department."""
    request = pb.GetBreakdownRequest(
        department_id=id_of(department),
        scope=make_scope(START, END),
        metric="nps",
        dimension=pb.DIMENSION_CHILD_DEPARTMENT,
    )
    reply = await metrics.scores.GetBreakdown(request, metadata=bearer)
    return [group.score.base for group in reply.groups]


async def fate(asked: Awaitable[list[int]]) -> list[int] | type[Failure]:
    try:
        return await asked
    except grpc.aio.AioRpcError as error:
        return type(from_rpc(error))


@pytest.mark.parametrize("ask", [trend, breakdown])
async def test_a_head_reads_the_own_subtree_and_no_other_role_more_than_it_may(
    metrics: Metrics, ask: Ask
) -> None:
    """The control is what is read: all of the own part, and its child."""
    await metrics.fill(
        [make_department("a"), make_department("a1", "a"), make_department("b")],
    )
    await metrics.record(
        *[make_response("a1", on=START, nps=9) for _ in range(12)],
        *[make_response("b", on=START, nps=9) for _ in range(13)],
    )

    async def asked(department: str, role: Role, of: str | None = None) -> object:
        return await fate(ask(metrics, department, metrics.bearer(role, of)))

    head = Role.DEPARTMENT_HEAD
    for department in ("a", "a1"):
        assert await asked(department, head, "a") == [12]
    for department in ("b", "root", "nowhere"):
        assert await asked(department, head, "a") is NotFound
    assert await asked("b", Role.ANALYST) == [13]
    assert await asked("b", Role.INTEGRATION) is Denied
    assert await asked("b", Role.OPERATOR) is NotFound
    assert await fate(ask(metrics, "b", None)) is Unauthenticated
