"""Targets: what a department is to reach in a metric, and by when."""

from alembic import op

revision = "0014"
down_revision = "0013"

TARGETS = """
CREATE TABLE metrics_target (
    department_id text,
    metric text,
    value float8 NOT NULL,
    side text NOT NULL,
    due_day int NOT NULL,
    owner text NOT NULL,
    set_by text NOT NULL,
    set_at timestamptz NOT NULL,
    PRIMARY KEY (department_id, metric)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON metrics_target TO cxm_metrics_intake;
GRANT SELECT ON metrics_target TO cxm_metrics_read"""


def upgrade() -> None:
    for statement in TARGETS.split(";"):
        op.execute(statement)
