"""The usual level of an alert is kept with it."""

from alembic import op

revision = "0019"
down_revision = "0018"

COLUMNS = """
ALTER TABLE metrics_alert
    ADD COLUMN usual_weekly float8 NOT NULL DEFAULT 0,
    ADD COLUMN usual_variance float8 NOT NULL DEFAULT 0,
    ADD COLUMN usual_scatter float8 NOT NULL DEFAULT 0"""


def upgrade() -> None:
    op.execute(COLUMNS)
