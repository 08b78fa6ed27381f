"""Metrics may read a standard item over all surveys."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.execute("ALTER TABLE metrics_layout ADD COLUMN item text NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE metrics_definition ADD COLUMN standard_item text NOT NULL DEFAULT ''")
