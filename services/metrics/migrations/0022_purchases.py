"""The purchase log: purchases packed by department and month, and which aliases are one person."""

from alembic import op

from services.kit.db.row_security import guard_ddl

revision = "0022"
down_revision = "0021"

TABLES = """
CREATE TABLE metrics_purchase_inbox (
    department_id int, envelope bigint, at timestamptz NOT NULL, PRIMARY KEY (department_id, envelope)
);
CREATE INDEX metrics_purchase_inbox_at ON metrics_purchase_inbox (at);
CREATE TABLE metrics_purchase_state (generation bigint NOT NULL);
INSERT INTO metrics_purchase_state (generation) VALUES (0);
CREATE TABLE metrics_purchase_standing (department_id int PRIMARY KEY, revision bigint NOT NULL) WITH (fillfactor = 50);
CREATE TABLE metrics_purchase_journal (
    department_id int, revision bigint, purchases bytea NOT NULL, PRIMARY KEY (department_id, revision)
);
CREATE TABLE metrics_purchase_block (
    department_id int, month int, count int NOT NULL, purchases bytea NOT NULL, PRIMARY KEY (department_id, month)
);
ALTER TABLE metrics_purchase_block ALTER purchases SET STORAGE EXTERNAL;
CREATE TABLE metrics_person (
    alias int PRIMARY KEY, person int NOT NULL, said bigint NOT NULL, revision bigint NOT NULL
);
CREATE INDEX metrics_person_revision ON metrics_person (revision);
CREATE TABLE metrics_person_state (revision bigint NOT NULL);
INSERT INTO metrics_person_state (revision) VALUES (0)"""
CHANGED = ("inbox", "standing", "journal", "block")
COMMENTS = {
    "metrics_purchase_inbox": "Envelopes of purchases that were counted, for 60 days",
    "metrics_purchase_state": "The generation of announcements that is counted; a later one voids it",
    "metrics_purchase_standing": "How far the log of purchases is, by department",
    "metrics_purchase_journal": "Purchases of the last minutes, packed",
    "metrics_purchase_block": "Purchases of a month, packed: alias number, day, dimensions, cents and kind of each",
    "metrics_person": "Whose an alias is, of those that were ever joined with another; said: the revision of profile",
    "metrics_person_state": "How far metrics_person is",
}


def upgrade() -> None:
    for statement in TABLES.split(";"):
        op.execute(statement)
    for statement in (*guard_ddl("metrics_person"), *_rights()):
        op.execute(statement)


def _rights() -> list[str]:
    role = "cxm_metrics_intake"
    tables = ", ".join(f"metrics_purchase_{name}" for name in CHANGED)
    return [
        f"CREATE POLICY intake ON metrics_person TO {role} USING (true) WITH CHECK (true)",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {tables}, metrics_person TO {role}",
        f"GRANT SELECT, UPDATE ON metrics_person_state, metrics_purchase_state TO {role}",
        *(f"COMMENT ON TABLE {table} IS '{text}'" for table, text in COMMENTS.items()),
    ]
