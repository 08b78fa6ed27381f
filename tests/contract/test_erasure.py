"""Every table that may hold something of a customer is erased by somebody, or it is said why not; a new one fails."""

import asyncio
from collections.abc import Callable

import asyncpg
import pytest

from infra.local.postgres import Postgres
from services.profile.privacy.storage import TABLES as PROFILE_TABLES
from services.survey.privacy.erasing import tables_of
from services.survey.privacy.storage import Found

SERVICES = ("profile", "survey", "metrics", "employee_exp")
# Columns that may say who a customer is, name one, or hold what one said.
TELLING = {
    *("ref", "customer_ref", "customer_refs", "customer", "alias", "person", "a", "external_id", "details"),
    *("email", "phone", "name", "subject", "text", "words", "sealed", "body_hash", "secret_hash", "token_hash"),
    *("response_id", "employee_id", "invitation_id", "session_id", "subscription", "payload", "keys", "answers"),
}  # fmt: skip
ERASED = {
    **{each.table: "profile/privacy" for each in PROFILE_TABLES if not each.stays},
    **{each.table: "survey/privacy" for each in tables_of(Found())},
}
COLLEAGUE = "of who works here, as a subject or user: an erasure of their own"
OURS = "names and words of the organisation's own"
NOT_ERASED = {
    "audit_entry": "who did what: ids, and numbers that are nobody's once erased",
    "outbox": "ids, keyed hashes and scores on their way, no words; empty when they are published",
    "dead_letter": "the same, given up",
    "profile_erasure": "its reason, numbers and names of others go when it is done; hashes stay to be announced again",
    "profile_customer_erased": "the block: a keyed hash, so that what was erased is not stored again",
    "profile_erasure_receipt": "numbers of rows",
    "profile_alias_gone": "numbers of aliases that are no more, until metrics is told to forget them",
    "profile_purchase_change": "purchases on their way to metrics; empty when they are announced",
    "profile_purchase_whole": "leaves with its purchase, when that is announced",
    "profile_identifier_kind": OURS,
    "profile_department": OURS,
    "profile_interaction_kind": OURS,
    "profile_organization": OURS,
    "profile_segment": OURS,
    "profile_site": OURS,
    "profile_stage": OURS,
    "profile_touchpoint": OURS,
    "profile_grant": COLLEAGUE,
    "profile_session": COLLEAGUE,
    "profile_session_former": COLLEAGUE,
    "profile_user": COLLEAGUE,
    "survey_erased_customer": "the block, as in profile",
    "survey_import": "who imported a file is a colleague; of its rows there are numbers",
    "survey_question": OURS,
    "metrics_alert": COLLEAGUE,
    "metrics_block": "answers without ids: what is withdrawn leaves them by its minus",
    "metrics_journal": "the same",
    "metrics_standing": "the same",
    "metrics_employment": "how many employees departments have, by day",
    "metrics_stint": "of employees, by our own ids: an erasure of their own",
    "metrics_person": "numbers of aliases: profile says which are no more, and they go",
    "metrics_definition": OURS,
    "metrics_driver_analysis": COLLEAGUE,
    "metrics_name": OURS,
    "metrics_released_department": OURS,
    "metrics_released_wave": OURS,
    "metrics_survey": OURS,
    "metrics_target": COLLEAGUE,
}
TABLES = """
SELECT table_name::text AS name, array_agg(column_name::text) AS columns FROM information_schema.columns
WHERE table_schema = 'public' GROUP BY table_name"""


async def unspoken(connection: "asyncpg.Connection[asyncpg.Record]") -> list[str]:
    """Tables with a telling column of which nobody says what an erasure does with them."""
    rows = await connection.fetch(TABLES)
    return sorted(
        row["name"]
        for row in rows
        if TELLING & set(row["columns"])
        and row["name"] not in {*ERASED, *NOT_ERASED}
        and not row["name"].startswith("employee_exp_")
    )


@pytest.mark.parametrize("service", SERVICES)
async def test_every_table_about_customers_is_erased_or_says_why_not(
    service: str, postgres: Postgres, migrated: Callable[[str], str]
) -> None:
    """What employee_exp keeps is about employees alone."""
    database = await asyncio.to_thread(migrated, service)
    connection = await asyncpg.connect(postgres.url(database=database))
    transaction = connection.transaction()
    await transaction.start()
    found = await unspoken(connection)
    await connection.execute(
        f"CREATE TABLE {service if service != 'employee_exp' else 'x'}_n (customer_ref bytea)"
    )
    with_new = await unspoken(connection)
    await transaction.rollback()
    names = {row["name"] for row in await connection.fetch(TABLES)}
    await connection.close()

    assert found == []
    assert len(with_new) == 1
    listed = {name for name in {**ERASED, **NOT_ERASED} if name.startswith(f"{service}_")}
    assert listed <= names, "tables that are no more"
