"""Since when rows of files without ids are known by what their cells mean."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SCRIPT = (
    "CREATE TABLE survey_meant_import (since timestamptz NOT NULL)",
    "COMMENT ON TABLE survey_meant_import IS"
    " 'Since when rows without ids are known by what they mean; empty where no response is older'",
    "INSERT INTO survey_meant_import SELECT now() WHERE EXISTS (SELECT FROM survey_response)",
    "GRANT SELECT ON survey_meant_import TO cxm_survey_intake",
)


def upgrade() -> None:
    for statement in SCRIPT:
        op.execute(statement)
