"""Sites made, changed and found; a secret is told once and kept sealed."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.clock import Clock
from services.kit.db.database import Database, reaching
from services.kit.errors import NotFound
from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_entries
from services.kit.rights.tree import Tree
from services.kit.sealing.seal import Seal
from services.profile.sites import storage
from services.profile.sites.domain import (
    MOST_SITES,
    Site,
    SiteItem,
    check_site,
    new_key,
    new_secret,
    rotated,
    too_many_sites,
)


def no_site() -> NotFound:
    """Absent, whatever was looked for."""
    return NotFound("there is no such site", field=["key"])


class SiteKeeper:
    """`key`: under which secrets are sealed, 32 bytes. Unavailable without PostgreSQL."""

    def __init__(self, database: Database, key: bytes, clock: Clock) -> None:
        self.database = database
        self.seal = Seal(key)
        self.clock = clock

    async def everything(self) -> list[Site]:
        """All of them, by name."""
        with reaching("sites"):
            async with self.database.write() as session:
                return await storage.list_sites(session)

    async def create(self, who: Viewer, tree: Tree, item: SiteItem) -> tuple[Site, bytes]:
        """A new site and its secret, which nobody is told again."""
        checked = check_site(item, lambda key: tree.id_of(key) is not None)
        secret, now = new_secret(), self.clock()
        with reaching("sites"):
            async with self.database.write.begin() as session:
                await storage.lock_sites(session)
                if await storage.count_sites(session) >= MOST_SITES:
                    raise too_many_sites()
                key = new_key()
                site = Site(key, checked, (self._sealed(key, secret),), now, now)
                await storage.put_site(session, site)
                await self._audit(session, who, tree, Deed.SITE_CREATED, key)
        return site, secret

    async def update(self, who: Viewer, tree: Tree, key: str, item: SiteItem) -> Site:
        """Change a site; the same again writes nothing."""
        checked = check_site(item, lambda key: tree.id_of(key) is not None)
        with reaching("sites"):
            async with self.database.write.begin() as session:
                await storage.lock_sites(session)
                before = await self._find(session, key)
                site = replace(before, item=checked)
                if site != before:
                    await storage.put_site(session, site)
                    await self._audit(session, who, tree, Deed.SITE_CHANGED, key)
        return site

    async def rotate(self, who: Viewer, tree: Tree, key: str) -> tuple[Site, bytes]:
        """Another secret; the newest one before it goes on to hold."""
        secret = new_secret()
        with reaching("sites"):
            async with self.database.write.begin() as session:
                await storage.lock_sites(session)
                before = await self._find(session, key)
                site = rotated(before, self._sealed(key, secret), self.clock())
                await storage.put_site(session, site)
                await self._audit(session, who, tree, Deed.SITE_ROTATED, key)
        return site, secret

    async def find(self, key: str) -> tuple[SiteItem, list[bytes]]:
        """A site and its secrets, opened; NotFound for none. Unopened where another key sealed them."""
        with reaching("sites"):
            async with self.database.write() as session:
                site = await self._find(session, key)
        return site.item, [self.seal.open(sealed, _about(key)) for sealed in site.secrets]

    async def _find(self, session: AsyncSession, key: str) -> Site:
        site = await storage.find_site(session, key)
        if site is None:
            raise no_site()
        return site

    def _sealed(self, key: str, secret: bytes) -> bytes:
        return self.seal.seal(secret, len(secret), _about(key))

    async def _audit(
        self, session: AsyncSession, who: Viewer, tree: Tree, deed: Deed, key: str
    ) -> None:
        actor = actor_of(who, Action.WRITE_SITES, tree, tree.root_id)
        await write_entries(session, [AuditEntry(tree.clock(), actor, deed, (), (key,))])


def _about(key: str) -> bytes:
    return b"site " + key.encode()
