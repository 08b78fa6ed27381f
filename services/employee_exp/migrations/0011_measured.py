"""Who releases waves also adds those that were measured elsewhere, and writes down who brought them."""

from alembic import op

revision = "0011"
down_revision = "0010"

RELEASE = "cxm_employee_exp_release"
STATEMENTS = (
    f"GRANT INSERT ON employee_exp_wave, employee_exp_wave_department TO {RELEASE}",
    f"GRANT INSERT ON audit_entry TO {RELEASE}",
    f"CREATE POLICY release_adds ON audit_entry FOR INSERT TO {RELEASE} WITH CHECK (true)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
