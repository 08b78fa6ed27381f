"""Surveys, responses, verbatims, labels; outbox, dead letters and the copy of the directory."""

from alembic import op

from services.kit.directory.storage import DIRECTORY_DDL
from services.kit.events.consumer import DEAD_LETTER_DDL
from services.kit.events.outbox import OUTBOX_DDL

revision = "0001"
down_revision = None

TABLES = """
CREATE TABLE survey_survey (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    title text NOT NULL,
    public boolean NOT NULL,
    in_scorecard boolean NOT NULL,
    department_id uuid,
    revision bigint NOT NULL
);
CREATE TABLE survey_version (
    id uuid PRIMARY KEY,
    survey_id uuid NOT NULL REFERENCES survey_survey,
    number int NOT NULL,
    UNIQUE (survey_id, number)
);
CREATE TABLE survey_question (
    version_id uuid NOT NULL REFERENCES survey_version,
    position smallint NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL,
    kind smallint NOT NULL,
    text text NOT NULL,
    dont_know boolean NOT NULL,
    PRIMARY KEY (version_id, position),
    UNIQUE (version_id, key)
);
-- No foreign keys from here on: they cost a lock and a look-up per row, and versions are never deleted.
CREATE TABLE survey_response (
    id uuid PRIMARY KEY,
    version_id uuid NOT NULL,
    body_hash bytea NOT NULL CHECK (length(body_hash) = 16),
    department_id uuid NOT NULL,
    local_day int NOT NULL,
    touchpoint_id uuid,
    stage text,
    channel text,
    segment text,
    language text,
    customer_ref bytea CHECK (length(customer_ref) = 16),
    occurred_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    answers bytea NOT NULL
);
COMMENT ON COLUMN survey_response.answers IS
    'One byte per question of the version, by position: the score, 254 don''t know, 0 text, 255 not answered';
-- A response on its way in, with its fact and the envelope that fact goes into: one parameter instead of fifteen.
CREATE TYPE survey_given AS (
    id uuid,
    version_id uuid,
    body_hash bytea,
    department_id uuid,
    local_day int,
    touchpoint_id uuid,
    stage text,
    channel text,
    segment text,
    language text,
    customer_ref bytea,
    occurred_at timestamptz,
    answers bytea,
    fact bytea,
    envelope bigint
);
CREATE TABLE survey_verbatim (
    response_id uuid NOT NULL,
    question_id uuid NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (response_id, question_id)
);
CREATE TYPE survey_words AS (
    response_id uuid,
    question_id uuid,
    text text
);
CREATE TABLE survey_label (
    kind text NOT NULL CHECK (kind IN ('channel', 'segment', 'language')),
    value text NOT NULL,
    PRIMARY KEY (kind, value)
)"""

# Tables about persons: nobody but the intake, until there are readers with a purpose.
ROWS = """
ALTER TABLE survey_response ENABLE ROW LEVEL SECURITY;
ALTER TABLE survey_verbatim ENABLE ROW LEVEL SECURITY;
CREATE POLICY intake ON survey_response TO cxm_survey_intake USING (true) WITH CHECK (true);
CREATE POLICY intake ON survey_verbatim TO cxm_survey_intake USING (true) WITH CHECK (true)"""

GRANTS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON survey_survey, survey_version, survey_question, survey_response,
    survey_verbatim, survey_label, outbox, dead_letter, directory_copy, directory_state TO cxm_survey_intake;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO cxm_survey_intake;
GRANT SELECT ON alembic_version TO cxm_survey_intake;
GRANT SELECT ON survey_survey, survey_version, survey_question TO cxm_survey_read"""


def upgrade() -> None:
    for script in (TABLES, OUTBOX_DDL, DEAD_LETTER_DDL, DIRECTORY_DDL, ROWS, GRANTS):
        for statement in script.split(";\n"):
            op.execute(statement)
