"""The answer log, definitions, and copies of surveys and employment."""

from alembic import op

from services.kit.directory.storage import DIRECTORY_DDL
from services.kit.events.consumer import DEAD_LETTER_DDL

revision = "0001"
down_revision = None

TABLES = """
-- Small numbers for what the services know by longer names.
CREATE TABLE metrics_name (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    value text NOT NULL,
    UNIQUE (kind, value)
);
-- Dimensions as frozen on responses - 0 is none.
CREATE TABLE metrics_dimension_set (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    touchpoint_id int NOT NULL,
    stage_id int NOT NULL,
    channel_id int NOT NULL,
    segment_id int NOT NULL,
    language_id int NOT NULL,
    UNIQUE (touchpoint_id, stage_id, channel_id, segment_id, language_id)
);
-- Where the answer to a question stands in a tuple - append only. An answer is an index into codes.
CREATE TABLE metrics_layout (
    survey_id int,
    position smallint,
    question_id text NOT NULL,
    codes text[] NOT NULL CHECK (cardinality(codes) BETWEEN 1 AND 250),
    PRIMARY KEY (survey_id, position),
    UNIQUE (survey_id, question_id)
);
-- Envelopes that were applied.
CREATE TABLE metrics_inbox (
    department_id int,
    source smallint,
    envelope bigint,
    PRIMARY KEY (department_id, source, envelope)
);
-- What a department and survey stand at: 90 days up to `day`, the codes of all questions side by side.
CREATE TABLE metrics_standing (
    department_id int,
    survey_id int,
    revision bigint NOT NULL,
    responses bigint NOT NULL,
    day int NOT NULL,
    counts int[] NOT NULL,
    PRIMARY KEY (department_id, survey_id)
) WITH (fillfactor = 50);
-- Responses as they came - revision 0 keeps what was taken back before it came.
CREATE TABLE metrics_journal (
    department_id int,
    survey_id int,
    revision bigint,
    answers bytea NOT NULL,
    PRIMARY KEY (department_id, survey_id, revision)
);
-- Responses of a month, packed - holds only what is true.
CREATE TABLE metrics_block (
    department_id int,
    survey_id int,
    month int,
    responses int NOT NULL,
    answers bytea NOT NULL,
    PRIMARY KEY (department_id, survey_id, month)
);
ALTER TABLE metrics_block ALTER answers SET STORAGE EXTERNAL;

CREATE TABLE metrics_definition (
    key text,
    version int,
    name text NOT NULL,
    unit text NOT NULL,
    higher_is_better boolean NOT NULL,
    statistic text NOT NULL,
    question_kind text,
    formula text NOT NULL,
    denominator text NOT NULL,
    minimum_base int NOT NULL,
    PRIMARY KEY (key, version)
);
CREATE TABLE metrics_survey (
    id text PRIMARY KEY,
    revision bigint NOT NULL,
    state bytea NOT NULL
);
CREATE TABLE metrics_employment (
    employee_id text PRIMARY KEY,
    revision bigint NOT NULL
);
CREATE TABLE metrics_stint (
    employee_id text REFERENCES metrics_employment ON DELETE CASCADE,
    started_day int,
    left_day int,
    department_id text NOT NULL,
    leaving boolean NOT NULL,
    PRIMARY KEY (employee_id, started_day)
);
CREATE INDEX metrics_stint_department ON metrics_stint (department_id)
"""
GRANTS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO cxm_metrics_intake;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO cxm_metrics_intake;
GRANT SELECT ON metrics_name, metrics_dimension_set, metrics_layout, metrics_standing, metrics_journal,
    metrics_block, metrics_definition, metrics_survey, metrics_stint TO cxm_metrics_read
"""


def upgrade() -> None:
    for script in (TABLES, DIRECTORY_DDL, DEAD_LETTER_DDL, GRANTS):
        for statement in script.split(";"):
            op.execute(statement)
