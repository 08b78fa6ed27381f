"""The answer log against the responses that survey stores: what differs is found, and nothing else."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from nats.aio.client import Client

from cxm.survey.v1.reconciliation_pb2_grpc import (
    ReconciliationServiceStub,
    add_ReconciliationServiceServicer_to_server,
)
from services.kit.events.consumer import Consumer
from services.kit.events.streams import METRICS_RECORDS_RESPONSES
from services.metrics import events
from services.metrics.answer_log.compaction import Compactor
from services.metrics.answer_log.packing import Tuples, read_block, to_block
from services.metrics.answer_log.watermark import Watermarks
from services.metrics.domain.work import WorkState
from services.metrics.rebuild.runner import Rebuild
from services.metrics.reconciliation import comparing as reconciling
from services.metrics.reconciliation.comparing import Reconciler
from services.metrics.reconciliation.domain import Quantity
from services.survey.reconciliation.rpc import Reconciliation
from tests.conftest import Serve
from tests.service.metrics.conftest import Metrics
from tests.service.metrics.support.announcing import announce_nothing
from tests.service.survey.conftest import DEPARTMENTS, OpenSurvey
from tests.service.survey.support.corrections import correct, receipt_of, some_answers, withdraw
from tests.service.survey.support.kinds import QUESTIONS
from tests.service.survey.support.running import SurveyService, make_submission, score


@dataclass
class Stores:
    """Survey and metrics at work, and whoever compares them."""

    survey: SurveyService
    metrics: Metrics
    reconciler: Reconciler
    rebuild: Rebuild

    async def submit(self, dice: random.Random, count: int) -> None:
        for _ in range(count):
            sent = some_submission(dice)
            receipt = await receipt_of(self.survey, sent)
            if dice.random() < 0.3:
                await correct(self.survey, sent.id, *some_answers(dice), receipt=receipt)
            if dice.random() < 0.2:
                await withdraw(self.survey, sent.id, receipt)

    async def compact(self) -> None:
        """Everything that was applied into blocks."""
        watermark, _ = await self.reconciler.read_stored({})
        await self.reconciler.watermarks.wait_applied(watermark, seconds=10)
        compactor = Compactor(self.metrics.replica.database.pool)
        await compactor.sweep()
        await compactor.sweep()

    async def forge(self, change: Any) -> None:
        """Change what one block holds, so that no revision tells."""
        pool = self.metrics.replica.database.pool
        row = await pool.fetchrow("SELECT * FROM metrics_block ORDER BY responses DESC LIMIT 1")
        assert row is not None
        await pool.execute(
            "UPDATE metrics_block SET answers = $4"
            " WHERE department_id = $1 AND survey_id = $2 AND month = $3",
            *tuple(row)[:3],
            to_block(change(read_block(row["answers"]))),
        )


def some_submission(dice: random.Random) -> Any:
    return make_submission(
        *some_answers(dice),
        survey="reasons",
        department=dice.choice(("sales", "shop", "care")),
        occurred_at=f"2026-0{dice.randrange(1, 4)}-1{dice.randrange(10)}T10:00:00Z",
    )


@asynccontextmanager
async def at_work(survey: SurveyService, metrics: Metrics, client: Client) -> AsyncIterator[None]:
    """The relay and the consumer."""
    record = events.record_responses(metrics.replica.log, announce_nothing)
    consumer = Consumer(client, metrics.replica.database.pool, METRICS_RECORDS_RESPONSES, record)
    tasks = [asyncio.create_task(work()) for work in (survey.outbox.run, consumer.run)]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
async def stores(
    metrics: Metrics,
    open_survey: OpenSurvey,
    nats_client: Client,
    serve: Serve,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Stores]:
    monkeypatch.setattr(reconciling, "PAUSE_SECONDS", 0.01)
    survey = await open_survey("UTC")
    asked = await survey.create("reasons", public=True, questions=QUESTIONS)
    await metrics.fill(DEPARTMENTS, surveys=[asked])
    servicer = Reconciliation(survey.database, survey.directory)
    channel = await serve("survey", add_ReconciliationServiceServicer_to_server, servicer)
    owner = ReconciliationServiceStub(channel)
    identity = metrics.identities.service("metrics")
    replica = metrics.replica
    pool = replica.database.pool
    watermarks = Watermarks(nats_client.jetstream(), pool, owner, identity)
    reconciler = Reconciler(pool, replica.dictionary, replica.surveys, watermarks, owner, identity)
    async with at_work(survey, metrics, nats_client):
        rebuild = Rebuild(pool, replica.dictionary, replica.surveys, owner, identity)
        yield Stores(survey, metrics, reconciler, rebuild)


async def test_responses_corrections_and_withdrawals_agree(stores: Stores) -> None:
    dice = random.Random(5)
    await stores.submit(dice, 30)
    await stores.compact()
    await stores.submit(dice, 20)

    found = await stores.reconciler.reconcile()

    assert found.differences == {}
    assert found.compared == 9  # of 3 departments in 3 months


async def test_stores_without_responses_agree(stores: Stores) -> None:
    found = await stores.reconciler.reconcile()

    assert (found.compared, found.differences) == (0, {})


async def test_a_response_that_is_missing_in_a_block_is_found(stores: Stores) -> None:
    await stores.survey.submit(
        *(make_submission(score(7, "easy"), survey="reasons") for _ in range(5))
    )
    await stores.compact()

    await stores.forge(lambda block: block.take(slice(1, None)))

    found = await stores.reconciler.reconcile()
    assert {
        place.quantity: (difference.stored, difference.counted)
        for place, difference in found.differences.items()
    } == {Quantity.RESPONSES: (5, 4), Quantity.ANSWERS: (5, 4), Quantity.SUM: (35, 28)}


async def test_another_score_is_found(stores: Stores) -> None:
    await stores.survey.submit(make_submission(score(7, "easy"), survey="reasons"))
    await stores.compact()

    def forged(block: Tuples) -> Tuples:
        codes = block.codes.copy()
        codes[codes == 6] = 5  # the places of 7 and 6
        return Tuples(block.day, block.dimension_set, block.sign, codes)

    await stores.forge(forged)

    found = await stores.reconciler.reconcile()
    assert {(p.quantity, d.stored, d.counted) for p, d in found.differences.items()} == {
        (Quantity.SUM, 7, 6)
    }


async def test_a_rebuild_beside_responses_that_come_takes_every_difference_away(
    stores: Stores,
) -> None:
    dice = random.Random(11)
    await stores.submit(dice, 40)
    await stores.compact()
    await stores.forge(lambda block: block.take(slice(3, None)))
    assert (await stores.reconciler.reconcile()).differences
    coming = asyncio.create_task(stores.submit(dice, 60))

    for _ in range(3):
        await stores.rebuild.start()
        assert stores.rebuild.work is not None
        await stores.rebuild.work
        assert (await stores.rebuild.read()).state == WorkState.DONE
        assert (await stores.reconciler.reconcile()).differences == {}

    await coming
    await stores.compact()
    assert (await stores.reconciler.reconcile()).differences == {}


async def test_responses_that_come_meanwhile_are_no_differences(stores: Stores) -> None:
    dice = random.Random(9)
    await stores.submit(dice, 10)
    coming = asyncio.create_task(stores.submit(dice, 120))

    moved = 0
    while not coming.done():
        _, before = await stores.reconciler.read_stored({})
        found = await stores.reconciler.reconcile()
        _, after = await stores.reconciler.read_stored({})
        assert found.differences == {}
        moved += before != after

    assert moved
    await coming
