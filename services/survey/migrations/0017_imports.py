"""Which import a response is a row of, and what became of it, so that an import can be taken back."""

from alembic import op

from services.kit.db.row_security import guard_ddl

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

INTAKE = "cxm_survey_intake"
HEAD = "LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp"
# Columns without a default: no row is rewritten. A process of the last version stores neither; it imports rows that
# belong to no import.
SCRIPT = (
    """
    CREATE TABLE survey_import (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id uuid NOT NULL UNIQUE,
        subject text NOT NULL,
        file_name text NOT NULL,
        survey text NOT NULL,
        started_at timestamptz NOT NULL DEFAULT now(),
        heard_at timestamptz NOT NULL DEFAULT now(),
        state text NOT NULL DEFAULT 'RUNNING',
        taken_back_at timestamptz,
        rows bigint NOT NULL DEFAULT 0,
        stored bigint NOT NULL DEFAULT 0,
        corrected bigint NOT NULL DEFAULT 0,
        already_stored bigint NOT NULL DEFAULT 0,
        refused bigint NOT NULL DEFAULT 0,
        left_out bigint NOT NULL DEFAULT 0,
        joined bigint NOT NULL DEFAULT 0
    )""",
    "COMMENT ON TABLE survey_import IS 'Files of responses: who imported them, and what became of their rows'",
    "COMMENT ON COLUMN survey_import.heard_at IS"
    " 'When its process last told how far it is: one that is silent has ended'",
    "COMMENT ON COLUMN survey_import.taken_back_at IS 'When taking it back began; its end is in the state'",
    "CREATE INDEX survey_import_subject ON survey_import (subject, number)",
    *guard_ddl("survey_import"),
    f"CREATE POLICY intake ON survey_import TO {INTAKE} USING (true) WITH CHECK (true)",
    f"GRANT SELECT, INSERT, UPDATE ON survey_import TO {INTAKE}",
    "ALTER TABLE survey_response ADD import_number bigint, ADD corrected_at timestamptz",
    "COMMENT ON COLUMN survey_response.import_number IS"
    " 'The import that stored it; absent: no row of a file, or of one before this column'",
    "COMMENT ON COLUMN survey_response.corrected_at IS 'When its answers or words were last replaced'",
    f"GRANT SELECT (import_number, corrected_at), UPDATE (corrected_at) ON survey_response TO {INTAKE}",
    # The intake sees only what it names by id, so the owner tells it which ids these are.
    f"""
    CREATE FUNCTION survey_count_imported(import bigint)
        RETURNS TABLE (department_id uuid, is_corrected boolean, responses bigint)
    STABLE {HEAD} AS $$
        SELECT r.department_id, r.corrected_at IS NOT NULL, count(*) FROM survey_response r
        WHERE r.import_number = import AND r.withdrawn_at IS NULL GROUP BY 1, 2
    $$""",
    f"""
    CREATE FUNCTION survey_find_imported(import bigint, departments uuid[], most integer) RETURNS SETOF uuid
    STABLE {HEAD} AS $$
        SELECT r.id FROM survey_response r
        WHERE r.import_number = import AND r.withdrawn_at IS NULL AND r.corrected_at IS NULL
            AND r.department_id = ANY (departments)
        LIMIT most
    $$""",
    "REVOKE ALL ON FUNCTION survey_count_imported, survey_find_imported FROM PUBLIC",
    f"GRANT EXECUTE ON FUNCTION survey_count_imported, survey_find_imported TO {INTAKE}",
)


def upgrade() -> None:
    for statement in SCRIPT:
        op.execute(statement)
