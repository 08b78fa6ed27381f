"""Waves with their snapshot, and the invitations to them, behind row-level security."""

from alembic import op

from services.kit.db.row_security import guard_ddl

revision = "0008"
down_revision = "0007"

ABOUT_PERSONS = ("employee_exp_invitation", "employee_exp_mailing")


def _named(setting: str) -> str:
    """The values of a setting that the transaction made; none where it made none."""
    return f"SELECT unnest((SELECT CAST(nullif(current_setting('cxm.{setting}', true), '') AS text[])))"


def _purpose(*purposes: str) -> str:
    stated = "(SELECT current_setting('cxm.purpose', true))"
    return f"coalesce({stated} IN ({', '.join(map(repr, purposes))}), false)"


# A link shows its own invitation, an employee's id those of this employee; a purpose shows all.
LINKS = f"token_hash IN (SELECT decode(hash, 'hex') FROM ({_named('links')}) AS given (hash))"
INVITED = f"IN (SELECT CAST(id AS uuid) FROM ({_named('invited')}) AS given (id))"
# Where a purpose shows all employees, stints do not ask each for its employee: without statistics that takes the
# square of their number, 50,000 people more than half a minute.
# As in 0003: without a name an error.
EMPLOYEES = "(SELECT unnest((SELECT CAST(nullif(current_setting('cxm.employees'), '') AS text[]))))"

TABLES = """
CREATE TABLE employee_exp_wave (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    state text NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'released')),
    draft bytea NOT NULL,
    opens_at timestamptz,
    closes_at timestamptz,
    opened_at timestamptz,
    closed_at timestamptz,
    released_at timestamptz,
    closed_early_because text NOT NULL DEFAULT '',
    invited integer NOT NULL DEFAULT 0,
    reminded integer NOT NULL DEFAULT 0,
    links_sent integer NOT NULL DEFAULT 0,
    links_spent integer,
    links_spent_day integer,
    report bytea,
    imported boolean NOT NULL DEFAULT false,
    revision bigint NOT NULL
);
COMMENT ON COLUMN employee_exp_wave.draft IS 'a WaveDraft message; frozen at opening';
COMMENT ON COLUMN employee_exp_wave.reminded IS 'how many of the reminders were made due';
COMMENT ON COLUMN employee_exp_wave.links_spent IS 'as of the start of the day links_spent_day';
COMMENT ON COLUMN employee_exp_wave.report IS 'a ReleaseReport message';
CREATE TABLE employee_exp_wave_department (
    wave_id uuid NOT NULL REFERENCES employee_exp_wave,
    place integer NOT NULL,
    department_id uuid NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    parent_place integer,
    counted_in_place integer,
    PRIMARY KEY (wave_id, place),
    UNIQUE (wave_id, department_id)
);
COMMENT ON COLUMN employee_exp_wave_department.place IS 'from 0, in the order of department_id';
COMMENT ON COLUMN employee_exp_wave_department.counted_in_place IS 'itself or the nearest released one above';
CREATE TABLE employee_exp_wave_category (
    wave_id uuid NOT NULL REFERENCES employee_exp_wave,
    dimension text NOT NULL,
    number integer NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (wave_id, dimension, number)
);
COMMENT ON COLUMN employee_exp_wave_category.name IS 'empty: not given';
CREATE TABLE employee_exp_invitation (
    id uuid PRIMARY KEY,
    wave_id uuid NOT NULL REFERENCES employee_exp_wave,
    employee_id uuid,
    token_hash bytea NOT NULL UNIQUE,
    address_hash bytea,
    spent boolean NOT NULL DEFAULT false,
    place integer NOT NULL,
    categories integer[] NOT NULL,
    kept bytea
);
COMMENT ON COLUMN employee_exp_invitation.employee_id IS 'absent of who was erased, and from the close of the wave on';
COMMENT ON COLUMN employee_exp_invitation.address_hash IS 'keyed; of the address that mails go to';
COMMENT ON COLUMN employee_exp_invitation.spent IS 'false of all from the close of the wave on';
COMMENT ON COLUMN employee_exp_invitation.categories IS 'a number for each dimension of the wave, in its order';
CREATE INDEX employee_exp_invitation_wave ON employee_exp_invitation (wave_id);
CREATE INDEX employee_exp_invitation_employee ON employee_exp_invitation (employee_id) WHERE employee_id IS NOT NULL;
CREATE TABLE employee_exp_mailing (
    invitation_id uuid NOT NULL REFERENCES employee_exp_invitation,
    round integer NOT NULL,
    wave_id uuid NOT NULL REFERENCES employee_exp_wave,
    attempts integer NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL,
    PRIMARY KEY (invitation_id, round)
);
COMMENT ON TABLE employee_exp_mailing IS 'mails not sent yet; a row goes before its mail is handed over';
CREATE INDEX employee_exp_mailing_due ON employee_exp_mailing (due_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON employee_exp_wave TO cxm_employee_exp_intake;
GRANT SELECT, INSERT ON employee_exp_wave_department, employee_exp_wave_category TO cxm_employee_exp_intake;
GRANT SELECT ON employee_exp_wave, employee_exp_wave_department, employee_exp_wave_category TO cxm_employee_exp_read;
GRANT SELECT, INSERT ON employee_exp_invitation TO cxm_employee_exp_intake;
GRANT UPDATE (spent, kept, employee_id, token_hash, address_hash) ON employee_exp_invitation TO cxm_employee_exp_intake;
GRANT SELECT, INSERT, UPDATE, DELETE ON employee_exp_mailing TO cxm_employee_exp_intake"""

POLICIES = f"""
CREATE POLICY intake_adds ON employee_exp_invitation FOR INSERT TO cxm_employee_exp_intake WITH CHECK (true);
CREATE POLICY intake_reads ON employee_exp_invitation FOR SELECT TO cxm_employee_exp_intake
    USING ({_purpose("opening", "mailing", "closing", "counting", "erasing")} OR {LINKS} OR employee_id {INVITED});
CREATE POLICY intake_changes ON employee_exp_invitation FOR UPDATE TO cxm_employee_exp_intake
    USING ({_purpose("closing")} OR {LINKS} OR employee_id {INVITED}) WITH CHECK (true);
CREATE POLICY intake_mails ON employee_exp_mailing FOR ALL TO cxm_employee_exp_intake
    USING ({_purpose("mailing", "closing", "erasing")}) WITH CHECK (true);
ALTER POLICY intake_reads ON employee_exp_employee
    USING ({_purpose("announcing", "opening")} OR id {INVITED} OR external_id IN {EMPLOYEES});
ALTER POLICY intake_reads ON employee_exp_stint
    USING ({_purpose("announcing", "opening")} OR employee_id IN (SELECT id FROM employee_exp_employee))"""


def upgrade() -> None:
    guard = guard_ddl(*ABOUT_PERSONS)
    for statement in (*TABLES.split(";\n"), *guard, *POLICIES.split(";\n")):
        op.execute(statement)
