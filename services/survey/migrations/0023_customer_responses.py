"""Who reads responses is told which are of a customer; what it sees of them is bounded by departments as before."""

from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.execute("GRANT EXECUTE ON FUNCTION survey_find_of_customers TO cxm_survey_read")
