"""Who was erased is asked in no wave any more: nothing leads to them, and nothing is known of them."""

from alembic import op

revision = "0012"
down_revision = "0011"

MADE_BY_ERASING = "^erased-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$"


def upgrade() -> None:
    op.execute("ALTER TABLE employee_exp_employee ADD COLUMN erased bool NOT NULL DEFAULT false")
    op.execute(
        f"UPDATE employee_exp_employee SET erased = true WHERE external_id ~ '{MADE_BY_ERASING}'"
    )
