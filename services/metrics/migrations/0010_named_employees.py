"""What copies employments sees only the employee its transaction names."""

from alembic import op

revision = "0010"
down_revision = "0009"

TABLES = ("metrics_employment", "metrics_stint")

SETTING = "(SELECT current_setting('cxm.employees', true))"
NAMED = (
    f"employee_id IN (SELECT unnest((SELECT CAST(nullif({SETTING}, '') AS text[]))))"
    # A connection that never named anybody: of processes of the last version, whose facts must not become dead letters.
    f" OR {SETTING} IS NULL"
)


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"DROP POLICY intake ON {table}")
        for name, command, clause in (
            ("intake_adds", "INSERT", "WITH CHECK"),
            ("intake_reads", "SELECT", "USING"),
            ("intake_changes", "UPDATE", "USING"),
            ("intake_erases", "DELETE", "USING"),
        ):
            op.execute(
                f"CREATE POLICY {name} ON {table} FOR {command} TO cxm_metrics_intake {clause} ({NAMED})"
            )
