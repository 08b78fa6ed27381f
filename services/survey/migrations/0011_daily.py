"""How many responses without a token or an invitation a survey takes on a day, and has taken."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SCRIPT = """
ALTER TABLE survey_survey ADD daily_limit int NOT NULL DEFAULT 0;
COMMENT ON COLUMN survey_survey.daily_limit IS
    'Responses a day without a token or an invitation; 0: as the deployment says';
CREATE TABLE survey_daily (
    survey_id uuid NOT NULL,
    local_day int NOT NULL,
    taken int NOT NULL,
    PRIMARY KEY (survey_id, local_day)
) WITH (fillfactor = 50);
COMMENT ON TABLE survey_daily IS
    'Responses without a token or an invitation that were stored on a local day of the organisation';
GRANT SELECT, INSERT, UPDATE ON survey_daily TO cxm_survey_intake"""


def upgrade() -> None:
    for statement in SCRIPT.split(";\n"):
        op.execute(statement)
