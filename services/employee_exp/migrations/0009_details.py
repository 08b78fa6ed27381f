"""What an employee is known by beside the id, sealed."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.execute("ALTER TABLE employee_exp_employee ADD details bytea")
    op.execute(
        "COMMENT ON COLUMN employee_exp_employee.details IS"
        " 'sealed: e-mail address, language, subject, attributes'"
    )
