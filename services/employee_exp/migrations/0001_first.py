"""Employees and their stints, behind row-level security; the copy of the directory."""

from alembic import op

from services.kit.directory.storage import DIRECTORY_DDL
from services.kit.events.consumer import DEAD_LETTER_DDL
from services.kit.events.outbox import OUTBOX_DDL

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ABOUT_PERSONS = ("employee_exp_employee", "employee_exp_stint")

STATEMENTS = (
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    """
    CREATE TABLE employee_exp_employee (
        id uuid PRIMARY KEY,
        external_id text NOT NULL UNIQUE,
        revision bigint NOT NULL
    )""",
    """
    CREATE TABLE employee_exp_stint (
        employee_id uuid NOT NULL REFERENCES employee_exp_employee,
        department_id uuid NOT NULL,
        valid daterange NOT NULL CHECK (NOT lower_inf(valid)),
        PRIMARY KEY (employee_id, valid WITHOUT OVERLAPS)
    )""",
    *(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY" for table in ABOUT_PERSONS),
    *(
        f"CREATE POLICY intake ON {table} TO cxm_employee_exp_intake USING (true) WITH CHECK (true)"
        for table in ABOUT_PERSONS
    ),
    *DIRECTORY_DDL.split(";"),
    OUTBOX_DDL,
    DEAD_LETTER_DDL,
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO cxm_employee_exp_intake",
    "REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM cxm_employee_exp_intake",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO cxm_employee_exp_intake",
    "GRANT SELECT ON directory_copy, directory_state TO cxm_employee_exp_read",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
