"""Which questions were the first of their kind in some version of their survey."""

from alembic import op

revision = "0004"
down_revision = "0003"

SCRIPT = """
ALTER TABLE metrics_layout ADD leads boolean NOT NULL DEFAULT false;
UPDATE metrics_layout AS l SET leads = NOT EXISTS (
    SELECT FROM metrics_layout AS e
    WHERE e.survey_id = l.survey_id AND e.kind = l.kind AND e.position < l.position
)"""


def upgrade() -> None:
    for statement in SCRIPT.split(";\n"):
        op.execute(statement)
