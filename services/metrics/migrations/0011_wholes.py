"""Which changes of employment belong together, and how much of them has come."""

from alembic import op

revision = "0011"
down_revision = "0010"

WHOLES = """
CREATE TABLE metrics_employment_whole (
    id text PRIMARY KEY,
    parts int NOT NULL,
    heard int[] NOT NULL,
    heard_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON metrics_employment_whole TO cxm_metrics_intake;
GRANT SELECT ON metrics_employment_whole TO cxm_metrics_read"""


def upgrade() -> None:
    for statement in WHOLES.split(";"):
        op.execute(statement)
