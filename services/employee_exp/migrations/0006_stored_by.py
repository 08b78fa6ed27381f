"""Who stored a stint as it is: a subject corrects its own ones."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute("ALTER TABLE employee_exp_stint ADD stored_by text")
