"""What an import must know of responses that are stored."""

from collections.abc import Sequence
from datetime import datetime

from services.kit.db.database import Connection, Pool


async def keyed_since(pool: Pool) -> datetime | None:
    """Since when ids of imported rows are keyed; None where no response is older."""
    since: datetime | None = await pool.fetchval("SELECT since FROM survey_keyed_import")
    return since


async def stored_before(connection: Connection, ids: Sequence[str], since: datetime) -> set[str]:
    """Which of these ids, which the transaction named, were stored before."""
    rows = await connection.fetch(
        "SELECT id::text FROM survey_response WHERE id = ANY($1::uuid[]) AND received_at < $2",
        ids,
        since,
    )
    return {row[0] for row in rows}
