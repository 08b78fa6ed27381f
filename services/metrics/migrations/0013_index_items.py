"""What an index of an employee survey is made of."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.execute("ALTER TABLE metrics_released_cell ADD COLUMN items text[] NOT NULL DEFAULT '{}'")
