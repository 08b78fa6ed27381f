"""One-time invitations."""

from alembic import op

revision = "0005"
down_revision = "0004"

SCRIPT = """
CREATE TABLE survey_invitation (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    survey_id uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    customer_ref bytea CHECK (length(customer_ref) = 16),
    department text,
    touchpoint text,
    channel text,
    segment text,
    language text,
    created_at timestamptz NOT NULL DEFAULT now(),
    spent_at timestamptz,
    spent_by uuid
);
COMMENT ON COLUMN survey_invitation.token_hash IS 'SHA-256 of the token, which is kept nowhere';
COMMENT ON COLUMN survey_invitation.spent_by IS 'The response it was spent by';
COMMENT ON COLUMN survey_invitation.department IS 'Key, as touchpoint: fixed for the response, as is the rest';
ALTER TABLE survey_invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY intake ON survey_invitation TO cxm_survey_intake USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON survey_invitation TO cxm_survey_intake"""


def upgrade() -> None:
    for statement in SCRIPT.split(";\n"):
        op.execute(statement)
