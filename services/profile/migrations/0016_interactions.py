"""Interactions of customers, in a table for each local month, behind row-level security; their own kinds."""

from alembic import op

from services.kit.db.row_security import guard_ddl

revision = "0016"
down_revision = "0015"

ROLE = "cxm_profile_intake"
READER = "cxm_profile_read"
PURPOSE = "(SELECT current_setting('cxm.purpose', true)) IN ('erasure', 'withdrawal')"
# Who sees the root sets `all`: an array of 10,000 departments takes 10 ms to look through.
NAMED = """(SELECT current_setting('cxm.all', true)) = '{on}' OR department = ANY (
    (SELECT CAST(nullif(current_setting('cxm.departments', true), '') AS int[]))::int[])"""
STATEMENTS = (
    """
    CREATE TABLE profile_interaction_kind (
        number smallint PRIMARY KEY,
        key text NOT NULL UNIQUE,
        direction smallint NOT NULL,
        is_contact boolean NOT NULL,
        details text[] NOT NULL,
        name text NOT NULL
    )""",
    "COMMENT ON TABLE profile_interaction_kind IS 'Kinds of interactions that the organisation made'",
    """
    CREATE TABLE profile_interaction (
        alias int NOT NULL,
        at timestamptz NOT NULL,
        mark bigint NOT NULL,
        department int NOT NULL,
        dims int NOT NULL,
        kind smallint NOT NULL,
        details jsonb,
        PRIMARY KEY (alias, at, mark)
    ) PARTITION BY RANGE (at)""",
    "COMMENT ON TABLE profile_interaction IS 'What customers did, by the alias it came with; a table for each month'",
    # As the owner, who alone may make tables. What it makes is found by nobody but through the whole table.
    """
    CREATE FUNCTION profile_make_month(base text, month text, begins timestamptz, ends timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        name text := base || '_' || month;
    BEGIN
        IF month !~ '^[0-9]{4}_[0-9]{2}$' OR base !~ '^profile_[a-z_]+$'
            OR NOT EXISTS (SELECT FROM pg_class WHERE oid = to_regclass(base) AND relkind = 'p') THEN
            RAISE EXCEPTION 'no table of months';
        END IF;
        PERFORM pg_advisory_xact_lock(hashtext(name));
        IF to_regclass(name) IS NOT NULL THEN
            RETURN;
        END IF;
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING INDEXES, CHECK (at >= %L AND at < %L))',
            name, base, begins, ends);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', base, name, begins, ends);
    END $$""",
    "REVOKE ALL ON FUNCTION profile_make_month FROM PUBLIC",
    f"GRANT EXECUTE ON FUNCTION profile_make_month TO {ROLE}",
    *guard_ddl("profile_interaction"),
    f"CREATE POLICY intake ON profile_interaction TO {ROLE} USING (true) WITH CHECK (true)",
    f"CREATE POLICY taken_back ON profile_interaction AS RESTRICTIVE FOR DELETE TO {ROLE} USING ({PURPOSE})",
    f"CREATE POLICY read ON profile_interaction FOR SELECT TO {READER} USING ({NAMED})",
    f"GRANT SELECT, INSERT, DELETE ON profile_interaction TO {ROLE}",
    f"GRANT SELECT ON profile_interaction, profile_dimension_set, profile_fact_department TO {READER}",
    f"GRANT SELECT, INSERT, UPDATE ON profile_interaction_kind TO {ROLE}",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
