"""Invitations are spent in one order, so that replicas wait for each other instead of deadlocking."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# One that somebody else spends at this moment is waited for, and then found spent.
FUNCTION = """
CREATE OR REPLACE FUNCTION survey_spend_invitations(hashes bytea[], ids uuid[]) RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH locked AS MATERIALIZED (
        SELECT o.token_hash FROM survey_invitation o WHERE o.token_hash = ANY (hashes) AND o.spent_by IS NULL
        ORDER BY o.token_hash FOR UPDATE
    )
    UPDATE survey_invitation AS o SET spent_by = i.id, spent_at = now()
    FROM unnest(hashes, ids) AS i (token_hash, id), (SELECT count(*) FROM locked) AS first
    WHERE o.token_hash = i.token_hash AND o.spent_by IS NULL
        AND NOT EXISTS (SELECT FROM survey_response r WHERE r.id = i.id)
    RETURNING i.id
$$"""


def upgrade() -> None:
    op.execute(FUNCTION)
