"""Row-level security binds everybody: the owner by a policy, the intake to what a transaction names."""

from alembic import op

from services.kit.db.row_security import guard_ddl
from services.kit.rights.audit.storage import audit_guard_ddl

revision = "0009"
down_revision = "0008"

TABLES = ("survey_response", "survey_verbatim", "survey_secret", "survey_invitation")

# The responses a transaction is about, by id. A connection that never named any is told so by an error, which a process
# of the last version takes for an outage: it refuses nobody for good. The setting is read by a SELECT of its own, or
# the planner would read it for its estimates, needed or not.
NAMED = "(SELECT unnest((SELECT CAST(nullif(current_setting('cxm.responses'), '') AS uuid[]))))"
PURPOSE = "(SELECT current_setting('cxm.purpose', true)) = 'reconciliation'"
REPLACED = tuple(
    statement
    for table in TABLES
    for statement in (
        f"DROP POLICY intake ON {table}",
        f"CREATE POLICY intake_adds ON {table} FOR INSERT TO cxm_survey_intake WITH CHECK (true)",
    )
)

# What a statement just stored it sees (now() is the start of the transaction), which costs no look-up.
POLICIES = f"""
CREATE POLICY intake_reads ON survey_response FOR SELECT TO cxm_survey_intake
    USING (received_at = now() OR {PURPOSE} OR id IN {NAMED});
CREATE POLICY intake_changes ON survey_response FOR UPDATE TO cxm_survey_intake USING (id IN {NAMED});
CREATE POLICY intake_reads ON survey_verbatim FOR SELECT TO cxm_survey_intake USING (response_id IN {NAMED});
CREATE POLICY intake_erases ON survey_verbatim FOR DELETE TO cxm_survey_intake USING (response_id IN {NAMED});
CREATE POLICY intake_reads ON survey_secret FOR SELECT TO cxm_survey_intake USING (response_id IN {NAMED});
CREATE POLICY intake_erases ON survey_secret FOR DELETE TO cxm_survey_intake USING (response_id IN {NAMED});
CREATE POLICY intake_reads ON survey_invitation FOR SELECT TO cxm_survey_intake USING (spent_by IN {NAMED});
CREATE POLICY intake_changes ON survey_invitation FOR UPDATE TO cxm_survey_intake USING (spent_by IN {NAMED});
REVOKE SELECT, UPDATE, DELETE ON survey_response FROM cxm_survey_intake;
GRANT SELECT (id, version_id, body_hash, department_id, local_day, touchpoint_id, stage, channel, segment, language,
    occurred_at, received_at, answers, withdrawn_at), UPDATE (answers, customer_ref, withdrawn_at)
    ON survey_response TO cxm_survey_intake;
REVOKE UPDATE ON survey_verbatim FROM cxm_survey_intake;
REVOKE UPDATE, DELETE ON survey_invitation FROM cxm_survey_intake;
GRANT UPDATE (customer_ref) ON survey_invitation TO cxm_survey_intake"""

# What the intake asks of every response, in one round trip: as the owner, by id or by the hash of a token, so nothing
# that the caller does not name already.
HEAD = "LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp"
FUNCTIONS = (
    f"""
    CREATE FUNCTION survey_stored_bodies(ids uuid[]) RETURNS TABLE (id uuid, body_hash bytea, secret_hash bytea)
    STABLE {HEAD} AS $$
        SELECT r.id, r.body_hash, s.hash FROM survey_response r LEFT JOIN survey_secret s ON s.response_id = r.id
        WHERE r.id = ANY (ids)
    $$""",
    f"""
    CREATE FUNCTION survey_find_invitations(hashes bytea[]) RETURNS TABLE (token_hash bytea, survey_id uuid,
        expires_at timestamptz, customer_ref bytea, department text, touchpoint text, channel text, segment text,
        language text, spent_by uuid)
    STABLE {HEAD} AS $$
        SELECT i.token_hash, i.survey_id, i.expires_at, i.customer_ref, i.department, i.touchpoint, i.channel,
            i.segment, i.language, i.spent_by
        FROM survey_invitation i WHERE i.token_hash = ANY (hashes)
    $$""",
    # An invitation that somebody else spends at this moment is waited for, and then found spent.
    f"""
    CREATE FUNCTION survey_spend_invitations(hashes bytea[], ids uuid[]) RETURNS SETOF uuid
    {HEAD} AS $$
        UPDATE survey_invitation AS o SET spent_by = i.id, spent_at = now()
        FROM unnest(hashes, ids) AS i (token_hash, id)
        WHERE o.token_hash = i.token_hash AND o.spent_by IS NULL
            AND NOT EXISTS (SELECT FROM survey_response r WHERE r.id = i.id)
        RETURNING i.id
    $$""",
)
NAMES = "survey_stored_bodies, survey_find_invitations, survey_spend_invitations"
CALLERS = (
    f"REVOKE ALL ON FUNCTION {NAMES} FROM PUBLIC",
    f"GRANT EXECUTE ON FUNCTION {NAMES} TO cxm_survey_intake",
)


def upgrade() -> None:
    guard = (*guard_ddl(*TABLES), *audit_guard_ddl("survey"))
    for statement in (*guard, *REPLACED, *POLICIES.split(";\n"), *FUNCTIONS, *CALLERS):
        op.execute(statement)
