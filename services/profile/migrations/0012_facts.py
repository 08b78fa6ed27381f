"""What all facts of customers share: numbers of departments and dimensions, and who touched whom."""

from alembic import op

from services.kit.db.row_security import guard_ddl

revision = "0012"
down_revision = "0011"

ROLE = "cxm_profile_intake"
PURPOSE = "(SELECT current_setting('cxm.purpose', true)) = 'erasure'"
STATEMENTS = (
    """
    CREATE TABLE profile_fact_department (
        number int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        department uuid NOT NULL UNIQUE
    )""",
    "COMMENT ON TABLE profile_fact_department IS 'Numbers of departments in facts of customers'",
    """
    CREATE TABLE profile_dimension_set (
        number int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        touchpoint uuid,
        stage text,
        channel text,
        UNIQUE NULLS NOT DISTINCT (touchpoint, stage, channel)
    )""",
    "COMMENT ON TABLE profile_dimension_set IS 'Numbers of touchpoint, stage and channel in facts of customers'",
    """
    CREATE TABLE profile_customer_department (
        alias int NOT NULL,
        department int NOT NULL,
        last_at timestamptz NOT NULL,
        PRIMARY KEY (alias, department)
    )""",
    "CREATE INDEX profile_customer_department_of ON profile_customer_department (department, alias)",
    "COMMENT ON TABLE profile_customer_department IS 'Which departments had to do with a customer, and when last'",
    *guard_ddl("profile_customer_department"),
    f"CREATE POLICY intake ON profile_customer_department TO {ROLE} USING (true) WITH CHECK (true)",
    f"CREATE POLICY erasure ON profile_customer_department AS RESTRICTIVE FOR DELETE TO {ROLE} USING ({PURPOSE})",
    f"GRANT SELECT, INSERT ON profile_fact_department, profile_dimension_set TO {ROLE}",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON profile_customer_department TO {ROLE}",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
