"""Alerts: a score that fell below its usual level, and the outbox by which they are announced."""

from alembic import op

from services.kit.events.outbox import OUTBOX_DDL

revision = "0018"
down_revision = "0017"

ALERTS = """
CREATE TABLE metrics_alert (
    id text PRIMARY KEY,
    department_id text NOT NULL,
    metric text NOT NULL,
    version int NOT NULL,
    rule text NOT NULL,
    week int NOT NULL,
    since_day int NOT NULL,
    value float8 NOT NULL,
    base int NOT NULL,
    usual float8 NOT NULL,
    usual_base int NOT NULL,
    deviation float8 NOT NULL,
    touchpoint text NOT NULL,
    segment text NOT NULL,
    raised_at timestamptz NOT NULL,
    acknowledged_at timestamptz,
    acknowledged_by text NOT NULL,
    action text,
    ended_at timestamptz,
    ended_by text
);
CREATE UNIQUE INDEX metrics_alert_open ON metrics_alert (department_id, metric) WHERE ended_at IS NULL;
CREATE INDEX metrics_alert_latest ON metrics_alert (department_id, id);
GRANT SELECT, INSERT, UPDATE ON metrics_alert TO cxm_metrics_intake;
GRANT SELECT ON metrics_alert TO cxm_metrics_read;
GRANT SELECT, INSERT, DELETE, UPDATE ON outbox TO cxm_metrics_intake;
GRANT USAGE, SELECT ON SEQUENCE outbox_id_seq TO cxm_metrics_intake"""


def upgrade() -> None:
    for statement in (OUTBOX_DDL, *ALERTS.split(";")):
        op.execute(statement)
