"""Erasures of customers: requests, receipts, and identifiers that are not stored again."""

from alembic import op

from services.kit.db.row_security import guard_ddl
from services.kit.events.consumer import DEAD_LETTER_DDL

revision = "0011"
down_revision = "0010"

ROLE = "cxm_profile_intake"
GUARDED = ("profile_customer_erased", "profile_erasure")
ERASED = (
    "profile_customer_alias",
    "profile_customer_attribute",
    "profile_customer_link",
    "profile_customer_not_same",
    "profile_customer_conflict",
    "profile_customer_person_change",
    "profile_customer_reason",
)
"""Of customers: what an erasure deletes, and nothing else does: elsewhere a DELETE finds no rows."""
PURPOSE = "(SELECT current_setting('cxm.purpose', true)) = 'erasure'"
STATEMENTS = (
    """
    CREATE TABLE profile_erasure (
        id uuid PRIMARY KEY,
        state text NOT NULL,
        person int NOT NULL,
        alias int NOT NULL,
        numbers int[] NOT NULL,
        customer_refs bytea[] NOT NULL,
        formerly_linked int[] NOT NULL,
        round int NOT NULL,
        revision bigint NOT NULL,
        subject text NOT NULL,
        requested_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL,
        sealed bytea,
        announced_at timestamptz NOT NULL,
        decided_by text,
        decided_at timestamptz,
        sealed_decision bytea,
        is_sole boolean NOT NULL DEFAULT false,
        done_at timestamptz
    )""",
    "CREATE INDEX profile_erasure_open ON profile_erasure (id) WHERE state NOT IN ('REFUSED', 'DONE')",
    "COMMENT ON TABLE profile_erasure IS 'Requests to erase a customer'",
    "COMMENT ON COLUMN profile_erasure.subject IS 'Who asked for it'",
    "COMMENT ON COLUMN profile_erasure.alias IS 'Which was asked for: its person is erased, whoever that is then'",
    "COMMENT ON COLUMN profile_erasure.numbers IS 'Of the aliases when it was counted or ordered; nobody''s once done'",
    """
    CREATE TABLE profile_erasure_receipt (
        request uuid NOT NULL,
        service text NOT NULL,
        is_count boolean NOT NULL,
        at timestamptz NOT NULL,
        tables jsonb NOT NULL,
        number bigint,
        previous bytea NOT NULL,
        digest bytea NOT NULL,
        PRIMARY KEY (request, service, is_count)
    )""",
    "COMMENT ON TABLE profile_erasure_receipt IS 'What services would erase, and what they erased: numbers of rows'",
    "CREATE UNIQUE INDEX profile_erasure_receipt_number ON profile_erasure_receipt (service, number)"
    " WHERE number IS NOT NULL",
    """
    CREATE TABLE profile_customer_erased (
        customer_ref bytea NOT NULL,
        kind smallint NOT NULL,
        request uuid NOT NULL,
        revision bigint NOT NULL,
        allowed_at timestamptz,
        allowed_entry uuid,
        PRIMARY KEY (customer_ref, kind)
    )""",
    "COMMENT ON TABLE profile_customer_erased IS"
    " 'Identifiers that were erased, by keyed hash: not stored again unless allowed'",
    "COMMENT ON COLUMN profile_customer_erased.allowed_entry IS 'The entry of the audit log that says who allowed it'",
    "CREATE SEQUENCE profile_erasure_revision",
    DEAD_LETTER_DDL,
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON dead_letter TO {ROLE}",
    *guard_ddl(*GUARDED),
    *(
        f"CREATE POLICY intake ON {table} TO {ROLE} USING (true) WITH CHECK (true)"
        for table in GUARDED
    ),
    f"GRANT SELECT, INSERT, UPDATE ON profile_erasure, profile_customer_erased TO {ROLE}",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON profile_erasure_receipt TO {ROLE}",
    f"GRANT USAGE ON SEQUENCE profile_erasure_revision TO {ROLE}",
    *(
        f"CREATE POLICY erasure ON {table} AS RESTRICTIVE FOR DELETE TO {ROLE} USING ({PURPOSE})"
        for table in ERASED
    ),
    f"GRANT DELETE ON {', '.join(ERASED)} TO {ROLE}",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
