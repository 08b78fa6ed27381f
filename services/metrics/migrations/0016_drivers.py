"""Analyses of drivers: what goes together with an outcome, computed from single responses as a job."""

from alembic import op

revision = "0016"
down_revision = "0015"

DRIVERS = """
CREATE TABLE metrics_driver_analysis (
    id text PRIMARY KEY,
    number bigint GENERATED ALWAYS AS IDENTITY,
    department_id text NOT NULL,
    survey_id text NOT NULL,
    metric text NOT NULL,
    outcome text NOT NULL,
    method text NOT NULL,
    from_day int NOT NULL,
    to_day int NOT NULL,
    subtree boolean NOT NULL,
    as_it_was boolean NOT NULL,
    filters jsonb NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamptz NOT NULL,
    state text NOT NULL,
    tries int NOT NULL,
    done float8 NOT NULL,
    ended_at timestamptz,
    failure text NOT NULL,
    status text,
    answered bigint,
    base bigint,
    explained float8,
    explained_low float8,
    explained_high float8,
    chance float8
);
CREATE INDEX metrics_driver_analysis_of ON metrics_driver_analysis (department_id, number);
CREATE INDEX metrics_driver_analysis_open ON metrics_driver_analysis (number) WHERE ended_at IS NULL;
CREATE TABLE metrics_driver (
    analysis_id text REFERENCES metrics_driver_analysis ON DELETE CASCADE,
    place int,
    question_id text NOT NULL,
    best bigint,
    weight float8,
    weight_low float8,
    weight_high float8,
    share float8,
    share_low float8,
    share_high float8,
    PRIMARY KEY (analysis_id, place)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON metrics_driver_analysis, metrics_driver TO cxm_metrics_intake;
GRANT SELECT ON metrics_driver_analysis, metrics_driver TO cxm_metrics_read"""


def upgrade() -> None:
    for statement in DRIVERS.split(";"):
        op.execute(statement)
