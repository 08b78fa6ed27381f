"""Answers of employees, sealed, apart from who gave them; and what is released of them."""

from alembic import op

from services.kit.db.row_security import guard_ddl

revision = "0010"
down_revision = "0009"

ABOUT_PERSONS = ("employee_exp_spool", "employee_exp_ballot", "employee_exp_release_verbatim")
INTAKE, RELEASE, READ = (
    "cxm_employee_exp_intake",
    "cxm_employee_exp_release",
    "cxm_employee_exp_read",
)

TABLES = f"""
CREATE TABLE employee_exp_spool (
    id uuid PRIMARY KEY,
    wave_id uuid NOT NULL REFERENCES employee_exp_wave,
    sealed bytea STORAGE EXTERNAL NOT NULL
);
COMMENT ON TABLE employee_exp_spool IS 'answers as they came, sealed under a key that is destroyed at the close';
CREATE INDEX employee_exp_spool_wave ON employee_exp_spool (wave_id);
CREATE TABLE employee_exp_ballot (
    id uuid PRIMARY KEY,
    wave_id uuid NOT NULL REFERENCES employee_exp_wave,
    sealed bytea STORAGE EXTERNAL NOT NULL
);
COMMENT ON TABLE employee_exp_ballot IS 'answers in an order of their own, sealed anew, until 90 days after the close';
CREATE INDEX employee_exp_ballot_wave ON employee_exp_ballot (wave_id);
CREATE TABLE employee_exp_release_cell (
    wave_id uuid NOT NULL REFERENCES employee_exp_wave,
    department_id uuid NOT NULL,
    dimension text NOT NULL,
    category text NOT NULL,
    statistic text NOT NULL,
    n integer,
    value double precision,
    low double precision,
    high double precision,
    method text NOT NULL DEFAULT '',
    sd double precision,
    bands jsonb NOT NULL DEFAULT '[]',
    alpha double precision,
    PRIMARY KEY (wave_id, department_id, dimension, category, statistic)
);
COMMENT ON COLUMN employee_exp_release_cell.dimension IS 'empty: the whole department';
COMMENT ON COLUMN employee_exp_release_cell.statistic IS 'of a text question: n is how many comments there are';
CREATE TABLE employee_exp_release_verbatim (
    id uuid PRIMARY KEY,
    wave_id uuid NOT NULL REFERENCES employee_exp_wave,
    question text NOT NULL,
    place integer NOT NULL,
    text text NOT NULL
);
COMMENT ON COLUMN employee_exp_release_verbatim.id IS 'keyed, so that the order says nothing';
CREATE INDEX employee_exp_release_verbatim_wave ON employee_exp_release_verbatim (wave_id, question, place);
GRANT SELECT, INSERT, DELETE ON employee_exp_spool TO {INTAKE};
GRANT INSERT ON employee_exp_ballot TO {INTAKE};
GRANT SELECT ON employee_exp_release_cell, employee_exp_release_verbatim TO {INTAKE};
GRANT SELECT ON employee_exp_release_cell TO {READ};
GRANT SELECT, INSERT ON employee_exp_release_cell, employee_exp_release_verbatim TO {RELEASE};
GRANT SELECT, DELETE ON employee_exp_ballot TO {RELEASE};
GRANT SELECT (id, wave_id), DELETE ON employee_exp_spool TO {RELEASE};
GRANT SELECT (wave_id, place, categories) ON employee_exp_invitation TO {RELEASE};
GRANT SELECT ON employee_exp_wave, employee_exp_wave_department, employee_exp_wave_category TO {RELEASE};
GRANT UPDATE (state, released_at, report, revision) ON employee_exp_wave TO {RELEASE};
GRANT UPDATE (counted_in_place) ON employee_exp_wave_department TO {RELEASE};
GRANT INSERT ON outbox TO {RELEASE};
GRANT USAGE ON SEQUENCE outbox_id_seq TO {RELEASE}"""

WAVES = "(SELECT unnest((SELECT CAST(nullif(current_setting('cxm.waves', true), '') AS text[]))))"
POLICIES = f"""
CREATE POLICY intake_adds ON employee_exp_spool FOR INSERT TO {INTAKE} WITH CHECK (true);
CREATE POLICY intake_flushes ON employee_exp_spool FOR SELECT TO {INTAKE}
    USING (CAST(wave_id AS text) IN {WAVES});
CREATE POLICY intake_empties ON employee_exp_spool FOR DELETE TO {INTAKE}
    USING (CAST(wave_id AS text) IN {WAVES});
CREATE POLICY release_counts ON employee_exp_spool FOR SELECT TO {RELEASE} USING (true);
CREATE POLICY release_empties ON employee_exp_spool FOR DELETE TO {RELEASE} USING (true);
CREATE POLICY intake_adds ON employee_exp_ballot FOR INSERT TO {INTAKE} WITH CHECK (true);
CREATE POLICY release_reads ON employee_exp_ballot FOR SELECT TO {RELEASE} USING (true);
CREATE POLICY release_destroys ON employee_exp_ballot FOR DELETE TO {RELEASE} USING (true);
CREATE POLICY release_counts ON employee_exp_invitation FOR SELECT TO {RELEASE} USING (true);
CREATE POLICY release_adds ON employee_exp_release_verbatim FOR INSERT TO {RELEASE} WITH CHECK (true);
CREATE POLICY release_checks ON employee_exp_release_verbatim FOR SELECT TO {RELEASE} USING (true);
CREATE POLICY intake_reads ON employee_exp_release_verbatim FOR SELECT TO {INTAKE}
    USING (CAST(wave_id AS text) IN {WAVES})"""


def upgrade() -> None:
    for statement in (*TABLES.split(";\n"), *guard_ddl(*ABOUT_PERSONS), *POLICIES.split(";\n")):
        op.execute(statement)
