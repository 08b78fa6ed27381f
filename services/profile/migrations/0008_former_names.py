"""What departments were called before: files that still use such a name mean the department that has another now."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE profile_department ADD COLUMN former_names text[] NOT NULL DEFAULT '{}'"
    )
