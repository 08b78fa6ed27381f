"""Nothing is stored with a customer who was erased, whichever version of survey stores it: tables see to it."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLES = ("response", "invitation")
STATEMENTS = (
    # Each call reads what is committed by then, also of a block that is newer than its statement.
    """
    CREATE FUNCTION survey_leave_out_erased() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (
            SELECT FROM public.survey_erased_customer e WHERE e.customer_ref = NEW.customer_ref AND e.is_blocked
        ) THEN
            NEW.customer_ref := NULL;
        END IF;
        RETURN NEW;
    END $$""",
    *(
        f"""
    CREATE TRIGGER leave_out_erased BEFORE INSERT OR UPDATE OF customer_ref ON survey_{table}
    FOR EACH ROW WHEN (NEW.customer_ref IS NOT NULL) EXECUTE FUNCTION survey_leave_out_erased()"""
        for table in TABLES
    ),
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
