"""External ids are composed, as they are sent now: one stored in another spelling would be a second employee."""

from alembic import op

revision = "0005"
down_revision = "0004"

# Of several that are alike one is composed; the others stay as they are, as an id that is there composed already does.
COMPOSE = """
UPDATE employee_exp_employee AS e SET external_id = normalize(external_id, NFC)
WHERE id IN (
    SELECT DISTINCT ON (normalize(external_id, NFC)) id FROM employee_exp_employee
    WHERE external_id IS NOT NFC NORMALIZED ORDER BY normalize(external_id, NFC), id
) AND NOT EXISTS (SELECT FROM employee_exp_employee AS o WHERE o.external_id = normalize(e.external_id, NFC))"""


def upgrade() -> None:
    op.execute(COMPOSE)
