"""Readers of responses: the read role sees those of the departments that its transaction names."""

from alembic import op

revision = "0004"
down_revision = "0003"

# The setting is read once per statement, not once per row: that is what the inner SELECT is for. Where another
# transaction of the connection has set it before, it is empty and not null.
SCRIPT = """
CREATE POLICY departments ON survey_response FOR SELECT TO cxm_survey_read
    USING (department_id = ANY (CAST((SELECT nullif(current_setting('cxm.departments', true), '')) AS uuid[])));
CREATE POLICY departments ON survey_verbatim FOR SELECT TO cxm_survey_read
    USING (EXISTS (SELECT FROM survey_response r WHERE r.id = response_id));
GRANT SELECT (id, version_id, department_id, local_day, touchpoint_id, stage, channel, segment, language,
    occurred_at, received_at, answers) ON survey_response TO cxm_survey_read;
GRANT SELECT ON survey_verbatim TO cxm_survey_read"""


def upgrade() -> None:
    for statement in SCRIPT.split(";\n"):
        op.execute(statement)
