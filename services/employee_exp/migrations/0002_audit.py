"""The audit log: append-only."""

from alembic import op

from services.kit.rights.audit.storage import audit_ddl

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in audit_ddl("employee_exp"):
        op.execute(statement)
