"""Turnover of a file that is counted in part is not shown as if it were all."""

import itertools
from collections.abc import Set
from datetime import UTC, date, datetime, timedelta

import pytest

from cxm.employee_exp.v1.events_pb2 import (
    EmployeeJoined,
    EmployeeLeft,
    Employment,
    EmploymentsChanged,
    Part,
    Stint,
)
from cxm.metrics.v1 import scores_pb2 as pb
from services.kit import clock
from services.kit.clock import day_number
from services.kit.events.consumer import Delivery
from services.kit.events.streams import EMPLOYEE_JOINED, EMPLOYEE_LEFT, EMPLOYMENTS_CHANGED
from services.metrics.employment.events import copy_employment
from services.metrics.employment.storage import OPEN_FOR
from tests.service.metrics.conftest import Metrics, make_scope
from tests.support.builders import id_of, make_department

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
SHOWN, COUNTING = pb.SCORE_STATUS_OK, pb.SCORE_STATUS_COUNTING


def employment(name: str, left: date | None = None) -> Employment:
    stint = Stint(
        department_id=id_of("a"),
        started_day=day_number(date(2025, 1, 1)),
        left_day=day_number(left) if left else None,
    )
    return Employment(employee_id=name, revision=1, stints=[stint])


def message(group: str, part: Part | None = None) -> Delivery:
    """40 employees, or none for "", as a part of a whole or alone."""
    many = [employment(f"{group}{i}") for i in range(40)] if group else []
    payload = EmploymentsChanged(employments=many, part=part).SerializeToString()
    return Delivery(group, EMPLOYMENTS_CHANGED, payload, None)


def file_of(name: str) -> list[Delivery]:
    """Two messages, and the one that says so."""
    return [
        message(f"{name}a", Part(whole_id=name, number=1)),
        message(f"{name}b", Part(whole_id=name, number=2)),
        message("", Part(whole_id=name, number=3, parts=3)),
    ]


class Copy:
    """What was announced of the departments, and the messages that come."""

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics
        self.now = clock.now()
        self.told: list[Set[str] | None] = []

    async def hear(self, *deliveries: Delivery) -> None:
        apply = copy_employment(self.metrics.replica.database.write, self._tell, lambda: self.now)
        await apply(deliveries)

    async def _tell(self, departments: Set[str] | None) -> None:
        self.told.append(departments)

    async def score(self, metric: str = "turnoverRate") -> pb.Score:
        return (await self.metrics.scorecard("a", JANUARY, FEBRUARY))[metric]

    async def status(self) -> int:
        """Of turnover, in both its forms and everywhere it stands."""
        found = set()
        for metric in ("turnoverRate", "turnoverRateHeadcount"):
            score = await self.score(metric)
            reply = await self.metrics.scores.GetTrend(
                pb.GetTrendRequest(
                    department_id=id_of("a"),
                    scope=make_scope(JANUARY, FEBRUARY),
                    metric=metric,
                    interval=pb.CALENDAR_INTERVAL_MONTH,
                ),
                metadata=self.metrics.bearer(),
            )
            for each in (score, reply.points[0].score):
                found.add(COUNTING if each.is_counting else each.status)
                assert each.is_counting <= (each.status == pb.SCORE_STATUS_NO_DATA)
                assert each.is_counting is not each.HasField("value")
        [status] = found
        return status


@pytest.fixture
async def copy(metrics: Metrics) -> Copy:
    await metrics.fill([make_department("a")])
    return Copy(metrics)


@pytest.mark.parametrize("order", [*itertools.permutations(range(3))])
async def test_a_file_is_shown_when_all_of_it_is_counted_whatever_the_order(
    copy: Copy, order: tuple[int, ...]
) -> None:
    """The control is a message that stands alone: shown at once."""
    await copy.hear(message("alone"))
    assert (await copy.status(), (await copy.score()).base) == (SHOWN, 40)
    messages = [file_of("file")[i] for i in order]

    for delivery in messages[:2]:
        for _ in range(2):  # each comes twice
            await copy.hear(delivery)
        assert await copy.status() == COUNTING
        assert None not in copy.told
    await copy.hear(messages[2])

    assert (await copy.status(), (await copy.score()).base) == (SHOWN, 120)
    assert copy.told[-1] is None  # whoever read that it is counted must read again
    await copy.hear(*messages)  # a late repetition opens nothing
    assert await copy.status() == SHOWN


async def test_what_is_counted_so_far_is_the_base(copy: Copy) -> None:
    await copy.hear(file_of("file")[0])

    score = await copy.score()

    assert (score.base, score.HasField("value"), score.HasField("interval")) == (40, False, False)
    empty = (await copy.metrics.scorecard("root", date(2020, 1, 1), date(2020, 2, 1)))[
        "turnoverRate"
    ]
    assert (empty.base, empty.is_counting) == (0, True)


async def test_one_of_two_files_that_are_counted_at_a_time_is_not_all(copy: Copy) -> None:
    one, other = file_of("one"), file_of("other")

    await copy.hear(*one[:2], *other)
    assert await copy.status() == COUNTING

    await copy.hear(one[2])
    assert await copy.status() == SHOWN


async def test_a_file_whose_sender_was_killed_is_given_up(copy: Copy) -> None:
    first, second, last = file_of("file")
    copy.now -= OPEN_FOR - timedelta(minutes=1)
    await copy.hear(first)
    assert await copy.status() == COUNTING

    copy.now = datetime.now(UTC) - OPEN_FOR
    await copy.hear(message("", Part(whole_id="other", number=1)))
    assert await copy.status() == COUNTING  # the newest word of it counts
    await copy.hear(last)
    copy.now = clock.now()
    await copy.hear(message("", Part(whole_id="other", number=2, parts=2)), second)
    assert await copy.status() == SHOWN

    copy.now -= OPEN_FOR
    await copy.hear(message("", Part(whole_id="killed", number=1)))
    assert await copy.status() == SHOWN


async def test_facts_of_processes_of_the_last_version_count(copy: Copy) -> None:
    left = EmployeeLeft(employment=employment("left", JANUARY + timedelta(9)))
    facts = [
        Delivery(name, EMPLOYEE_JOINED, EmployeeJoined(employment=each).SerializeToString(), None)
        for name in map(str, range(29))
        for each in [employment(name)]
    ]

    await copy.hear(
        *facts, Delivery("left", EMPLOYEE_LEFT, left.SerializeToString(), None), message("new")
    )

    score = await copy.score()
    assert score.base == 70
    assert score.value == pytest.approx(365.25 / (69 * 31 + 9))
