"""What an import stored is found without reading other responses."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# Only of rows of files that were not withdrawn. It has all that is counted before an import is taken back, in few keys,
# which keep it small. Built beside responses that come in; a try that was cut short leaves an index that nobody uses,
# and the next begins anew.
NAME = "survey_response_import"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute(f"DROP INDEX IF EXISTS {NAME}")
        op.execute(
            f"CREATE INDEX CONCURRENTLY {NAME} ON survey_response (import_number, corrected_at, department_id)"
            " WHERE import_number IS NOT NULL AND withdrawn_at IS NULL"
        )
