"""Writing the purchase log: envelopes in, journal rows out, in one statement."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from services.kit.clock import Clock
from services.kit.db.database import Pool
from services.metrics.answer_log.dictionary import DEPARTMENT, Dictionary, DimensionKey
from services.metrics.customers import storage
from services.metrics.customers.packing import Purchase, pack

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class RecordedSale:
    """A purchase or return as it is announced: by names, which have no numbers here yet."""

    department_id: str
    dimensions: DimensionKey
    alias: int
    day: int
    cents: int
    kind: int
    sign: int


@dataclass(frozen=True, slots=True)
class Envelope:
    """What one commit of profile announced."""

    number: int
    generation: int
    sales: tuple[RecordedSale, ...]


class PurchaseLog:
    """The writer of the log; any number of replicas may write."""

    def __init__(self, pool: Pool, dictionary: Dictionary, now: Clock) -> None:
        self.pool = pool
        self.dictionary = dictionary
        self.now = now

    async def apply(self, envelopes: Sequence[Envelope]) -> set[str]:
        """Count each envelope exactly once, however often it is delivered; all of them or none.

        Returns the departments that they name, also of what was counted before: it may not be announced.
        """
        newest = max(envelope.generation for envelope in envelopes)
        if newest > await storage.generation(self.pool):
            log.warning("all purchases are announced anew", generation=newest)
            await storage.begin_generation(self.pool, newest)
        # What is of an earlier generation comes again under the newest.
        envelopes = [envelope for envelope in envelopes if envelope.generation == newest]
        sales = [sale for envelope in envelopes for sale in envelope.sales]
        if not sales:
            return set()
        await self.dictionary.intern(DEPARTMENT, (sale.department_id for sale in sales))
        await self.dictionary.intern_sets(sale.dimensions for sale in sales)
        if not await self._store(envelopes):
            if len(envelopes) > 1:
                for envelope in envelopes:
                    await self.apply([envelope])
            else:
                log.info("purchases were counted before", envelope=envelopes[0].number)
        return {sale.department_id for sale in sales}

    async def _store(self, envelopes: Sequence[Envelope]) -> bool:
        numbers, sets = self.dictionary.known(DEPARTMENT), self.dictionary.sets
        parts: defaultdict[int, list[Purchase]] = defaultdict(list)
        once: dict[tuple[int, int], None] = {}
        for envelope in envelopes:
            for sale in envelope.sales:
                department = numbers[sale.department_id]
                once[department, envelope.number] = None
                dimension_set = sets[sale.dimensions]
                parts[department].append(
                    Purchase(sale.alias, sale.day, dimension_set, sale.cents, sale.kind, sale.sign)
                )
        packed = {department: pack(each).tobytes() for department, each in parts.items()}
        (generation,) = {envelope.generation for envelope in envelopes}
        return await storage.add_purchases(self.pool, list(once), packed, self.now(), generation)
