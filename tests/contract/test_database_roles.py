"""A process has the database roles of its own service, and no role reaches the database of another."""

import asyncio
from collections.abc import Callable
from itertools import product
from pathlib import Path

import asyncpg

from infra.local import keys, parts
from infra.local.children import Program
from infra.local.nats import Nats
from infra.local.postgres import SUPERUSER, Postgres, database_name, roles_of, user_name

SERVICES = ("profile", "survey", "metrics", "employee_exp")
DATABASES = (*map(database_name, SERVICES), "postgres", "template1")
ROLES_WITH_MORE = """
SELECT rolname FROM pg_roles WHERE starts_with(rolname, 'cxm_') AND (
    rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls
    OR oid IN (SELECT member FROM pg_auth_members)
)"""


def logins(program: Program, postgres: Postgres) -> set[str]:
    """The roles whose passwords a process is given."""
    given = [value for value in (program.environment or {}).values() if "://" in value]
    return {user for user, secret in postgres.passwords.items() if any(secret in g for g in given)}


def test_a_process_is_given_the_roles_of_its_own_service(
    postgres: Postgres, nats_broker: Nats, tmp_path: Path
) -> None:
    deployment = parts.Deployment(
        tmp_path, 8000, "UTC", None, postgres, nats_broker, keys.prepare(tmp_path)
    )

    for service in SERVICES:
        own = {user_name(service, role) for role in roles_of(service) if role != "owner"}
        assert logins(parts.service_part(deployment, service).program, postgres) == own
    assert logins(parts.gateway_part(deployment).program, postgres) == set()
    owners = {user_name(service, "owner") for service in SERVICES}
    assert logins(parts.migration(deployment), postgres) == owners


async def reaches(postgres: Postgres, user: str, database: str) -> bool:
    try:
        connection = await asyncpg.connect(postgres.url(user, None, database))
    except asyncpg.InsufficientPrivilegeError:
        return False
    await connection.close()
    return True


async def test_a_role_reaches_the_database_of_its_own_service_and_no_other(
    postgres: Postgres, migrated: Callable[[str], str]
) -> None:
    for service in SERVICES:
        await asyncio.to_thread(migrated, service)
    users = {user_name(s, role): s for s in SERVICES for role in roles_of(s)}

    reached = {(u, d) for u, d in product(users, DATABASES) if await reaches(postgres, u, d)}

    assert reached == {(user, database_name(service)) for user, service in users.items()}


async def test_a_role_that_may_more_is_found(
    postgres: Postgres, migrated: Callable[[str], str]
) -> None:
    await asyncio.to_thread(migrated, "survey")
    await asyncio.to_thread(migrated, "metrics")
    user = user_name("metrics", "read")
    admin = await asyncpg.connect(postgres.url(SUPERUSER))
    more = [row[0] for row in await admin.fetch(ROLES_WITH_MORE)]

    await admin.execute(f"GRANT CONNECT ON DATABASE {database_name('survey')} TO {user}")
    reached = await reaches(postgres, user, database_name("survey"))
    await admin.execute(f"REVOKE CONNECT ON DATABASE {database_name('survey')} FROM {user}")
    await admin.execute(f"ALTER ROLE {user} BYPASSRLS")
    found = [row[0] for row in await admin.fetch(ROLES_WITH_MORE)]
    await admin.execute(f"ALTER ROLE {user} NOBYPASSRLS")
    await admin.close()

    assert more == []
    assert (reached, found) == (True, [user])
    assert not await reaches(postgres, user, database_name("survey"))
