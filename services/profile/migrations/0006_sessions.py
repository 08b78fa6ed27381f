"""Sessions of browsers, behind row-level security."""

from alembic import op

from services.kit.db.row_security import guard_ddl

revision = "0006"
down_revision = "0005"

STATEMENTS = (
    """
    CREATE TABLE profile_session (
        id uuid PRIMARY KEY,
        subject text NOT NULL,
        grants jsonb,
        provider_session text NOT NULL,
        sign_in text NOT NULL UNIQUE,
        hash bytea NOT NULL UNIQUE,
        previous_hash bytea UNIQUE,
        started_at timestamptz NOT NULL,
        replaced_at timestamptz NOT NULL,
        confirmed_at timestamptz,
        seen_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        ended_at timestamptz
    )""",
    "CREATE INDEX profile_session_subject ON profile_session (subject, started_at)",
    """
    CREATE INDEX profile_session_provider_session ON profile_session (provider_session)
        WHERE provider_session <> ''""",
    *guard_ddl("profile_session"),
    "CREATE POLICY intake ON profile_session TO cxm_profile_intake USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON profile_session TO cxm_profile_intake",
    "COMMENT ON TABLE profile_session IS 'Sessions of browsers; of their secrets only SHA-256'",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
