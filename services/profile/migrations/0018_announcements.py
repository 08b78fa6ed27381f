"""What is to be announced of purchases and of persons; written by triggers, whoever changes a purchase."""

from alembic import op

from services.kit.db.row_security import guard_ddl

revision = "0018"
down_revision = "0017"

ROLE = "cxm_profile_intake"
GUARDED = ("profile_purchase_change", "profile_purchase_whole", "profile_alias_gone")
IMAGE = "alias, at, mark, return_of, department, dimensions, local_day, cents"
STATEMENTS = (
    """
    CREATE TABLE profile_purchase_change (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL,
        mark bigint NOT NULL,
        return_of bigint,
        cents bigint NOT NULL,
        alias int NOT NULL,
        department int NOT NULL,
        dimensions int NOT NULL,
        local_day int NOT NULL,
        sign smallint NOT NULL,
        is_return boolean NOT NULL
    )""",
    """
    CREATE TABLE profile_purchase_whole (
        alias int NOT NULL, at timestamptz NOT NULL, mark bigint NOT NULL, PRIMARY KEY (mark, alias, at)
    )""",
    "CREATE TABLE profile_purchase_announced (generation bigint NOT NULL)",
    "INSERT INTO profile_purchase_announced VALUES (1)",
    "CREATE TABLE profile_person_announced (seq bigint NOT NULL)",
    "INSERT INTO profile_person_announced VALUES (0)",
    "CREATE SEQUENCE profile_purchase_envelope",
    "CREATE TABLE profile_alias_gone (alias int PRIMARY KEY)",
    """
    CREATE FUNCTION profile_alias_went() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
    BEGIN
        INSERT INTO profile_alias_gone SELECT id FROM former ORDER BY id ON CONFLICT DO NOTHING;
        RETURN NULL;
    END $$""",
    "CREATE TRIGGER announce_gone AFTER DELETE ON profile_customer_alias REFERENCING OLD TABLE AS former"
    " FOR EACH STATEMENT EXECUTE FUNCTION profile_alias_went()",
    f"""
    CREATE FUNCTION profile_purchase_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            INSERT INTO profile_purchase_change ({IMAGE}, is_return, sign)
            SELECT {IMAGE}, former.sign = -1, -1 FROM former ORDER BY alias, at, mark;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            INSERT INTO profile_purchase_change ({IMAGE}, is_return, sign)
            SELECT {IMAGE}, latter.sign = -1, 1 FROM latter ORDER BY alias, at, mark;
        END IF;
        RETURN NULL;
    END $$""",
    *(
        f"CREATE TRIGGER announce_{event.lower()} AFTER {event} ON profile_purchase REFERENCING {tables}"
        " FOR EACH STATEMENT EXECUTE FUNCTION profile_purchase_changed()"
        for event, tables in (
            ("INSERT", "NEW TABLE AS latter"),
            ("UPDATE", "OLD TABLE AS former NEW TABLE AS latter"),
            ("DELETE", "OLD TABLE AS former"),
        )
    ),
    f"""
    INSERT INTO profile_purchase_change ({IMAGE}, is_return, sign)
    SELECT {IMAGE}, sign = -1, 1 FROM profile_purchase""",
    "COMMENT ON TABLE profile_purchase_change IS 'Purchases that came (+1) or went (-1) and are not announced yet'",
    "COMMENT ON TABLE profile_purchase_whole IS 'Purchases that were announced as returned whole'",
    "COMMENT ON TABLE profile_purchase_announced IS 'The generation of what is announced; a higher one voids others'",
    "COMMENT ON TABLE profile_alias_gone IS 'Aliases that were erased, of which nothing is to be kept anywhere'",
    "COMMENT ON TABLE profile_person_announced IS 'Up to which change of persons was announced'",
    *guard_ddl(*GUARDED),
    *(
        f"CREATE POLICY intake ON {table} TO {ROLE} USING (true) WITH CHECK (true)"
        for table in GUARDED
    ),
    f"GRANT SELECT, INSERT, DELETE ON {', '.join(GUARDED)} TO {ROLE}",
    f"GRANT SELECT, UPDATE ON profile_purchase_announced, profile_person_announced TO {ROLE}",
    f"GRANT USAGE ON SEQUENCE profile_purchase_envelope TO {ROLE}",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
