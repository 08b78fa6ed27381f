"""Who worked where is behind row-level security: readers see the departments that their transaction names."""

from alembic import op

from services.kit.db.row_security import guard_ddl
from services.kit.rights.audit.storage import audit_guard_ddl

revision = "0009"
down_revision = "0008"

TABLES = ("metrics_employment", "metrics_stint")

NAMED = (
    "(SELECT unnest((SELECT CAST(nullif(current_setting('cxm.departments', true), '') AS text[]))))"
)
POLICIES = (
    *(
        f"CREATE POLICY intake ON {table} TO cxm_metrics_intake USING (true) WITH CHECK (true)"
        for table in TABLES
    ),
    f"CREATE POLICY departments ON metrics_stint FOR SELECT TO cxm_metrics_read USING (department_id IN {NAMED})",
)


def upgrade() -> None:
    for statement in (*guard_ddl(*TABLES), *audit_guard_ddl("metrics"), *POLICIES):
        op.execute(statement)
