"""What all nouns of facts of a process share, opened once."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from services.kit.db.database import Database
from services.profile.customers.sealed_names import CustomerKeys, SealedNames
from services.profile.customers.upserting import CustomerWriter
from services.profile.directory.tree_cache import TreeCache
from services.profile.facts.attributing import FactAttributor
from services.profile.facts.dictionary import FactDictionary
from services.profile.facts.finding import PersonFinder
from services.profile.facts.identifying import AliasFinder
from services.profile.facts.month_making import MonthMaker


@dataclass(frozen=True, slots=True)
class Facts:
    """`aliases`: under which facts are stored; `attributor`: whom they count for; `persons`: who reads them."""

    database: Database
    directory: TreeCache
    zone: ZoneInfo
    aliases: AliasFinder
    attributor: FactAttributor
    persons: PersonFinder

    def month_maker(self, table: str, keep: int, bare_after: int) -> MonthMaker:
        """For a table of facts that keeps so many months beside the present one, and details of facts for fewer."""
        pool, clock = self.database.pool, self.directory.now
        return MonthMaker(pool, table, self.zone, keep, bare_after, clock)


def open_facts(
    database: Database, directory: TreeCache, zone: ZoneInfo, keys: CustomerKeys, country: str
) -> Facts:
    """`country` as for CustomerWriter; `zone`: the organisation's."""
    sealed = SealedNames(keys)
    writer = CustomerWriter(database, sealed, country, directory.now)
    return Facts(
        database,
        directory,
        zone,
        AliasFinder(database, sealed, writer),
        FactAttributor(directory, FactDictionary(database.pool)),
        PersonFinder(database),
    )
