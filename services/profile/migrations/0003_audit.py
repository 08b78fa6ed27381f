"""The audit log: append-only."""

from alembic import op

from services.kit.rights.audit.storage import audit_ddl

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in audit_ddl("profile"):
        op.execute(statement)
