"""Subscriptions and the spans of days on which departments had them; behind row-level security."""

from alembic import op

from services.kit.db.row_security import guard_ddl

revision = "0022"
down_revision = "0021"

ROLE = "cxm_profile_intake"
TABLES = ("profile_subscription", "profile_subscription_span")
PURPOSE = "(SELECT current_setting('cxm.purpose', true)) = 'erasure'"
STATEMENTS = (
    """
    CREATE TABLE profile_subscription (
        id uuid PRIMARY KEY,
        mark bigint NOT NULL UNIQUE,
        monthly_cents bigint NOT NULL CHECK (monthly_cents >= 0),
        alias int NOT NULL,
        contract_ends_on date,
        plan text NOT NULL
    )""",
    "CREATE INDEX profile_subscription_alias ON profile_subscription (alias)",
    "COMMENT ON TABLE profile_subscription IS 'Contracts of customers, as they were agreed last'",
    "COMMENT ON COLUMN profile_subscription.mark IS 'First 8 bytes of SHA-256 of source, LF and the id it has there'",
    """
    CREATE TABLE profile_subscription_span (
        subscription uuid NOT NULL,
        started_on date NOT NULL,
        ended_on date,
        department int NOT NULL,
        reason text NOT NULL,
        PRIMARY KEY (subscription, started_on),
        CHECK (ended_on > started_on)
    )""",
    "COMMENT ON TABLE profile_subscription_span IS 'Days on which a department had a subscription'",
    "COMMENT ON COLUMN profile_subscription_span.ended_on IS 'The first day that it was not subscribed any more'",
    *guard_ddl(*TABLES),
    *(
        f"CREATE POLICY intake ON {table} TO {ROLE} USING (true) WITH CHECK (true)"
        for table in TABLES
    ),
    *(
        f"CREATE POLICY erasure ON {table} AS RESTRICTIVE FOR DELETE TO {ROLE} USING ({PURPOSE})"
        for table in TABLES
    ),
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(TABLES)} TO {ROLE}",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
