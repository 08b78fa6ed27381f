"""Months of facts are sorted once they are over, lose what is kept for a shorter time, and are dropped when old."""

from alembic import op

revision = "0017"
down_revision = "0016"

ROLE = "cxm_profile_intake"
# A swap waits for those who read: not for long, and is tried again at the next look.
HEAD = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s'"
CHECK = """
        IF month !~ '^[0-9]{4}_[0-9]{2}$' OR base !~ '^profile_[a-z_]+$'
            OR NOT EXISTS (SELECT FROM pg_class WHERE oid = to_regclass(base) AND relkind = 'p') THEN
            RAISE EXCEPTION 'no table of months';
        END IF;"""
STATEMENTS = (
    """
    CREATE TABLE profile_fact_month (
        base text NOT NULL,
        month text NOT NULL,
        is_sorted boolean NOT NULL,
        is_bare boolean NOT NULL,
        PRIMARY KEY (base, month)
    )""",
    "COMMENT ON TABLE profile_fact_month IS 'What was done with months of facts that are over'",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON profile_fact_month TO {ROLE}",
    # Writers of the whole table wait for the copy, so no row is left behind; readers wait for the swap alone.
    f"""
    CREATE FUNCTION profile_sort_month(base text, month text, begins timestamptz, ends timestamptz) RETURNS void
    {HEAD} AS $$
    DECLARE
        name text := base || '_' || month;
        copy text := base || '_' || month || '_sorted';
        key text := base || '_' || month || '_pkey';
    BEGIN{CHECK}
        EXECUTE format('LOCK TABLE ONLY %I IN SHARE ROW EXCLUSIVE MODE', base);
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING CONSTRAINTS)', copy, name);
        EXECUTE format('INSERT INTO %I SELECT * FROM %I ORDER BY alias, at, mark', copy, name);
        EXECUTE format('ALTER TABLE %I ADD PRIMARY KEY (alias, at, mark)', copy);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', copy);
        EXECUTE format('ALTER TABLE %I DETACH PARTITION %I', base, name);
        EXECUTE format('DROP TABLE %I', name);
        EXECUTE format('ALTER TABLE %I RENAME TO %I', copy, name);
        EXECUTE format('ALTER INDEX %I RENAME TO %I', copy || '_pkey', key);
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', base, name, begins, ends);
    END $$""",
    f"""
    CREATE FUNCTION profile_drop_month(base text, month text) RETURNS void
    {HEAD} AS $$
    DECLARE
        name text := base || '_' || month;
    BEGIN{CHECK}
        EXECUTE format('LOCK TABLE ONLY %I IN ACCESS EXCLUSIVE MODE', base);
        EXECUTE format('ALTER TABLE %I DETACH PARTITION %I', base, name);
        EXECUTE format('DROP TABLE %I', name);
    END $$""",
    f"""
    CREATE FUNCTION profile_bare_interactions(month text) RETURNS void
    {HEAD} AS $$
    DECLARE
        base text := 'profile_interaction';
    BEGIN{CHECK}
        EXECUTE format('UPDATE %I SET details = NULL WHERE details IS NOT NULL', base || '_' || month);
    END $$""",
    *(
        statement
        for name in ("profile_sort_month", "profile_drop_month", "profile_bare_interactions")
        for statement in (
            f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION {name} TO {ROLE}",
        )
    ),
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
