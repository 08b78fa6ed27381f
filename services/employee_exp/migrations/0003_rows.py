"""Row-level security binds everybody: the owner by a policy, the intake to the employees a transaction names."""

from alembic import op

from services.kit.db.row_security import guard_ddl
from services.kit.rights.audit.storage import audit_guard_ddl

revision = "0003"
down_revision = "0002"

TABLES = ("employee_exp_employee", "employee_exp_stint")

# The employees a transaction is about, by external id; without a name an error, which a process of the last version
# takes for an outage. The setting is read by a SELECT of its own, or the planner would read it for its estimates.
NAMED = "(SELECT unnest((SELECT CAST(nullif(current_setting('cxm.employees'), '') AS text[]))))"
PURPOSE = "(SELECT current_setting('cxm.purpose', true)) = 'announcing'"
VISIBLE = "(SELECT id FROM employee_exp_employee)"  # to the one who asks

POLICIES = f"""
DROP POLICY intake ON employee_exp_employee;
DROP POLICY intake ON employee_exp_stint;
CREATE POLICY intake_adds ON employee_exp_employee FOR INSERT TO cxm_employee_exp_intake WITH CHECK (true);
CREATE POLICY intake_adds ON employee_exp_stint FOR INSERT TO cxm_employee_exp_intake WITH CHECK (true);
CREATE POLICY intake_reads ON employee_exp_employee FOR SELECT TO cxm_employee_exp_intake
    USING ({PURPOSE} OR external_id IN {NAMED});
CREATE POLICY intake_changes ON employee_exp_employee FOR UPDATE TO cxm_employee_exp_intake
    USING (external_id IN {NAMED});
CREATE POLICY intake_reads ON employee_exp_stint FOR SELECT TO cxm_employee_exp_intake
    USING (employee_id IN {VISIBLE});
CREATE POLICY intake_erases ON employee_exp_stint FOR DELETE TO cxm_employee_exp_intake
    USING (employee_id IN {VISIBLE});
REVOKE DELETE ON employee_exp_employee FROM cxm_employee_exp_intake;
REVOKE UPDATE ON employee_exp_stint FROM cxm_employee_exp_intake"""


def upgrade() -> None:
    guard = (*guard_ddl(*TABLES), *audit_guard_ddl("employee_exp"))
    for statement in (*guard, *POLICIES.split(";\n")):
        op.execute(statement)
