"""Erasures of responses by their receipts: a request keeps their ids until it is done."""

from alembic import op

revision = "0021"
down_revision = "0020"

STATEMENTS = (
    "ALTER TABLE profile_erasure ADD COLUMN responses uuid[] NOT NULL DEFAULT '{}'",
    "COMMENT ON COLUMN profile_erasure.responses IS 'Ids of responses whose receipts were shown; none once done'",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
