"""From when a department takes nothing new, and what it was merged into."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE profile_department
            ADD COLUMN closed_from date,
            ADD COLUMN merged_into uuid REFERENCES profile_department,
            ADD CONSTRAINT profile_department_merged_is_closed
                CHECK (closed_from IS NOT NULL OR merged_into IS NULL)""")
