"""SQL without any viewer: tables about persons are guarded, and what is named ends with its transaction."""

import asyncio
import sys
from collections.abc import Mapping

import asyncpg

from tests.security.support.asking import Asking
from tests.security.support.building import Built, response_id
from tests.security.support.cells import Cells
from tests.security.support.doors.inside import department_ids

PROBE = "tests.security.support.doors.pooled"
ABOUT_PERSONS: Mapping[str, tuple[str, ...]] = {
    "survey": (
        "survey_response",
        "survey_verbatim",
        "survey_secret",
        "survey_invitation",
        "survey_import",
        "audit_entry",
    ),
    "employee_exp": ("employee_exp_employee", "employee_exp_stint", "audit_entry"),
    "metrics": ("metrics_employment", "metrics_stint", "audit_entry"),
    "profile": (
        "profile_grant",
        "profile_user",
        "profile_session",
        "profile_session_former",
        "audit_entry",
    ),
}
FORCED = "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE relname = $1"


async def guarded(asking: Asking, cells: Cells, built: Built) -> None:
    """Every table about persons binds its owner; who names nothing sees nothing, who names a row sees it alone."""
    for service, tables in ABOUT_PERSONS.items():
        connection = await asyncpg.connect(asking.database_url(service, "read"))
        try:
            for table in tables:
                forced = await connection.fetchval(FORCED, table)
                cells.check("sql", service, f"{table} is forced", expected=True, observed=forced)
        finally:
            await connection.close()
    await _intake(asking, cells)
    await _pooled(asking, cells, built)


async def _intake(asking: Asking, cells: Cells) -> None:
    connection = await asyncpg.connect(asking.database_url("survey", "intake"))
    try:
        for case, name, expected in (
            ("names none", False, 0),
            ("names one", True, 1),
            ("next", False, 0),
        ):
            async with connection.transaction():
                if name:
                    given = "{" + response_id(0) + "}"
                    await connection.execute("SELECT set_config('cxm.responses', $1, true)", given)
                seen = await _count(connection)
            cells.check("sql", "intake", case, expected, seen)
    finally:
        await connection.close()


async def _count(connection: "asyncpg.Connection[asyncpg.Record]") -> int:
    """How many responses are seen; none by who is told that nothing was named."""
    try:
        async with connection.transaction():
            return int(await connection.fetchval("SELECT count(id) FROM survey_response"))
    except asyncpg.UndefinedObjectError:
        return 0


async def _pooled(asking: Asking, cells: Cells, built: Built) -> None:
    url = asking.database_url("survey", "read")
    ids = department_ids(built).values()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", PROBE, url, *ids, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await process.communicate()
    expected = f"{len(built.world.responses)} 0"
    cells.check("sql", "pool", "named, and after", expected, told.decode().strip())
