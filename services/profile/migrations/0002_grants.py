"""Grants of people who sign in with the organisation's identity provider, behind row-level security."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE profile_grant (
        id uuid PRIMARY KEY,
        subject text NOT NULL,
        role text NOT NULL,
        department text NOT NULL,
        from_on date,
        to_on date,
        UNIQUE (subject, role, department),
        CHECK (from_on < to_on)
    )""",
    "ALTER TABLE profile_grant ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY intake ON profile_grant TO cxm_profile_intake USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON profile_grant TO cxm_profile_intake",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
