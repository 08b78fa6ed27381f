"""Up to which envelope all were counted: below that the inbox need not remember them."""

from alembic import op

revision = "0005"
down_revision = "0004"

# MAINTAIN: the service gives back the room of what it deleted.
SCRIPT = """
CREATE TABLE metrics_source (
    source smallint PRIMARY KEY,
    counted_through bigint NOT NULL
);
INSERT INTO metrics_source VALUES (1, 0);
GRANT SELECT, UPDATE ON metrics_source TO cxm_metrics_intake;
GRANT MAINTAIN ON metrics_inbox, metrics_journal TO cxm_metrics_intake"""


def upgrade() -> None:
    for statement in SCRIPT.split(";\n"):
        op.execute(statement)
