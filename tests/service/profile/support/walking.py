"""A random walk of many writers: items, links, ended links and settled conflicts, by two replicas of the noun."""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from sqlalchemy.exc import DBAPIError

from services.kit.clock import now
from services.kit.db.database import Database
from services.kit.errors import Conflict, Denied, NotFound
from services.kit.rights.access import Grant, Role, Viewer
from services.kit.rights.tree import Tree
from services.profile.customers.domain.identifiers import Identifier
from services.profile.customers.domain.items import CustomerItem
from services.profile.customers.domain.merging import Settlement
from services.profile.customers.linking import CustomerLinker
from services.profile.customers.sealed_names import SealedNames
from services.profile.customers.settling import ConflictSettler
from services.profile.customers.upserting import CustomerWriter
from tests.service.profile.support.customers import KEYS

ADMIN: Final = Viewer("ann", (Grant(Role.ADMIN),))
ANALYST: Final = Viewer("bob", (Grant(Role.ANALYST),))
KNOWN: Final = {"CUSTOMER": 60, "EMAIL": 60, "CARD": 40, "ACCOUNT": 20, "DEVICE": 20}
BROKEN: Final = "broken"
"""What must not happen: two writers have met, or one has read what another was writing."""
REASON: Final = "as the dice say"
LINKED: Final = "SELECT a, b FROM profile_customer_link WHERE ended_at IS NULL"
WAITING: Final = "SELECT id FROM profile_customer_conflict WHERE settled IS NULL"


@dataclass
class Replica:
    """The use cases of one process, over connections of its own."""

    database: Database
    tree: Tree
    writer: CustomerWriter = field(init=False)
    linker: CustomerLinker = field(init=False)
    settler: ConflictSettler = field(init=False)

    def __post_init__(self) -> None:
        sealed = SealedNames(KEYS)
        self.writer = CustomerWriter(self.database, sealed, "LV", now)
        self.linker = CustomerLinker(self.database, sealed, now)
        self.settler = ConflictSettler(self.database, sealed, now)


def some_item(dice: random.Random) -> CustomerItem:
    """A customer of few, so that writers meet."""
    kinds = [dice.choice(list(KNOWN)) for _ in range(dice.randint(1, 3))]
    identifiers = [(kind, dice.randrange(KNOWN[kind])) for kind in kinds]
    sent = tuple(
        Identifier(kind, f"m{number}@x.lv" if kind == "EMAIL" else f"{kind}-{number}")
        for kind, number in identifiers
    )
    return CustomerItem(sent, {"plan": str(dice.randrange(3))})


async def write(replica: Replica, dice: random.Random, *, forces: bool) -> str:
    """One thing that a writer does, and what it was."""
    pool = replica.database.pool
    match dice.choices(("upsert", "link", "unlink", "settle"), (4, 2, 3, 2))[0]:
        case "upsert":
            items = [some_item(dice) for _ in range(dice.randint(1, 5))]
            await replica.writer.upsert(ADMIN, items)
            return "upserted"
        case "link":
            highest = await pool.fetchval("SELECT max(id) FROM profile_customer_alias") or 1
            a, b = dice.randint(1, highest), dice.randint(1, highest)
            linked = await replica.linker.link(ADMIN, replica.tree, a, b + (a == b), REASON)
            return "refused" if linked.customer is None else "linked"
        case "unlink":
            links: Sequence[Any] = await pool.fetch(LINKED)
            if not links:
                return "nothing"
            a, b = dice.choice(links)
            await replica.linker.unlink(ADMIN, replica.tree, a, b, REASON)
            return "unlinked"
        case _:
            waiting: Sequence[Any] = await pool.fetch(WAITING)
            if not waiting:
                return "nothing"
            settlement = dice.choice(list(Settlement))
            who = ADMIN if forces and dice.random() < 0.5 else ANALYST
            id_ = UUID(str(dice.choice(waiting)["id"]))
            await replica.settler.settle(who, replica.tree, id_, settlement, REASON)
            return f"settled {settlement.name}"


async def walk(
    replicas: Sequence[Replica], writers: int, steps: int, seed: int, *, forces: bool
) -> Counter[str]:
    """Let so many writers work at once, each so many steps; what they did, and what they could not."""
    done: Counter[str] = Counter()

    async def work(number: int) -> None:
        dice = random.Random(f"{seed} {number}")
        replica = replicas[number % len(replicas)]
        for _ in range(steps):
            try:
                done[await write(replica, dice, forces=forces)] += 1
            except (NotFound, Conflict, Denied) as failure:
                done[failure.reason] += 1
            except (DBAPIError, LookupError, ValueError, AssertionError):
                done[BROKEN] += 1

    await asyncio.gather(*map(work, range(writers)))
    return done
