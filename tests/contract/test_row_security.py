"""Tables about persons are behind row-level security that nobody is exempt from; a table nobody spoke of fails."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from infra.local.postgres import Postgres
from services.kit.db.row_security import guard_ddl
from tests.conftest import OpenDatabase

SERVICES = ("profile", "survey", "metrics", "employee_exp")
# Columns that say who somebody is, or what somebody said.
PERSONAL = {
    "customer_ref": "the hash that stands for a customer",
    "response_id": "of a response, which one person gave",
    "token_hash": "by which one person is invited",
    "body_hash": "of what one person answered",
    "text": "a verbatim; of a question it is ours, see below",
    "sealed": "what one person answered, or is known by",
    "external_id": "an employee's id in the organisation's own systems",
    "employee_id": "our own id of an employee",
    "subject": "who signs in; of an event it is its address, see below",
    "invitation_id": "of a mail that goes to one person",
    "session_id": "of a browser's session, which one person has",
    "email": "an address of a person",
    "phone": "an address of a person",
    "alias": "by what a customer is known",
    "subscription": "of one customer",
    "words": "keyed hashes of what is known of a customer",
    "a": "one of two by which customers are known",
}
# Tables that hold nothing about a person, and what they hold.
ABOUT_NOBODY = {
    "alembic_version": "the schema's version",
    "dead_letter": "events that were given up: ids and facts, no words, no customer",
    "directory_copy": "departments and touchpoints",
    "directory_state": "how far the copy is",
    "outbox": "events before they are published; `subject` is where to",
    "employee_exp_release_cell": "figures of groups, published",
    "employee_exp_wave": "what employees are asked, and when",
    "employee_exp_wave_category": "names of categories of a wave",
    "employee_exp_wave_department": "departments as a wave found them",
    "profile_consent_wording": "words that customers were shown, the organisation's own",
    "profile_department": "departments",
    "profile_dimension_set": "numbers of touchpoint, stage and channel",
    "profile_fact_department": "numbers of departments",
    "profile_identifier_kind": "kinds of identifiers of customers",
    "profile_erasure_receipt": "numbers of rows by table, by request",
    "profile_fact_month": "what was done with months of facts",
    "profile_interaction_kind": "kinds of interactions of customers",
    "profile_organization": "the organisation",
    "profile_alias_gone": "numbers of aliases that are no more",
    "profile_person_announced": "a number",
    "profile_purchase_announced": "a number",
    "profile_placement": "where departments hang",
    "profile_segment": "rules, and their names",
    "profile_site": "web pages of the organisation",
    "profile_stage": "journey stages",
    "profile_term": "who owns touchpoints",
    "profile_touchpoint": "touchpoints",
    "survey_erasure": "numbers of rows that were erased, by request",
    "survey_daily": "how many responses a survey took on a day",
    "survey_keyed_import": "since when ids are keyed",
    "survey_meant_import": "since when rows without ids are known by what they mean",
    "survey_label": "channels, segments, languages in use",
    "survey_question": "what is asked; `text` is the question",
    "survey_survey": "surveys",
    "survey_version": "versions of surveys",
    "metrics_alert": "scores that fell; who acknowledged it is a colleague, by the subject",
    "metrics_block": "answers, packed: a byte each, no id of a response and no customer",
    "metrics_definition": "definitions of metrics",
    "metrics_dimension_set": "dimensions of answers",
    "metrics_employment_whole": "which messages of employment belong together, by number",
    "metrics_inbox": "numbers of envelopes",
    "metrics_journal": "answers, packed",
    "metrics_layout": "where answers stand",
    "metrics_name": "names of dimensions",
    "metrics_rebuild": "how far a rebuild is",
    "metrics_released_cell": "numbers that were released of employee surveys",
    "metrics_released_department": "whether results of a department were released",
    "metrics_released_wave": "waves of employee surveys",
    "metrics_person_state": "a number",
    "metrics_purchase_block": "purchases, packed: of whom there is a number that profile alone knows",
    "metrics_purchase_inbox": "numbers of envelopes",
    "metrics_purchase_journal": "purchases, packed",
    "metrics_purchase_state": "a number",
    "metrics_purchase_standing": "numbers of revisions",
    "metrics_reconciliation": "sums that differ",
    "metrics_source": "numbers of envelopes",
    "metrics_driver": "what goes together with a score",
    "metrics_driver_analysis": "what was analysed; who asked for it is a colleague, by the subject",
    "metrics_standing": "counts of answers",
    "metrics_survey": "what is asked",
    "metrics_target": "what departments are to reach; who set it and sees to it are colleagues, by their subject",
}
TABLES = """
SELECT c.relname AS name, c.relforcerowsecurity AND c.relrowsecurity AS forced, pg_get_userbyid(c.relowner) AS owner,
    ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) AS columns
FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace"""
POLICIES = """
SELECT tablename AS name, policyname AS policy, roles::text[], coalesce(qual, '') AS condition FROM pg_policies"""
FUNCTIONS = """
SELECT proname AS name, array_to_string(proconfig, ',') AS settings,
    has_function_privilege('public', oid, 'EXECUTE') AS public
FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"""


async def unguarded(connection: "asyncpg.Connection[asyncpg.Record]") -> list[str]:
    """What is wrong with the row-level security of a service's database."""
    policies: dict[str, list[asyncpg.Record]] = {}
    for policy in await connection.fetch(POLICIES):
        policies.setdefault(policy["name"], []).append(policy)
    wrong = []
    for table in await connection.fetch(TABLES):
        name, found = table["name"], policies.get(table["name"], [])
        if name in ABOUT_NOBODY:
            continue
        if not PERSONAL.keys() & set(table["columns"]):
            wrong.append(f"{name}: is it about persons? name it in ABOUT_NOBODY, or its column")
        if not table["forced"]:
            wrong.append(f"{name}: row-level security is not forced: guard_ddl()")
        if [table["owner"]] not in [policy["roles"] for policy in found]:
            wrong.append(f"{name}: migrations see no rows: guard_ddl()")
        if len(found) < 2:
            wrong.append(f"{name}: has no policy for a role of the service")
        for policy in found:
            # By what a transaction names, or by what it sees of another table.
            bounds = ["cxm.", *(other for other in policies if other != name)]
            is_bounded = any(bound in policy["condition"] for bound in bounds)
            reads_all = any(role.endswith("_read") for role in policy["roles"]) and not is_bounded
            if "public" in policy["roles"] or reads_all:
                wrong.append(f"{name}: {policy['policy']} shows all rows")
    for function in await connection.fetch(FUNCTIONS):
        if function["public"] or "search_path" not in (function["settings"] or ""):
            wrong.append(f"{function['name']}: anybody may call it, or lend it other tables")
    return wrong


@asynccontextmanager
async def superuser(
    service: str, postgres: Postgres, migrated: Callable[[str], str]
) -> "AsyncIterator[asyncpg.Connection[asyncpg.Record]]":
    """A connection to a service's migrated database, which is left as it was."""
    database = await asyncio.to_thread(migrated, service)
    connection = await asyncpg.connect(postgres.url(database=database))
    transaction = connection.transaction()
    await transaction.start()
    try:
        yield connection
    finally:
        await transaction.rollback()
        await connection.close()


@pytest.mark.parametrize("service", SERVICES)
async def test_tables_about_persons_are_guarded_and_nobody_is_exempt(
    service: str, postgres: Postgres, migrated: Callable[[str], str]
) -> None:
    async with superuser(service, postgres, migrated) as connection:
        assert await unguarded(connection) == []


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        ("CREATE TABLE survey_note (customer_ref bytea)", "survey_note: row-level security is not"),
        ("CREATE TABLE survey_thing (id int)", "survey_thing: is it about persons?"),
        ("ALTER TABLE survey_verbatim NO FORCE ROW LEVEL SECURITY", "survey_verbatim: row-level"),
        ("ALTER TABLE survey_verbatim DISABLE ROW LEVEL SECURITY", "survey_verbatim: row-level"),
        ("DROP POLICY owner ON survey_response", "survey_response: migrations see no rows"),
        (
            "ALTER POLICY departments ON survey_response USING (true)",
            "survey_response: departments shows all rows",
        ),
        (
            "CREATE POLICY open ON survey_secret USING (true)",
            "survey_secret: open shows all rows",
        ),
        (
            "GRANT EXECUTE ON FUNCTION survey_stored_bodies TO PUBLIC",
            "survey_stored_bodies: anybody may call it",
        ),
    ],
)
async def test_what_is_not_guarded_is_found(
    postgres: Postgres, migrated: Callable[[str], str], mistake: str, said: str
) -> None:
    async with superuser("survey", postgres, migrated) as connection:
        await connection.execute(mistake)

        assert [problem for problem in await unguarded(connection) if problem.startswith(said)]


async def test_a_migration_sees_the_rows_it_counts(
    postgres: Postgres, new_database: OpenDatabase
) -> None:
    """As the owner, under FORCE. The control: without its policy it sees none."""
    database = await new_database("employee_exp")
    await database.fetch("INSERT INTO employee_exp_employee VALUES (gen_random_uuid(), 'a', 1)")
    name = await database.fetchval("SELECT current_database()")
    owner = await asyncpg.connect(postgres.url("cxm_employee_exp_owner", None, name))
    backfill = "UPDATE employee_exp_employee SET revision = revision + 1"

    assert await owner.execute(backfill) == "UPDATE 1"
    await owner.execute("DROP POLICY owner ON employee_exp_employee")
    assert await owner.execute(backfill) == "UPDATE 0"
    await owner.execute(guard_ddl("employee_exp_employee")[-1])
    assert await owner.execute(backfill) == "UPDATE 1"
    await owner.close()


FOR_THE_SESSION = re.compile(
    r"\bset\s+(?:session\s+)?cxm\.|set_config\((?:[^()]|\([^()]*\)|\((?:[^()]|\([^()]*\))*\))*,\s*false\s*\)",
    re.IGNORECASE,
)


def test_what_a_transaction_is_about_is_never_set_for_a_session() -> None:
    files = [path for path in Path("services").rglob("*.py") if "set" in path.read_text()]
    assert [str(path) for path in files if FOR_THE_SESSION.search(path.read_text())] == []

    assert any("set_config('cxm." in path.read_text() for path in files)
    assert FOR_THE_SESSION.search("SET cxm.departments = '{}'")
    assert FOR_THE_SESSION.search("SET SESSION cxm.departments = '{}'")
    assert FOR_THE_SESSION.search("set_config('cxm.a', CAST(CAST($1 AS text[]) AS text), false)")
    assert not FOR_THE_SESSION.search("SET LOCAL cxm.purpose = 'reconciliation'")
