"""Secrets that sessions have replaced, as hashes: one that comes back ends its session, however late."""

from alembic import op

from services.kit.db.row_security import guard_ddl

revision = "0007"
down_revision = "0006"

TABLE = "profile_session_former"
STATEMENTS = (
    f"""
    CREATE TABLE {TABLE} (
        hash bytea PRIMARY KEY,
        session_id uuid NOT NULL REFERENCES profile_session ON DELETE CASCADE
    )""",
    f"CREATE INDEX {TABLE}_session_id ON {TABLE} (session_id)",
    *guard_ddl(TABLE),
    f"CREATE POLICY intake ON {TABLE} TO cxm_profile_intake USING (true) WITH CHECK (true)",
    f"GRANT SELECT, INSERT ON {TABLE} TO cxm_profile_intake",
    f"COMMENT ON TABLE {TABLE} IS 'SHA-256 of secrets that were replaced; gone with their session'",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
