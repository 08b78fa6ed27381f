"""Under a watermark everything is committed, above it nothing is; also while many commit at the same time."""

import asyncio
from collections.abc import Sequence

import pytest

from cxm.survey.v1.events_pb2 import ResponsesRecorded
from services.kit.db.database import Pool
from services.kit.errors import Unavailable
from services.survey.reconciliation import watermark
from services.survey.responses import storage
from tests.service.survey.conftest import Breaking, OpenSurvey
from tests.service.survey.support.running import SurveyService, make_submission

COMMITS = 40
# As it was once: the number is drawn before the statement that inserts it.
DRAWN_BEFORE = "SELECT nextval('outbox_id_seq')"


async def look(pool: Pool) -> tuple[int, set[int]]:
    """A watermark with the envelopes that a snapshot at it sees, somewhat later."""
    async with watermark.snapshot(pool) as (number, reader):
        await pool.execute("SELECT 1")
        rows = await reader.fetch("SELECT id FROM outbox")
        return number, {row[0] for row in rows}


async def broken(found: Sequence[tuple[int, set[int]]], pool: Pool) -> list[int]:
    """The watermarks that did not hold, now that everything is committed."""
    all_of = {row[0] for row in await pool.fetch("SELECT id FROM outbox")}
    return [number for number, seen in found if seen != {n for n in all_of if n <= number}]


async def test_watermarks_hold_while_replicas_commit(
    open_survey: OpenSurvey, survey: SurveyService
) -> None:
    other = await open_survey(replica_of=survey)

    async def commits(replica: SurveyService) -> None:
        for _ in range(COMMITS):
            await replica.submit(make_submission())

    committing = asyncio.gather(commits(survey), commits(other), commits(other))
    found = []
    while not committing.done():
        found.append(await look(survey.database.pool))

    await committing
    assert len({number for number, _ in found}) > 2
    assert await broken(found, survey.database.pool) == []


async def test_a_watermark_does_not_hold_when_numbers_are_drawn_before(
    survey: SurveyService,
) -> None:
    """The positive control of the test above."""
    pool = survey.database.pool
    early = await pool.fetchval(DRAWN_BEFORE)

    found = [await look(pool)]
    await pool.execute("INSERT INTO outbox (id, subject, payload) VALUES ($1, 'late', '')", early)

    assert await broken(found, pool)


async def test_corrections_and_withdrawals_draw_their_numbers_under_the_lock(
    survey: SurveyService,
) -> None:
    await survey.outbox.relay()
    async with survey.database.pool.acquire() as connection, connection.transaction():
        await storage.announce_envelope(connection, [b""], None)
        waiting = asyncio.create_task(watermark.get_watermark(survey.database.pool))
        await asyncio.wait([waiting], timeout=0.05)
        assert not waiting.done()

    (envelope,) = await survey.envelopes()
    assert await waiting == envelope.envelope - 1


async def test_a_number_of_any_size_is_read_from_the_envelope(
    survey: SurveyService, breaking: Breaking
) -> None:
    for number in (1, 127, 128, 2**31, 2**32 + 5, 2**56 - 1):
        await breaking.execute(f"SELECT setval('outbox_id_seq', {number}, false)")
        await breaking.execute("DELETE FROM outbox")
        sent = make_submission()

        await survey.submit(sent)

        row = await survey.database.pool.fetchrow("SELECT id, payload FROM outbox")
        assert row is not None
        envelope = ResponsesRecorded.FromString(row["payload"])
        assert envelope.envelope == row["id"] == number
        assert [fact.response_id for fact in envelope.responses] == [sent.id]


async def test_what_was_not_published_is_not_settled(survey: SurveyService) -> None:
    pool = survey.database.pool
    await survey.outbox.relay()
    before = await watermark.get_watermark(pool)
    await survey.submit(make_submission())
    await survey.submit(make_submission())
    first, _ = await survey.envelopes()

    last = first.envelope + 1
    assert await watermark.get_watermark(pool) == first.envelope - 1 >= before
    assert await watermark.get_watermark(pool, before) == before
    assert await watermark.get_watermark(pool, last) == first.envelope - 1
    while await survey.outbox.relay():
        pass
    assert await watermark.get_watermark(pool) == await watermark.get_watermark(pool, last) == last


async def test_whoever_waits_for_a_watermark_does_not_hold_up_submissions_for_long(
    survey: SurveyService, breaking: Breaking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As while the broker does not answer, and the relay holds on to what it publishes."""
    monkeypatch.setattr(watermark, "MOST_TRIES", 3)
    async with breaking.connection.transaction():
        await breaking.execute("DELETE FROM outbox")
        finding = asyncio.create_task(watermark.get_watermark(survey.database.pool))
        await asyncio.wait([finding], timeout=0.02)

        async with asyncio.timeout(2):
            await survey.submit(make_submission())

        with pytest.raises(Unavailable, match="broker"):
            await finding
