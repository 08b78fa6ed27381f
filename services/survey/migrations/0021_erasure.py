"""Customers who are erased: nothing is stored with them any more, and what was erased is written down."""

from alembic import op

from services.kit.db.row_security import guard_ddl

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

INTAKE = "cxm_survey_intake"
WRITTEN = ("response", "invitation")
"""Tables with customers to which somebody may be writing."""
HEAD = "LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp"
TABLES = (
    """
    CREATE TABLE survey_erased_customer (
        customer_ref bytea PRIMARY KEY CHECK (length(customer_ref) = 16),
        revision bigint NOT NULL,
        is_blocked boolean NOT NULL
    )""",
    "COMMENT ON TABLE survey_erased_customer IS 'Customers who were erased: nothing is stored with them while blocked'",
    """
    CREATE TABLE survey_erasure (
        id uuid PRIMARY KEY,
        responses bigint NOT NULL DEFAULT 0,
        verbatims bigint NOT NULL DEFAULT 0,
        secrets bigint NOT NULL DEFAULT 0,
        invitations bigint NOT NULL DEFAULT 0,
        number bigint UNIQUE,
        reported_at timestamptz,
        previous bytea,
        digest bytea
    )""",
    "COMMENT ON TABLE survey_erasure IS 'What was erased by request, and the receipt: its number and digests'",
    *guard_ddl("survey_erased_customer"),
    f"CREATE POLICY intake ON survey_erased_customer TO {INTAKE} USING (true) WITH CHECK (true)",
    f"GRANT SELECT, INSERT, UPDATE ON survey_erased_customer, survey_erasure TO {INTAKE}",
)
# The intake reads no customers: the owner tells it which responses are of those that it names.
FUNCTIONS = (
    f"""
    CREATE FUNCTION survey_find_of_customers(refs bytea[], most integer) RETURNS SETOF uuid
    STABLE {HEAD} AS $$
        SELECT r.id FROM survey_response r WHERE r.customer_ref = ANY (refs) LIMIT most
    $$""",
    f"""
    CREATE FUNCTION survey_count_of_customers(refs bytea[])
        RETURNS TABLE (responses bigint, verbatims bigint, secrets bigint, invitations bigint)
    STABLE {HEAD} AS $$
        WITH theirs AS MATERIALIZED (SELECT r.id FROM survey_response r WHERE r.customer_ref = ANY (refs))
        SELECT (SELECT count(*) FROM theirs),
            (SELECT count(*) FROM survey_verbatim v JOIN theirs ON theirs.id = v.response_id),
            (SELECT count(*) FROM survey_secret s JOIN theirs ON theirs.id = s.response_id),
            (SELECT count(*) FROM survey_invitation i WHERE i.customer_ref = ANY (refs))
    $$""",
    f"""
    CREATE FUNCTION survey_forget_invited(refs bytea[]) RETURNS bigint
    {HEAD} AS $$
        WITH theirs AS (
            UPDATE survey_invitation SET customer_ref = NULL WHERE customer_ref = ANY (refs) RETURNING 1
        )
        SELECT count(*) FROM theirs
    $$""",
    # Whoever writes now has perhaps not seen a block that was committed meanwhile; who comes later sees it. A lock that
    # is waited for holds up all who write after it: so not for long, and of one table at a time.
    *(
        f"""
    CREATE FUNCTION survey_await_writers_of_{name}() RETURNS void
    {HEAD} SET lock_timeout = '100ms' AS $$
        LOCK TABLE survey_{name} IN SHARE ROW EXCLUSIVE MODE
    $$"""
        for name in WRITTEN
    ),
)
NAMES = ", ".join(
    (
        "survey_find_of_customers",
        "survey_count_of_customers",
        "survey_forget_invited",
        *(f"survey_await_writers_of_{name}" for name in WRITTEN),
    )
)
CALLERS = (
    f"REVOKE ALL ON FUNCTION {NAMES} FROM PUBLIC",
    f"GRANT EXECUTE ON FUNCTION {NAMES} TO {INTAKE}",
)


def upgrade() -> None:
    for statement in (*TABLES, *FUNCTIONS, *CALLERS):
        op.execute(statement)
