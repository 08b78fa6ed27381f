"""Purchases with the lines of their receipts; behind row-level security."""

from alembic import op

from services.kit.db.row_security import guard_ddl

revision = "0014"
down_revision = "0013"

ROLE = "cxm_profile_intake"
TABLES = ("profile_purchase", "profile_purchase_line")
STATEMENTS = (
    """
    CREATE TABLE profile_purchase (
        at timestamptz NOT NULL,
        mark bigint NOT NULL,
        cents bigint NOT NULL CHECK (cents >= 0),
        return_of bigint,
        alias int NOT NULL,
        department int NOT NULL,
        dimensions int NOT NULL,
        local_day int NOT NULL,
        sign smallint NOT NULL CHECK (sign IN (1, -1)),
        card_used boolean,
        payment text NOT NULL,
        place text NOT NULL,
        receipt text NOT NULL,
        PRIMARY KEY (alias, at, mark)
    )""",
    "CREATE INDEX profile_purchase_mark ON profile_purchase (mark)",
    "CREATE INDEX profile_purchase_return ON profile_purchase (return_of) WHERE return_of IS NOT NULL",
    "COMMENT ON TABLE profile_purchase IS 'What customers bought and brought back; alias 0: nobody'",
    "COMMENT ON COLUMN profile_purchase.mark IS 'First 8 bytes of SHA-256 of source, LF and the id it has there'",
    "COMMENT ON COLUMN profile_purchase.sign IS '1: bought, -1: brought back; cents are never below 0'",
    "COMMENT ON COLUMN profile_purchase.return_of IS 'Of what came back: the mark of the purchase it was'",
    "COMMENT ON COLUMN profile_purchase.local_day IS 'Days since 1970-01-01 in the organisation''s time zone, frozen'",
    """
    CREATE TABLE profile_purchase_line (
        at timestamptz NOT NULL,
        mark bigint NOT NULL,
        cents bigint NOT NULL,
        discount bigint NOT NULL,
        quantity double precision NOT NULL,
        alias int NOT NULL,
        position smallint NOT NULL,
        item text NOT NULL,
        PRIMARY KEY (alias, at, mark, position)
    )""",
    "COMMENT ON TABLE profile_purchase_line IS 'Lines of receipts; cents are of a whole line, after its discount'",
    *guard_ddl(*TABLES),
    *(
        f"CREATE POLICY intake ON {table} TO {ROLE} USING (true) WITH CHECK (true)"
        for table in TABLES
    ),
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(TABLES)} TO {ROLE}",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
