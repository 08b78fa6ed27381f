"""States of surveys, and texts in several languages."""

from alembic import op

revision = "0003"
down_revision = "0002"

SCRIPT = """
ALTER TABLE survey_survey ADD state smallint NOT NULL DEFAULT 3, ADD opens_at timestamptz, ADD closes_at timestamptz,
    ADD language text NOT NULL DEFAULT '', ADD texts jsonb NOT NULL DEFAULT '{}';
COMMENT ON COLUMN survey_survey.state IS
    'As set: 1 draft, 2 scheduled, 3 live, 4 paused, 5 closed, 6 archived. opens_at and closes_at change it';
COMMENT ON COLUMN survey_survey.texts IS 'The title in other languages, by language tag';
ALTER TABLE survey_question ADD texts jsonb NOT NULL DEFAULT '{}'"""


def upgrade() -> None:
    for statement in SCRIPT.split(";\n"):
        op.execute(statement)
