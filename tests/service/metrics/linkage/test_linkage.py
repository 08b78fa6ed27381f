"""Links of customers and staff through the RPC: facts and releases in, points and coefficients out."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import grpc
import numpy as np
import pytest

from cxm.employee_exp.v1.events_pb2 import ReleasedDepartment
from cxm.metrics.v1 import linkage_pb2 as pb
from cxm.metrics.v1.linkage_pb2_grpc import (
    LinkageServiceStub,
    add_LinkageServiceServicer_to_server,
)
from cxm.survey.v1.events_pb2 import RecordedResponse
from services.kit.clock import day_number
from services.metrics.formulas.linkage.correlation import detectable
from services.metrics.linkage.rpc import LinkageRpc
from tests.conftest import Serve
from tests.service.metrics.conftest import Metrics
from tests.service.metrics.support.releases import Releases, release, released, share, withheld
from tests.support.builders import id_of, make_department, make_response

QUARTERS = (date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1))
ENGAGED = (0.4, 0.8)
COUNT = 24


class Linked:
    """The service, and departments whose customers like what their engaged staff do."""

    def __init__(self, metrics: Metrics, stub: Any) -> None:
        self.metrics = metrics
        self.stub = stub

    async def ask(
        self, key: str = "root", role: str = "admin", at: str | None = None, **changed: Any
    ) -> pb.GetLinkageResponse:
        given = {
            "customers": "nps",
            "staff": "engagement",
            "interval": pb.LINKAGE_INTERVAL_QUARTER,
            "periods": 3,
            "until_day": day_number(date(2026, 7, 1)),
            **changed,
        }
        request = pb.GetLinkageRequest(department_id=id_of(key), **given)
        found: pb.GetLinkageResponse = await self.stub.GetLinkage(
            request, metadata=self.metrics.bearer(role, at)
        )
        return found

    async def fill(self, count: int, **answer: Any) -> list[str]:
        """Departments under two halves, each with 30 answers and a released cell a quarter."""
        keys = [f"d{n:02}" for n in range(count)]
        halves = [make_department("left"), make_department("right")]
        tree = [make_department(k, "left" if n % 2 else "right") for n, k in enumerate(keys)]
        await self.metrics.fill([*halves, *tree])
        source = np.random.default_rng(7)
        for number, start in enumerate(QUARTERS):
            cells: list[ReleasedDepartment] = []
            given: list[RecordedResponse] = []
            for key in keys:
                engaged = round(float(source.uniform(*ENGAGED)), 3)
                happy = round(30 * engaged)
                scores = [9] * happy + [0] * (30 - happy)
                given += [make_response(key, on=start, nps=score, **answer) for score in scores]
                cells.append(released(key, share("engagement", 20, engaged)))
            await self.metrics.record(*given)
            await self.publish(number, start, cells)
        return keys

    async def publish(self, number: int, start: date, cells: Sequence[ReleasedDepartment]) -> None:
        day = day_number(start)
        wave = release("spring", *cells, opened_day=day, closed_day=day + 9)
        wave.wave_id, wave.wave_key = id_of(f"w{number}"), f"w{number}"
        await Releases(self.metrics).hear(wave)


@pytest.fixture
async def linked(metrics: Metrics, serve: Serve) -> Linked:
    rpc = LinkageRpc(metrics.replica.directory, metrics.replica.reader)
    channel = await serve("metrics", add_LinkageServiceServicer_to_server, rpc)
    return Linked(metrics, LinkageServiceStub(channel))


async def test_departments_that_go_together_are_said_to(linked: Linked) -> None:
    keys = await linked.fill(COUNT)

    found = await linked.ask()

    assert found.verdict == pb.LINK_VERDICT_TOGETHER
    assert found.better_together
    assert found.departments == COUNT
    by_kind = {(link.kind, link.lag): link for link in found.links}
    plain = by_kind[pb.LINK_KIND_LEVEL, 0]
    assert (plain.departments, plain.pairs) == (COUNT, 3 * COUNT)
    assert plain.r > 0.9
    assert plain.interval.low <= plain.r <= plain.interval.high
    assert by_kind[pb.LINK_KIND_WITHIN, 0].r > 0.9
    assert abs(by_kind[pb.LINK_KIND_STAFF_AHEAD, 1].r) < 0.5
    # Two hundred points of NPS for each whole of engagement, as they were made.
    assert found.within.value == pytest.approx(200, abs=10)
    assert found.within.interval.low < 200 < found.within.interval.high
    # Among the links of nps alone: the other metrics have no scores.
    assert found.detectable == pytest.approx(detectable(COUNT, len(found.links)))
    assert found.detectable > 0.65
    assert list(found.limits) == [pb.LINKAGE_LIMIT_NO_HEADCOUNTS]
    first = found.points[0]
    assert (first.from_day, first.to_day) == tuple(
        map(day_number, (date(2026, 4, 1), date(2026, 7, 1)))
    )
    assert {point.key for point in found.points} == set(keys)
    assert len(found.points) == 3 * COUNT
    assert first.name


async def test_any_number_of_periods_is_answered(linked: Linked) -> None:
    await linked.fill(COUNT)

    for interval in (pb.LINKAGE_INTERVAL_QUARTER, pb.LINKAGE_INTERVAL_YEAR):
        for periods in (1, 2, 4, 5):
            found = await linked.ask(interval=interval, periods=periods)

            assert found.departments == COUNT
            assert found.links


async def test_a_score_that_is_the_same_everywhere_has_no_coefficient(linked: Linked) -> None:
    keys = [f"d{n:02}" for n in range(COUNT)]
    await linked.metrics.fill([make_department(key) for key in keys])
    start = QUARTERS[-1]
    await linked.metrics.record(
        *[make_response(key, on=start, nps=9) for key in keys for _ in range(30)]
    )
    cells = [released(key, share("engagement", 20, 0.5)) for key in keys]
    await linked.publish(0, start, cells)

    found = await linked.ask()

    assert (found.verdict, found.departments) == (pb.LINK_VERDICT_NO_CLEAR_LINK, COUNT)
    assert pb.LINKAGE_LIMIT_ONE_VALUE in found.limits
    assert not found.links
    assert not found.HasField("detectable")


async def test_below_20_departments_there_are_points_alone(linked: Linked) -> None:
    await linked.fill(COUNT)

    found = await linked.ask("left")

    assert found.verdict == pb.LINK_VERDICT_TOO_FEW_DEPARTMENTS
    assert (found.departments, len(found.points)) == (COUNT // 2, 3 * COUNT // 2)
    assert not found.links
    assert not any(found.HasField(name) for name in ("within", "between", "detectable"))
    assert not found.HasField("better_together")


async def test_what_is_withheld_or_has_few_customers_enters_nothing(linked: Linked) -> None:
    """Nor does a department that holds one which counts, so nobody counts twice."""
    await linked.metrics.fill(
        [make_department("top"), *(make_department(k, "top") for k in ("shown", "hidden", "few"))]
    )
    start = QUARTERS[-1]
    for key, count in (("shown", 30), ("hidden", 30), ("few", 29)):
        await linked.metrics.record(*[make_response(key, on=start, nps=9) for _ in range(count)])
    cells = [released(key, share("engagement", 20, 0.5)) for key in ("top", "shown", "few")]
    await linked.publish(0, start, [*cells, withheld("hidden", "Top")])

    found = await linked.ask()

    assert [(point.key, point.customers, point.staff) for point in found.points] == [
        ("shown", 100.0, 0.5)
    ]
    assert pb.LINKAGE_LIMIT_ONE_PERIOD in found.limits


async def test_a_head_sees_the_own_departments_and_nobody_elses(linked: Linked) -> None:
    await linked.fill(COUNT)

    found = await linked.ask("left", "department_head", "left")

    assert {point.key for point in found.points} == {f"d{n:02}" for n in range(1, COUNT, 2)}
    for key in ("right", "nowhere"):
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await linked.ask(key, "department_head", "left")
        assert refused.value.code() is grpc.StatusCode.NOT_FOUND


async def test_answers_of_staff_in_the_place_of_customers_are_told(linked: Linked) -> None:
    await linked.fill(1, segment="Staff")

    assert pb.LINKAGE_LIMIT_SAME_SOURCE in (await linked.ask()).limits


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"customers": "engagement"}, "NOT_OF_CUSTOMERS"),
        ({"staff": "csat"}, "NOT_OF_STAFF"),
        ({"staff": "churnRate"}, "NOT_OF_STAFF"),
        ({"periods": 0}, "PERIODS_OUT_OF_RANGE"),
        ({"periods": 41}, "PERIODS_OUT_OF_RANGE"),
        ({"interval": 0}, "UNKNOWN_INTERVAL"),
        ({"until_day": 2_000_000_000}, "PERIOD_TOO_LONG"),
    ],
)
async def test_what_is_no_such_question_is_refused(
    linked: Linked, changed: dict[str, Any], reason: str
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await linked.ask(**changed)

    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert reason in str(refused.value.trailing_metadata())


async def test_turnover_is_no_score_of_a_wave_and_can_be_linked_too(linked: Linked) -> None:
    await linked.fill(2)

    found = await linked.ask(staff="turnoverRate", interval=pb.LINKAGE_INTERVAL_YEAR)

    assert found.verdict == pb.LINK_VERDICT_TOO_FEW_DEPARTMENTS
    assert (found.departments, len(found.points)) == (0, 0)
    assert found.from_day == day_number(date(2024, 1, 1))
