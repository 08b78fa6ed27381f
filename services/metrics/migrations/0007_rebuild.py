"""What a rebuild needs while the log is written: journal rows that name their envelope, and how far it is."""

from alembic import op

revision = "0007"
down_revision = "0006"

SCRIPT = """
ALTER TABLE metrics_source ADD pending boolean NOT NULL DEFAULT false;
ALTER TABLE metrics_journal ADD envelope bigint;
CREATE TABLE metrics_rebuild (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    started_at timestamptz NOT NULL,
    done bigint NOT NULL,
    total bigint NOT NULL,
    ended boolean NOT NULL,
    error text NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON metrics_rebuild TO cxm_metrics_intake"""


def upgrade() -> None:
    for statement in SCRIPT.split(";\n"):
        op.execute(statement)
