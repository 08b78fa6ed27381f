"""Questions with a scale or options of their own."""

from alembic import op

revision = "0002"
down_revision = "0001"

SCRIPT = """
ALTER TABLE survey_question ADD low smallint NOT NULL DEFAULT 0, ADD high smallint NOT NULL DEFAULT 0,
    ADD options jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN survey_question.low IS 'Of a RATING, as high';
COMMENT ON COLUMN survey_question.options IS 'Of a choice, in the order they are offered: key and text of each';
COMMENT ON COLUMN survey_response.answers IS
    'One byte per question of the version, by position: the score, the place of the chosen option, 254 don''t know, '
    '0 text, 255 not answered. A multiple choice has a byte per option: 1 chosen, 0 not'"""


def upgrade() -> None:
    for statement in SCRIPT.split(";\n"):
        op.execute(statement)
