"""Erasures of customers whom only survey knows: a request keeps the keyed hashes of the id that was asked for."""

from alembic import op

revision = "0019"
down_revision = "0018"

STATEMENTS = (
    "ALTER TABLE profile_erasure ADD COLUMN asked_refs bytea[] NOT NULL DEFAULT '{}'",
    "COMMENT ON COLUMN profile_erasure.asked_refs IS"
    " 'Of the customer id that was asked for, as it was sent and as it is normalised; none once done'",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
