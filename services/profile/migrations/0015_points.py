"""Points of customers: a ledger, only added to."""

from alembic import op

from services.kit.db.row_security import guard_ddl

revision = "0015"
down_revision = "0014"

ROLE = "cxm_profile_intake"
TABLE = "profile_customer_point"
PURPOSE = "(SELECT current_setting('cxm.purpose', true)) = 'erasure'"
STATEMENTS = (
    f"""
    CREATE TABLE {TABLE} (
        alias int NOT NULL,
        at timestamptz NOT NULL,
        mark bigint NOT NULL,
        on_day date NOT NULL,
        points bigint NOT NULL CHECK (points <> 0),
        kind smallint NOT NULL,
        expires_on date,
        source text NOT NULL,
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (alias, at, mark)
    )""",
    f"COMMENT ON TABLE {TABLE} IS 'Points that customers earned and spent, under which alias; only added to'",
    f"COMMENT ON COLUMN {TABLE}.mark IS 'Of the source and its id: the same again is stored once'",
    f"COMMENT ON COLUMN {TABLE}.on_day IS 'The local day of the entry'",
    f"COMMENT ON COLUMN {TABLE}.kind IS '1 earned, 2 spent, 3 corrected'",
    f"COMMENT ON COLUMN {TABLE}.expires_on IS 'The last local day on which they can be spent'",
    *guard_ddl(TABLE),
    f"CREATE POLICY intake ON {TABLE} TO {ROLE} USING (true) WITH CHECK (true)",
    f"CREATE POLICY erasure ON {TABLE} AS RESTRICTIVE FOR DELETE TO {ROLE} USING ({PURPOSE})",
    f"GRANT SELECT, INSERT, DELETE ON {TABLE} TO {ROLE}",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
