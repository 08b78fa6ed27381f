"""Options of choice questions have places of their own in the tuples of the answer log."""

from alembic import op

revision = "0002"
down_revision = "0001"

SCRIPT = """
ALTER TABLE metrics_layout ADD kind text;
UPDATE metrics_layout SET kind = CASE cardinality(codes) WHEN 11 THEN 'NPS' ELSE 'CSAT' END;
ALTER TABLE metrics_layout ALTER kind SET NOT NULL;
-- '' is the question itself. Else an option of a multiple choice (codes 0 and 1), or one that a single choice
-- came to offer later (its key the only code): places and codes of the rest stay as they are
ALTER TABLE metrics_layout ADD option_key text NOT NULL DEFAULT '';
ALTER TABLE metrics_layout DROP CONSTRAINT metrics_layout_survey_id_question_id_key;
ALTER TABLE metrics_layout ADD UNIQUE (survey_id, question_id, option_key)"""


def upgrade() -> None:
    for statement in SCRIPT.split(";\n"):
        op.execute(statement)
