"""Employees whose external id anybody can compute: of rows without an id, imported before such ids were keyed."""

from alembic import op

revision = "0004"
down_revision = "0003"

# Only what was stored until now may be taken for such a row: who is stored under such an id later was put there by
# somebody else. An id of the organisation's own that looks so is marked too, which no file can name without its id.
MARK = """
UPDATE employee_exp_employee SET unkeyed = true
WHERE external_id ~ '^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'"""


def upgrade() -> None:
    op.execute("ALTER TABLE employee_exp_employee ADD unkeyed boolean NOT NULL DEFAULT false")
    op.execute(MARK)
