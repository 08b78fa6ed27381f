"""Row-level security of grants, users and of the audit log binds the owner too, by a policy."""

from alembic import op

from services.kit.db.row_security import guard_ddl
from services.kit.rights.audit.storage import audit_guard_ddl

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for statement in (*guard_ddl("profile_grant", "profile_user"), *audit_guard_ddl("profile")):
        op.execute(statement)
