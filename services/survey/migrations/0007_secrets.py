"""Secrets of submissions, as hashes; and since when the ids of imported rows are keyed."""

from alembic import op

revision = "0007"
down_revision = "0006"

# Rows imported before have ids that anybody can compute. Only what was stored until now may be taken for one of
# them: what is stored under such an id later was put there by somebody else.
SCRIPT = """
CREATE TABLE survey_secret (
    response_id uuid PRIMARY KEY,
    hash bytea NOT NULL CHECK (length(hash) = 16)
);
COMMENT ON TABLE survey_secret IS
    'By which who sent a response is known again: the keyed hash of what was sent with it';
ALTER TABLE survey_secret ENABLE ROW LEVEL SECURITY;
CREATE POLICY intake ON survey_secret TO cxm_survey_intake USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE ON survey_secret TO cxm_survey_intake;
CREATE TABLE survey_keyed_import (
    since timestamptz PRIMARY KEY
);
COMMENT ON TABLE survey_keyed_import IS
    'At most one row: since when imported rows have keyed ids; none where no response was stored before';
INSERT INTO survey_keyed_import SELECT now() WHERE EXISTS (SELECT FROM survey_response);
GRANT SELECT ON survey_keyed_import TO cxm_survey_intake"""


def upgrade() -> None:
    for statement in SCRIPT.split(";\n"):
        op.execute(statement)
