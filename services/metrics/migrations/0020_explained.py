"""Analyses of drivers: R squared of the sample beside what is explained, and which way each driver goes."""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.execute("ALTER TABLE metrics_driver_analysis ADD COLUMN r_squared float8")
    op.execute(
        "ALTER TABLE metrics_driver ADD COLUMN correlation float8,"
        " ADD COLUMN correlation_low float8, ADD COLUMN correlation_high float8"
    )
