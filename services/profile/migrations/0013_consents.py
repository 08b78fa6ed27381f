"""Consents of customers: statements, only added, and the words they were given to."""

from alembic import op

from services.kit.db.row_security import guard_ddl

revision = "0013"
down_revision = "0012"

ROLE = "cxm_profile_intake"
TABLE = "profile_customer_consent"
PURPOSE = "(SELECT current_setting('cxm.purpose', true)) = 'erasure'"
STATEMENTS = (
    """
    CREATE TABLE profile_consent_wording (
        digest bytea PRIMARY KEY,
        wording text NOT NULL,
        first_used_at timestamptz NOT NULL
    )""",
    "COMMENT ON TABLE profile_consent_wording IS 'What customers read or heard, once, by its SHA-256'",
    f"""
    CREATE TABLE {TABLE} (
        alias int NOT NULL,
        purpose text NOT NULL,
        at timestamptz NOT NULL,
        mark bigint NOT NULL,
        status smallint NOT NULL,
        channel text NOT NULL,
        digest bytea,
        given_for text NOT NULL,
        proof smallint,
        until timestamptz,
        source text NOT NULL,
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (alias, purpose, at, mark)
    )""",
    f"COMMENT ON TABLE {TABLE} IS 'What customers said of a purpose, under which alias; only added to'",
    f"COMMENT ON COLUMN {TABLE}.status IS '1 given, 2 refused, 3 withdrawn'",
    f"COMMENT ON COLUMN {TABLE}.mark IS 'Of the source''s id, or of all that is said: the same again is stored once'",
    f"COMMENT ON COLUMN {TABLE}.digest IS 'Of the words: profile_consent_wording'",
    f"COMMENT ON COLUMN {TABLE}.proof IS '1 form, 2 call, 3 double opt-in'",
    *guard_ddl(TABLE),
    f"CREATE POLICY intake ON {TABLE} TO {ROLE} USING (true) WITH CHECK (true)",
    f"CREATE POLICY erasure ON {TABLE} AS RESTRICTIVE FOR DELETE TO {ROLE} USING ({PURPOSE})",
    f"GRANT SELECT, INSERT, DELETE ON {TABLE} TO {ROLE}",
    f"GRANT SELECT, INSERT ON profile_consent_wording TO {ROLE}",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
