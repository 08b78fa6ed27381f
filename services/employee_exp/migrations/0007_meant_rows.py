"""Employees known by how their row is spelt: imported without ids before such rows were known by what they mean."""

from alembic import op

revision = "0007"
down_revision = "0006"

# Only what was stored until now may be taken for such a row. An id of the organisation's own that looks so is marked
# too, which no file can name without its id.
MARK = "UPDATE employee_exp_employee SET spelt = true WHERE external_id ~ '^[0-9a-f]{32}$'"


def upgrade() -> None:
    op.execute("ALTER TABLE employee_exp_employee ADD spelt boolean NOT NULL DEFAULT false")
    op.execute(MARK)
