"""Results of employee surveys, as they were released: kept for ever, never computed here."""

from alembic import op

revision = "0012"
down_revision = "0011"

RELEASED = """
CREATE TABLE metrics_released_wave (
    wave_id text PRIMARY KEY,
    key text NOT NULL,
    opened_day int NOT NULL,
    closed_day int NOT NULL,
    statistics text[] NOT NULL
);
CREATE TABLE metrics_released_department (
    wave_id text REFERENCES metrics_released_wave,
    department_id text,
    released bool NOT NULL,
    counted_in text NOT NULL,
    PRIMARY KEY (wave_id, department_id)
);
CREATE TABLE metrics_released_cell (
    wave_id text,
    department_id text,
    statistic text,
    counted_in text,
    n int,
    value float8,
    low float8,
    high float8,
    method text NOT NULL,
    sd float8,
    PRIMARY KEY (wave_id, department_id, statistic),
    FOREIGN KEY (wave_id, department_id) REFERENCES metrics_released_department
);
GRANT SELECT, INSERT, UPDATE ON metrics_released_wave TO cxm_metrics_intake;
GRANT SELECT, INSERT ON metrics_released_department, metrics_released_cell TO cxm_metrics_intake;
GRANT SELECT ON metrics_released_wave, metrics_released_department, metrics_released_cell TO cxm_metrics_read"""


def upgrade() -> None:
    for statement in RELEASED.split(";"):
        op.execute(statement)
