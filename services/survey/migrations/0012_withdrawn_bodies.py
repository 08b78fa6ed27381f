"""What was withdrawn is known again by its id alone: the hash of its body, from which answers can be tried, goes."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# A process of the last version reads the absent hash as one that no body has.
SCRIPT = (
    """
    CREATE OR REPLACE FUNCTION survey_stored_bodies(ids uuid[])
    RETURNS TABLE (id uuid, body_hash bytea, secret_hash bytea)
    STABLE LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT r.id, CASE WHEN r.withdrawn_at IS NULL THEN r.body_hash END, s.hash
        FROM survey_response r LEFT JOIN survey_secret s ON s.response_id = r.id
        WHERE r.id = ANY (ids)
    $$""",
    "GRANT UPDATE (body_hash) ON survey_response TO cxm_survey_intake",
    "UPDATE survey_response SET body_hash = uuid_send(gen_random_uuid()) WHERE withdrawn_at IS NOT NULL",
)


def upgrade() -> None:
    for statement in SCRIPT:
        op.execute(statement)
