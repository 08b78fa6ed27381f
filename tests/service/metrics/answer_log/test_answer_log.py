"""The answer log against a plain recount, however the facts arrive."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from cxm.survey.v1.events_pb2 import RecordedResponse
from services.kit.clock import day_number
from services.kit.db.database import Pool
from services.metrics.answer_log.compaction import Compactor
from services.metrics.answer_log.dictionary import DEPARTMENT
from services.metrics.cube.standing import RECOUNTED, Recount
from tests.service.metrics.conftest import Metrics
from tests.support.builders import id_of, make_department, make_response, make_responses_recorded

START, END = date(2025, 1, 1), date(2026, 1, 1)


def taken_back(response: RecordedResponse) -> RecordedResponse:
    minus = RecordedResponse()
    minus.CopyFrom(response)
    minus.sign = -1
    return minus


async def nps_answers(metrics: Metrics, department: str = "root") -> dict[str, int]:
    """What the scorecard counts, by answer."""
    score = (await metrics.scorecard(department, START, END))["nps"]
    return {b.label: b.count for b in score.distribution if b.count}


async def test_a_redelivered_envelope_is_counted_once(metrics: Metrics) -> None:
    await metrics.fill([make_department("d1")])
    envelope = await metrics.record(*[make_response("d1", on=START, nps=9) for _ in range(12)])

    await metrics.replica.log.apply([envelope])
    await metrics.replica.log.apply([envelope, envelope])

    assert (await metrics.scorecard("d1", START, END))["nps"].base == 12


async def test_a_redelivered_envelope_does_not_hold_up_news_of_its_batch(metrics: Metrics) -> None:
    await metrics.fill([make_department("d1")])
    old = await metrics.record(*[make_response("d1", on=START, nps=9) for _ in range(12)])
    news = make_responses_recorded([make_response("d1", on=START, nps=0) for _ in range(5)])

    await metrics.replica.log.apply([old, news])

    assert (await metrics.scorecard("d1", START, END))["nps"].base == 17


async def test_without_the_inbox_a_redelivery_would_count_twice(metrics: Metrics) -> None:
    await metrics.fill([make_department("d1")])
    envelope = await metrics.record(*[make_response("d1", on=START, nps=9) for _ in range(12)])

    await metrics.replica.database.pool.execute("DELETE FROM metrics_inbox")
    await metrics.replica.log.apply([envelope])

    assert (await metrics.scorecard("d1", START, END))["nps"].base == 24


async def test_a_response_that_was_taken_back_does_not_count(metrics: Metrics) -> None:
    await metrics.fill([make_department("d1")])
    given = [make_response("d1", on=START, nps=9) for _ in range(12)]
    await metrics.record(*given)

    await metrics.record(taken_back(given[0]))

    assert await nps_answers(metrics) == {"9": 11}


@pytest.mark.parametrize("compacted", [False, True])
async def test_what_is_taken_back_leaves_storage(metrics: Metrics, compacted: bool) -> None:
    await metrics.fill([make_department("d1")])
    given = [make_response("d1", on=START, nps=9) for _ in range(12)]
    compactor = Compactor(metrics.replica.database.pool)
    await metrics.record(*given)
    if compacted:
        await compact(compactor)

    await metrics.record(*[taken_back(response) for response in given])
    await compact(compactor)

    pool = metrics.replica.database.pool
    assert await pool.fetchval("SELECT count(*) FROM metrics_block") == 0
    assert await pool.fetchval("SELECT count(*) FROM metrics_journal") == 0
    assert (await metrics.scorecard("d1", START, END))["nps"].base == 0


async def test_a_minus_that_came_first_waits_for_its_plus(metrics: Metrics) -> None:
    await metrics.fill([make_department("d1")])
    given = [make_response("d1", on=START, nps=9) for _ in range(12)]
    compactor = Compactor(metrics.replica.database.pool)

    await metrics.record(taken_back(given[0]))
    await compact(compactor)
    waiting = "SELECT count(*) FROM metrics_journal WHERE revision = 0"
    assert await metrics.replica.database.pool.fetchval(waiting) == 1
    await metrics.record(*given)
    assert await nps_answers(metrics) == {"9": 11}
    await compact(compactor)

    assert await nps_answers(metrics) == {"9": 11}
    assert await metrics.replica.database.pool.fetchval(waiting) == 0


async def compact(compactor: Compactor) -> None:
    """Two sweeps: the second compacts what the first saw."""
    await compactor.sweep()
    await compactor.sweep()


async def test_the_standing_row_holds_the_last_ninety_days(metrics: Metrics) -> None:
    await metrics.fill([make_department("d1")])
    metrics.today.append(day_number(date(2025, 6, 30)))
    inside = [date(2025, 6, 30), date(2025, 4, 2)]
    outside = [date(2025, 4, 1), date(2025, 7, 1)]

    await metrics.record(*[make_response("d1", on=day, nps=9) for day in inside + outside])

    row = await metrics.replica.database.pool.fetchrow("SELECT * FROM metrics_standing")
    assert row is not None
    assert (row["revision"], row["responses"], row["day"]) == (1, 4, metrics.today[-1])
    assert row["counts"][9] == sum(row["counts"]) == 2


async def test_a_stale_standing_row_is_not_used_and_recounted(metrics: Metrics) -> None:
    await metrics.fill([make_department("d1")])
    pool = metrics.replica.database.pool
    days = [date(2025, 4, 2), date(2025, 4, 3), date(2025, 6, 30), date(2025, 7, 1)]
    metrics.today.append(day_number(date(2025, 6, 30)))
    await metrics.record(*[make_response("d1", on=day, nps=9) for day in days * 5])

    metrics.today.append(day_number(date(2025, 7, 1)))
    window = (date(2025, 4, 3), date(2025, 7, 2))
    assert (await metrics.scorecard("root", *window))["nps"].base == 15

    replica = metrics.replica
    await Recount(pool, replica.cube, lambda: metrics.today[-1]).recount()
    assert await pool.fetchval("SELECT counts[10] FROM metrics_standing") == 15
    await metrics.record(*[make_response("d1", on=days[3], nps=9) for _ in range(2)])
    assert (await metrics.scorecard("root", *window))["nps"].base == 17


class Interrupted:
    """The pool of a replica that counted standing rows, and before it stores them something else happens."""

    def __init__(self, pool: Pool, meanwhile: Callable[[], Awaitable[object]], query: str) -> None:
        self.pool = pool
        self.meanwhile = meanwhile
        self.query = query

    async def fetch(self, query: str, today: int) -> object:
        return await self.pool.fetch(query, today)

    async def executemany(self, _query: str, rows: Sequence[tuple[object, ...]]) -> None:
        await self.meanwhile()
        await self.pool.executemany(self.query, rows)


AT_ANY_REVISION = RECOUNTED.replace(" AND revision = $3", " AND $3::bigint IS NOT NULL")


@pytest.mark.parametrize(("query", "counted"), [(RECOUNTED, 12), (AT_ANY_REVISION, 10)])
async def test_replicas_recount_one_midnight_and_neither_undoes_what_the_other_counts(
    metrics: Metrics, query: str, counted: int
) -> None:
    """With the positive control: without its guard the slower replica takes away what was counted meanwhile."""
    other = await metrics.new_replica()
    await metrics.fill([make_department("d1")])
    yesterday, today = date(2025, 6, 30), date(2025, 7, 1)
    metrics.today.append(day_number(yesterday))
    await metrics.record(*[make_response("d1", on=yesterday, nps=9) for _ in range(10)])
    await other.directory.refresh()
    metrics.today.append(day_number(today))
    pool = metrics.replica.database.pool

    async def meanwhile() -> None:
        await Recount(pool, other.cube, lambda: metrics.today[-1]).recount()
        await metrics.record(*[make_response("d1", on=today, nps=9) for _ in range(2)])

    interrupted: Any = Interrupted(pool, meanwhile, query)
    await Recount(interrupted, metrics.replica.cube, lambda: metrics.today[-1]).recount()

    assert await pool.fetchval("SELECT counts[10] FROM metrics_standing") == counted


async def test_the_last_ninety_days_are_read_from_standing_rows(metrics: Metrics) -> None:
    await metrics.fill([make_department("d1")])
    metrics.today.append(day_number(date(2025, 7, 1)))
    await metrics.record(*[make_response("d1", on=date(2025, 6, 1), nps=9) for _ in range(12)])
    window = (date(2025, 4, 3), date(2025, 7, 2))

    await metrics.replica.database.pool.execute("UPDATE metrics_standing SET counts[10] = 99")

    assert (await metrics.scorecard("root", *window))["nps"].base == 99


async def test_a_second_replica_reads_what_the_first_wrote(metrics: Metrics) -> None:
    other = await metrics.new_replica()
    await metrics.fill([make_department("d1")])

    await metrics.record(*[make_response("d1", on=START, nps=9) for _ in range(12)])
    await other.directory.refresh()
    await other.cube.fresh([id_of("d1")])

    number = other.dictionary.find(DEPARTMENT, id_of("d1"))
    assert [
        len(partition.base) + len(partition.tail)
        for partition in other.cube.partitions[number].values()
    ] == [12]


async def test_writers_of_one_department_do_not_lose_each_other(metrics: Metrics) -> None:
    other = await metrics.new_replica()
    await metrics.fill([make_department("d1")])
    envelopes = [make_responses_recorded([make_response("d1", on=START, nps=9)]) for _ in range(40)]

    await asyncio.gather(
        *(
            (metrics.replica if number % 2 else other).log.apply([envelope])
            for number, envelope in enumerate(envelopes)
        )
    )

    assert await nps_answers(metrics) == {"9": 40}
    revision = "SELECT revision FROM metrics_standing"
    assert await metrics.replica.database.pool.fetchval(revision) == 40


@pytest.mark.parametrize("seed", range(6))
async def test_any_order_of_facts_and_compaction_equals_a_plain_recount(
    metrics: Metrics, seed: int
) -> None:
    dice = random.Random(seed)
    names = ["root", "d1", "d2"]
    await metrics.fill([make_department("d1"), make_department("d2", "d1")])
    compactor = Compactor(metrics.replica.database.pool)
    given: list[RecordedResponse] = []
    for _ in range(25):
        news = [random_response(dice, names) for _ in range(dice.randrange(1, 60))]
        gone = [given.pop(dice.randrange(len(given))) for _ in range(min(len(given), 5))]
        batch = [*news, *map(taken_back, gone)]
        dice.shuffle(batch)
        envelope = await metrics.record(*batch)
        given += news
        if dice.random() < 0.3:
            await metrics.replica.log.apply([envelope])
        if dice.random() < 0.3:
            await compactor.sweep()
        if dice.random() < 0.5:
            assert await nps_answers(metrics) == recount(given, names)
    assert await nps_answers(metrics, "d2") == recount(given, ["d2"])
    fresh = await metrics.new_replica()
    metrics.replica.cube.partitions = fresh.cube.partitions
    assert await nps_answers(metrics) == recount(given, names)


def random_response(dice: random.Random, names: Sequence[str]) -> RecordedResponse:
    day = START + timedelta(days=dice.randrange(365))
    return make_response(dice.choice(names), on=day, nps=dice.randrange(11))


def recount(given: Sequence[RecordedResponse], names: Sequence[str]) -> dict[str, int]:
    ids = {id_of(name) for name in names}
    scores = Counter(str(r.answers[0].score) for r in given if r.department_id in ids)
    return dict(scores)
