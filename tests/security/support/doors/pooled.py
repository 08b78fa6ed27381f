"""A process that asks as survey does, with survey's own code: what a transaction names must end with it.

`python -m tests.security.support.doors.pooled URL DEPARTMENT...` prints how many responses a reader sees who names
these departments, and how many the next one sees on the same connection of the pool.
"""

import asyncio
import sys

from sqlalchemy import text

from services.kit.db.database import open_database
from services.survey.exporting.storage import show_departments

COUNT = text("SELECT count(*) FROM survey_response WHERE touchpoint_id IS NOT NULL")


async def main(url: str, departments: list[str]) -> None:
    async with open_database(url, url, pool_size=1) as database:
        async with database.read.begin() as session:
            await show_departments(session, departments)
            named = (await session.execute(COUNT)).scalar_one()
        async with database.read.begin() as session:
            after = (await session.execute(COUNT)).scalar_one()
    sys.stdout.write(f"{named} {after}\n")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2:]))
