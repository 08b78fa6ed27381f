"""The audit log: append-only."""

from alembic import op

from services.kit.rights.audit.storage import audit_ddl

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in audit_ddl("metrics"):
        op.execute(statement)
