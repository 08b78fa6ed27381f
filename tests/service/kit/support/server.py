"""A database server that refuses connections and takes them again."""

from services.kit.db.database import Connection


class Server:
    """Somebody who may throw everybody out of the test's database, and let them in again."""

    def __init__(self, admin: Connection, name: str) -> None:
        self.admin = admin
        self.name = name

    async def shut(self) -> None:
        await self.admin.execute(f'ALTER DATABASE "{self.name}" CONNECTION LIMIT 0')
        await self.admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", self.name
        )

    async def open(self) -> None:
        await self.admin.execute(f'ALTER DATABASE "{self.name}" CONNECTION LIMIT -1')
