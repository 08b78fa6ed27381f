"""An erasure may name responses too, by their receipts: they are found and counted with those of the customer."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

INTAKE = "cxm_survey_intake"
HEAD = "LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp"
THEIRS = """
        SELECT r.id FROM survey_response r WHERE r.customer_ref = ANY (refs)
        UNION SELECT r.id FROM survey_response r WHERE r.id = ANY (ids) AND r.withdrawn_at IS NULL"""
NAMES = "survey_find_erased, survey_count_erased"
# As survey_find_of_customers and survey_count_of_customers, which the version before calls.
STATEMENTS = (
    f"""
    CREATE FUNCTION survey_find_erased(refs bytea[], ids uuid[], most integer) RETURNS SETOF uuid
    STABLE {HEAD} AS $$
        SELECT t.id FROM ({THEIRS}) AS t LIMIT most
    $$""",
    f"""
    CREATE FUNCTION survey_count_erased(refs bytea[], ids uuid[])
        RETURNS TABLE (responses bigint, verbatims bigint, secrets bigint, invitations bigint)
    STABLE {HEAD} AS $$
        WITH theirs AS MATERIALIZED ({THEIRS})
        SELECT (SELECT count(*) FROM theirs),
            (SELECT count(*) FROM survey_verbatim v JOIN theirs ON theirs.id = v.response_id),
            (SELECT count(*) FROM survey_secret s JOIN theirs ON theirs.id = s.response_id),
            (SELECT count(*) FROM survey_invitation i WHERE i.customer_ref = ANY (refs))
    $$""",
    f"REVOKE ALL ON FUNCTION {NAMES} FROM PUBLIC",
    f"GRANT EXECUTE ON FUNCTION {NAMES} TO {INTAKE}",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
