"""Segments: a row of each person for rules to ask, attributes by keyed hashes, and the rules."""

from alembic import op

from services.kit.db.row_security import guard_ddl

revision = "0023"
down_revision = "0022"

ROLE = "cxm_profile_intake"
SUMMARY = "profile_customer_summary"
STATEMENTS = (
    "ALTER TABLE profile_customer_attribute ADD COLUMN word text",
    "COMMENT ON COLUMN profile_customer_attribute.word IS 'Keyed hash of the value: the same for equal values'",
    f"""
    CREATE TABLE {SUMMARY} (
        person int PRIMARY KEY,
        first_day date NOT NULL,
        kinds smallint[] NOT NULL,
        words jsonb NOT NULL
    )""",
    f"COMMENT ON TABLE {SUMMARY} IS 'One row a person for rules of segments, made from what is stored of it'",
    f"COMMENT ON COLUMN {SUMMARY}.words IS 'Keyed hashes of the latest attributes, by key'",
    """
    CREATE TABLE profile_segment (
        key text PRIMARY KEY,
        name text NOT NULL,
        rule text NOT NULL,
        place smallint,
        changed_at timestamptz NOT NULL
    )""",
    "COMMENT ON TABLE profile_segment IS 'Groups of customers by a rule'",
    "COMMENT ON COLUMN profile_segment.place IS"
    " 'Of the segments with a place a customer has the first that holds; none: it takes no part'",
    *guard_ddl(SUMMARY),
    f"CREATE POLICY intake ON {SUMMARY} TO {ROLE} USING (true) WITH CHECK (true)",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON {SUMMARY}, profile_segment TO {ROLE}",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
