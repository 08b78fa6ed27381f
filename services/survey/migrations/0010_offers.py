"""What a response without a token may name; what was there before offers everything, as it did."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# The default is for what was stored before, and by processes of the last version.
SCRIPT = """
ALTER TABLE survey_survey ADD offers jsonb NOT NULL DEFAULT '{"everything": true}';
COMMENT ON COLUMN survey_survey.offers IS
    'Keys of the departments and touchpoints that a response without a token may name, or everything';
ALTER TABLE survey_invitation ADD offers jsonb NOT NULL DEFAULT '{"everything": true}';
COMMENT ON COLUMN survey_invitation.offers IS 'As of the survey, and beside those'"""

# As survey_find_invitations, which processes of the last version call, with what an invitation offers.
FUNCTION = """
CREATE FUNCTION survey_read_invitations(hashes bytea[]) RETURNS TABLE (token_hash bytea, survey_id uuid,
    expires_at timestamptz, customer_ref bytea, department text, touchpoint text, channel text, segment text,
    language text, spent_by uuid, offers jsonb)
STABLE LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT i.token_hash, i.survey_id, i.expires_at, i.customer_ref, i.department, i.touchpoint, i.channel,
        i.segment, i.language, i.spent_by, i.offers
    FROM survey_invitation i WHERE i.token_hash = ANY (hashes)
$$"""
CALLERS = (
    "REVOKE ALL ON FUNCTION survey_read_invitations FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION survey_read_invitations TO cxm_survey_intake",
)


def upgrade() -> None:
    for statement in (*SCRIPT.split(";\n"), FUNCTION, *CALLERS):
        op.execute(statement)
