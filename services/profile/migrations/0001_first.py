"""Departments and where they hang, touchpoints and who owns them, the organisation."""

from alembic import op

from services.kit.events.outbox import OUTBOX_DDL

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    """
    CREATE TABLE profile_department (
        id uuid PRIMARY KEY,
        key text NOT NULL UNIQUE,
        name text NOT NULL,
        revision bigint NOT NULL
    )""",
    "CREATE INDEX profile_department_revision ON profile_department (revision)",
    """
    CREATE TABLE profile_placement (
        department_id uuid NOT NULL REFERENCES profile_department,
        parent_id uuid REFERENCES profile_department,
        valid daterange NOT NULL,
        PRIMARY KEY (department_id, valid WITHOUT OVERLAPS),
        CONSTRAINT profile_placement_under_another CHECK (parent_id <> department_id),
        CONSTRAINT profile_placement_one_root EXCLUDE USING gist (valid WITH &&) WHERE (parent_id IS NULL)
    )""",
    """
    CREATE TABLE profile_stage (
        key text PRIMARY KEY,
        name text NOT NULL,
        position int NOT NULL UNIQUE
    )""",
    """
    CREATE TABLE profile_touchpoint (
        id uuid PRIMARY KEY,
        key text NOT NULL UNIQUE,
        name text NOT NULL,
        channel text NOT NULL,
        revision bigint NOT NULL
    )""",
    "CREATE INDEX profile_touchpoint_revision ON profile_touchpoint (revision)",
    """
    CREATE TABLE profile_term (
        touchpoint_id uuid NOT NULL REFERENCES profile_touchpoint,
        department_id uuid NOT NULL REFERENCES profile_department,
        stage text REFERENCES profile_stage,
        valid daterange NOT NULL,
        PRIMARY KEY (touchpoint_id, valid WITHOUT OVERLAPS)
    )""",
    """
    CREATE TABLE profile_organization (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        time_zone text NOT NULL,
        root_id uuid NOT NULL REFERENCES profile_department,
        version bigint NOT NULL
    )""",
    OUTBOX_DDL,
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO cxm_profile_intake",
    "REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM cxm_profile_intake",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO cxm_profile_intake",
    """
    GRANT SELECT ON profile_department, profile_placement, profile_stage, profile_touchpoint, profile_term,
        profile_organization TO cxm_profile_read""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
