"""Alerts have intervals, and are judged by the skewness of answers too: open ones without it end."""

from alembic import op

revision = "0021"
down_revision = "0020"

COLUMNS = """
ALTER TABLE metrics_alert
    ADD COLUMN usual_mean float8 NOT NULL DEFAULT 0,
    ADD COLUMN usual_skewness float8 NOT NULL DEFAULT 0,
    ADD COLUMN value_low float8 NOT NULL DEFAULT 0,
    ADD COLUMN value_high float8 NOT NULL DEFAULT 0,
    ADD COLUMN usual_low float8 NOT NULL DEFAULT 0,
    ADD COLUMN usual_high float8 NOT NULL DEFAULT 0,
    ADD COLUMN interval_method text NOT NULL DEFAULT ''"""
NOT_KEPT = "UPDATE metrics_alert SET usual_variance = 0"


def upgrade() -> None:
    op.execute(COLUMNS)
    op.execute(NOT_KEPT)
