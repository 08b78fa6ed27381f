"""Releases as employee_exp announces them, of a company where South and HR are withheld."""

from collections.abc import Sequence, Set
from datetime import date
from math import sqrt
from typing import Any

from cxm.employee_exp.v1.events_pb2 import ReleasedDepartment, ReleasePublished
from cxm.employee_exp.v1.releases_pb2 import ReleasedScore
from cxm.metrics.v1 import scores_pb2 as pb
from services.kit.clock import day_number
from services.kit.events.consumer import Delivery
from services.kit.events.streams import RELEASE_PUBLISHED
from services.metrics.released.events import store_releases
from tests.service.metrics.conftest import Metrics, make_scope
from tests.support.builders import id_of, make_department

YEAR = date(2026, 1, 1), date(2027, 1, 1)
CLOSED = {"spring": date(2026, 3, 31), "summer": date(2026, 6, 30), "autumn": date(2026, 9, 30)}
SURVEYED = ("enps", "engagement", "participationRate", "burnout")
TREE = [
    make_department("sales"),
    make_department("north", "sales"),
    make_department("south", "sales"),
    make_department("hr"),
    make_department("new"),  # in no wave
]


def enps(best: int, neutral: int, worst: int) -> ReleasedScore:
    """As metrics.md 2 has it: value in points, spread of one answer without an adjustment."""
    n = best + neutral + worst
    net = (best - worst) / n
    return ReleasedScore(
        statistic="enps",
        n=n,
        value=100 * net,
        low=100 * net - 5,
        high=100 * net + 5,
        method="adjusted Wald",
        sd=100 * sqrt((best + worst) / n - net**2),
    )


def share(
    statistic: str, n: int, value: float, sd: float = 0.4, items: Sequence[str] = ()
) -> ReleasedScore:
    return ReleasedScore(
        statistic=statistic,
        n=n,
        value=value,
        low=value - 0.1,
        high=value + 0.1,
        method="t",
        sd=sd,
        items=items,
    )


def released(key: str, *scores: ReleasedScore, **withheld: str) -> ReleasedDepartment:
    """A released one; `withheld` statistics are counted in departments of these names."""
    return ReleasedDepartment(
        department_id=id_of(key), released=True, scores=scores, counted_in_by_statistic=withheld
    )


def withheld(key: str, counted_in: str) -> ReleasedDepartment:
    return ReleasedDepartment(
        department_id=id_of(key), counted_in_id=id_of(counted_in.lower()), counted_in=counted_in
    )


def release(wave: str, *departments: ReleasedDepartment, **changed: Any) -> ReleasePublished:
    """Of a wave that was open for two weeks."""
    closed = day_number(CLOSED[wave])
    given = {"opened_day": closed - 14, "closed_day": closed, **changed}
    return ReleasePublished(wave_id=id_of(wave), wave_key=wave, departments=departments, **given)


SPRING = release(
    "spring",
    released("root", enps(500, 300, 200), share("engagement", 900, 0.66), share("heard", 900, 0.5)),
    released("sales", enps(15, 8, 7), share("engagement", 29, 0.6), burnout="Root"),
    released("north", ReleasedScore(statistic="enps", n=8)),
    withheld("south", "Sales"),
    withheld("hr", "Root"),
)
PARTICIPATION = ReleasedScore(statistic="participationRate", value=0.85)


class Releases:
    """What comes from employee_exp, and what is announced of it."""

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics
        self.told: list[Set[str]] = []

    async def hear(self, *events: ReleasePublished) -> None:
        """All of them in one batch."""
        apply = store_releases(self.metrics.replica.database.write, self._tell)
        await apply(
            [
                Delivery(str(n), RELEASE_PUBLISHED, e.SerializeToString(), None)
                for n, e in enumerate(events)
            ]
        )

    async def _tell(self, departments: Set[str]) -> None:
        self.told.append(departments)

    async def scores(
        self,
        key: str,
        period: tuple[date, date] = YEAR,
        filter: pb.Filter | None = None,  # noqa: A002 as the field is called
        compare_to: tuple[date, date] | None = None,
        **scope: Any,
    ) -> dict[str, pb.Score]:
        """Of employee surveys, by metric."""
        asked = make_scope(*period, **scope)
        if filter is not None:
            asked.filter.CopyFrom(filter)
        request = pb.GetScorecardsRequest(
            department_ids=[id_of(key)], scope=asked, metrics=SURVEYED
        )
        if compare_to is not None:
            request.compare_to.from_day, request.compare_to.to_day = map(day_number, compare_to)
        reply = await self.metrics.scores.GetScorecards(request, metadata=self.metrics.bearer())
        return {score.metric: score for score in reply.scorecards[0].scores}

    async def trend(
        self, key: str, metric: str, interval: pb.CalendarInterval.ValueType, **scope: Any
    ) -> list[pb.TrendPoint]:
        request = pb.GetTrendRequest(
            department_id=id_of(key),
            scope=make_scope(*YEAR, **scope),
            metric=metric,
            interval=interval,
        )
        reply = await self.metrics.scores.GetTrend(request, metadata=self.metrics.bearer())
        return list(reply.points)

    async def groups(
        self, key: str, metric: str, by: pb.Dimension.ValueType, **scope: Any
    ) -> dict[str, pb.Score]:
        """By key of the group."""
        request = pb.GetBreakdownRequest(
            department_id=id_of(key),
            scope=make_scope(*YEAR, **scope),
            metric=metric,
            dimension=by,
        )
        reply = await self.metrics.scores.GetBreakdown(request, metadata=self.metrics.bearer())
        return {group.key: group.score for group in reply.groups}
