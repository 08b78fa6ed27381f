"""Definitions of the organisation's own name a question and the answers they count."""

from alembic import op

revision = "0003"
down_revision = "0002"

SCRIPT = """
ALTER TABLE metrics_definition
    ADD survey_id text,
    ADD question_id text,
    ADD option_key text NOT NULL DEFAULT '',
    ADD counted text[] NOT NULL DEFAULT '{}',
    ADD against text[] NOT NULL DEFAULT '{}',
    ADD with_dont_know boolean NOT NULL DEFAULT false"""


def upgrade() -> None:
    op.execute(SCRIPT)
