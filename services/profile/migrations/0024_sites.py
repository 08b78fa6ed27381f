"""Sites: which web pages may send what visitors do."""

from alembic import op

revision = "0024"
down_revision = "0023"

ROLE = "cxm_profile_intake"
STATEMENTS = (
    """
    CREATE TABLE profile_site (
        key text PRIMARY KEY,
        name text NOT NULL,
        origins text[] NOT NULL,
        departments text[] NOT NULL,
        facts_a_minute int NOT NULL,
        is_paused boolean NOT NULL,
        secrets bytea[] NOT NULL,
        created_at timestamptz NOT NULL,
        rotated_at timestamptz NOT NULL
    )""",
    "COMMENT ON TABLE profile_site IS 'Web pages of the organisation that send what visitors do'",
    "COMMENT ON COLUMN profile_site.key IS 'Stands in its pages, for everybody to read'",
    "COMMENT ON COLUMN profile_site.secrets IS 'With which its server signs, sealed; the newest first, two at most'",
    f"GRANT SELECT, INSERT, UPDATE ON profile_site TO {ROLE}",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
