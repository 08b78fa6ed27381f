"""Every query about labels, on the driver; nothing here commits."""

from collections.abc import Iterable
from typing import NamedTuple

from services.kit.db.database import Connection, Pool

MOST_LABELS = 1_000  # of each kind


class Label(NamedTuple):
    """A channel, segment or language in use."""

    kind: str
    value: str


async def list_labels(pool: Pool) -> set[Label]:
    return {
        Label(row[0], row[1]) for row in await pool.fetch("SELECT kind, value FROM survey_label")
    }


async def add_labels(connection: Connection, labels: Iterable[Label]) -> None:
    """Store new labels, in order, as far as the limit of their kind allows; needs a transaction."""
    await connection.execute("LOCK TABLE survey_label IN SHARE ROW EXCLUSIVE MODE")
    for kind, value in labels:
        await connection.execute(
            "INSERT INTO survey_label (kind, value) SELECT $1::text, $2::text"
            " WHERE (SELECT count(*) FROM survey_label WHERE kind = $1) < $3 ON CONFLICT DO NOTHING",
            kind, value, MOST_LABELS,
        )  # fmt: skip
