"""Responses that were withdrawn leave their id and the hash of their body, so that they do not come back."""

from alembic import op

revision = "0006"
down_revision = "0005"

SCRIPT = """
ALTER TABLE survey_response ADD withdrawn_at timestamptz;
COMMENT ON COLUMN survey_response.withdrawn_at IS
    'Not null: taken back. Its answers, words and customer are erased, and nobody counts or reads it';
GRANT SELECT (withdrawn_at) ON survey_response TO cxm_survey_read;
CREATE INDEX survey_invitation_spent_by ON survey_invitation (spent_by) WHERE spent_by IS NOT NULL;
ALTER POLICY departments ON survey_response USING (withdrawn_at IS NULL AND department_id = ANY (
    CAST((SELECT nullif(current_setting('cxm.departments', true), '')) AS uuid[])))"""


def upgrade() -> None:
    for statement in SCRIPT.split(";\n"):
        op.execute(statement)
