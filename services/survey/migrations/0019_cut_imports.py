"""When it was last counted what an import that was cut has stored."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

SCRIPT = (
    # The default is for imports of before, and of processes of the last version: whether their rows stand for many
    # responses is not known. No row is rewritten.
    "ALTER TABLE survey_import ADD counted_at timestamptz DEFAULT 'infinity'",
    "COMMENT ON COLUMN survey_import.counted_at IS"
    " 'When its responses were counted since it was cut; infinity: never, for its rows stand for many responses'",
)


def upgrade() -> None:
    for statement in SCRIPT:
        op.execute(statement)
