"""Questions may ask a standard item, whose answers mean the same in every survey."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE survey_question ADD COLUMN item text NOT NULL DEFAULT ''")
