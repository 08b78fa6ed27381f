"""What the last reconciliation found."""

from alembic import op

revision = "0006"
down_revision = "0005"

SCRIPT = """
CREATE TABLE metrics_reconciliation (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    started_at timestamptz NOT NULL,
    found bytea
);
COMMENT ON COLUMN metrics_reconciliation.found IS
    'cxm.metrics.v1.Reconciliation, null until it has ended. Who works on it holds an advisory lock';
GRANT SELECT, INSERT, UPDATE ON metrics_reconciliation TO cxm_metrics_intake"""


def upgrade() -> None:
    for statement in SCRIPT.split(";\n"):
        op.execute(statement)
