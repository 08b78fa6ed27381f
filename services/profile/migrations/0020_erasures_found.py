"""What an erasure looks for is found without reading whole tables: ended links, history of others, the audit log."""

from alembic import op

revision = "0020"
down_revision = "0019"

# Built beside what is written meanwhile; a try that was cut short leaves an index that nobody uses, and the next begins
# anew.
INDEXES = {
    "profile_customer_link_ended_a": "profile_customer_link (a) WHERE ended_at IS NOT NULL",
    "profile_customer_link_ended_b": "profile_customer_link (b) WHERE ended_at IS NOT NULL",
    "profile_customer_not_same_ended_a": "profile_customer_not_same (a) WHERE ended_at IS NOT NULL",
    "profile_customer_not_same_ended_b": "profile_customer_not_same (b) WHERE ended_at IS NOT NULL",
    "profile_customer_person_change_named": (
        "profile_customer_person_change USING gin ((ARRAY[was, is_now, link_a, link_b]))"
    ),
    "audit_entry_keys": "audit_entry USING gin (keys)",
}


def upgrade() -> None:
    with op.get_context().autocommit_block():
        for name, columns in INDEXES.items():
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            op.execute(f"CREATE INDEX CONCURRENTLY {name} ON {columns}")
