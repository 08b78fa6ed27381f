"""What a rebuild does to the tables of the answer log, each in a transaction that has no writer beside it."""

from collections import Counter
from collections.abc import Sequence

from services.kit.db.database import Connection
from services.metrics.answer_log.log import SOURCE_SURVEY
from services.metrics.answer_log.packing import read_journal_row
from services.metrics.rebuild.snapshot import Block

PATIENCE = "SET LOCAL lock_timeout = '5s'"
# Waits for writers and compactors under way; those that come wait, and then see what was done.
ALONE = "LOCK TABLE metrics_inbox, metrics_block IN SHARE ROW EXCLUSIVE MODE"
LONGEST_SECONDS = 300.0

LET_GO = "UPDATE metrics_journal SET envelope = NULL WHERE envelope IS NOT NULL"
# An envelope after the watermark that no row names is of a survey database that is no more: it was set back, and gives
# the number to another envelope.
FORGET = """
DELETE FROM metrics_inbox AS i WHERE source = $1 AND envelope > $2 AND NOT EXISTS (
    SELECT FROM metrics_journal AS j WHERE j.department_id = i.department_id AND j.envelope = i.envelope)"""
# Of another day, so that it is not read before it is recounted (cube/standing.py).
STAND = """
INSERT INTO metrics_standing AS o (department_id, survey_id, revision, responses, day, counts)
SELECT d, s, 1, n, 0, '{}' FROM unnest($1::int[], $2::int[], $3::bigint[]) AS p (d, s, n) ORDER BY d, s
ON CONFLICT (department_id, survey_id) DO UPDATE SET
    revision = o.revision + 1, responses = excluded.responses, day = 0"""


async def name_envelopes(connection: Connection) -> None:
    """From now on journal rows name their envelope, and none without a number is still being written."""
    async with connection.transaction():
        await connection.execute(PATIENCE)
        await connection.execute(ALONE)
        await connection.execute(
            "UPDATE metrics_source SET pending = true WHERE source = $1", SOURCE_SURVEY
        )


async def let_go(connection: Connection) -> None:
    """Journal rows are as ever: nobody wants them by envelope."""
    async with connection.transaction():
        await connection.execute(PATIENCE)
        await connection.execute(ALONE)
        await connection.execute(
            "UPDATE metrics_source SET pending = false WHERE source = $1", SOURCE_SURVEY
        )
        await connection.execute(LET_GO)


async def swap(connection: Connection, watermark: int, blocks: Sequence[Block]) -> None:
    """Put blocks in the place of all that was counted up to a watermark; call it inside a transaction."""
    await connection.execute(PATIENCE)
    await connection.execute(ALONE)
    await connection.execute(
        "DELETE FROM metrics_journal WHERE envelope IS NULL OR envelope <= $1", watermark
    )
    await connection.execute(FORGET, SOURCE_SURVEY, watermark)
    await connection.execute("DELETE FROM metrics_block", timeout=LONGEST_SECONDS)
    await connection.copy_records_to_table(
        "metrics_block", records=blocks, columns=Block._fields, timeout=LONGEST_SECONDS
    )
    await _stand(connection, blocks)
    await connection.execute(LET_GO)
    await connection.execute(
        "UPDATE metrics_source SET counted_through = $2, pending = false WHERE source = $1",
        SOURCE_SURVEY,
        watermark,
    )


async def _stand(connection: Connection, blocks: Sequence[Block]) -> None:
    """A new revision for every department and survey, with how many responses there are now."""
    rows = await connection.fetch("SELECT department_id, survey_id FROM metrics_standing")
    responses = Counter[tuple[int, int]](dict.fromkeys(((d, s) for d, s in rows), 0))
    for block in blocks:
        responses[block.department_id, block.survey_id] += block.responses
    rows = await connection.fetch("SELECT department_id, survey_id, answers FROM metrics_journal")
    for department, survey, answers in rows:
        responses[department, survey] += int(read_journal_row(answers).sign.sum())
    await connection.execute(
        STAND,
        [department for department, _ in responses],
        [survey for _, survey in responses],
        list(responses.values()),
    )
