"""Whose import a response is a row of, so that who may only submit corrects its own rows by a file."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Without a default: no row is rewritten. What was imported before is nobody's, and corrected by who may correct any.
SCRIPT = (
    "ALTER TABLE survey_response ADD imported_by bigint",
    "COMMENT ON COLUMN survey_response.imported_by IS"
    " 'Keyed hash of the subject that imported it; absent: no row of a file, or of one before this column'",
    "GRANT SELECT (imported_by) ON survey_response TO cxm_survey_intake",
    # Told of customers is only whether a response that the caller names has the one it names.
    """
    CREATE FUNCTION survey_same_customers(ids uuid[], refs bytea[]) RETURNS SETOF uuid
    STABLE LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT r.id FROM unnest(ids, refs) AS s (id, ref) JOIN survey_response r ON r.id = s.id
        WHERE r.customer_ref IS NOT DISTINCT FROM s.ref
    $$""",
    "REVOKE ALL ON FUNCTION survey_same_customers FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION survey_same_customers TO cxm_survey_intake",
)


def upgrade() -> None:
    for statement in SCRIPT:
        op.execute(statement)
