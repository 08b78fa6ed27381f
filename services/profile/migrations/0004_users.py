"""Names and addresses of those who have grants, behind row-level security."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE profile_user (
        subject text PRIMARY KEY,
        name text NOT NULL,
        email text NOT NULL,
        language text NOT NULL
    )""",
    "ALTER TABLE profile_user ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE profile_user FORCE ROW LEVEL SECURITY",
    "CREATE POLICY intake ON profile_user TO cxm_profile_intake USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON profile_user TO cxm_profile_intake",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
