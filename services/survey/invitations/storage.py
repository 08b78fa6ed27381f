"""Every query about invitations, on the driver; nothing here commits."""

from collections.abc import Sequence
from json import dumps, loads

from services.kit.db.database import Connection, Pool
from services.kit.rights.audit.entries import AuditEntry
from services.kit.rights.audit.storage import write_on_driver
from services.survey.domain.offers import offers_json, offers_of
from services.survey.invitations.domain import Fixed, Invitation


async def find_invitations(pool: Pool, hashes: Sequence[bytes]) -> dict[bytes, Invitation]:
    """Invitations by the hashes of their tokens; what is absent is left out."""
    rows = await pool.fetch(
        "SELECT token_hash, survey_id::text, expires_at, customer_ref, department, touchpoint, channel, segment,"
        " language, spent_by::text, offers FROM survey_read_invitations($1)",
        hashes,
    )
    return {
        row[0]: Invitation(
            row[0],
            row[1],
            row[2],
            row[3],
            Fixed(*tuple(row)[4:9]),
            row[9],
            offers_of(**loads(row[10])),
        )
        for row in rows
    }


async def add_invitations(pool: Pool, made: Sequence[Invitation], entry: AuditEntry) -> None:
    """Store new invitations and who made them; all or none. One for a customer who was erased is for nobody."""
    rows = [
        (
            i.token_hash,
            i.survey_id,
            i.expires_at,
            i.customer_ref,
            *i.fixed,
            dumps(offers_json(i.offers)),
        )
        for i in made
    ]
    async with pool.acquire() as connection, connection.transaction():
        await connection.executemany(
            "INSERT INTO survey_invitation (token_hash, survey_id, expires_at, customer_ref, department, touchpoint,"
            " channel, segment, language, offers) VALUES ($1, $2::uuid, $3, $4, $5, $6, $7, $8, $9, $10::jsonb)",
            rows,
        )
        await write_on_driver(connection, entry)


async def forget_customers(connection: Connection, response_ids: Sequence[str]) -> None:
    """Erase whom the invitations were for that responses spent; the transaction named the responses."""
    await connection.execute(
        "UPDATE survey_invitation SET customer_ref = NULL WHERE spent_by = ANY($1::uuid[])",
        response_ids,
    )
