"""Metrics may read several items side by side in each response."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.execute("ALTER TABLE metrics_definition ADD COLUMN index_items jsonb NOT NULL DEFAULT '[]'")
