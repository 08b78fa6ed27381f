"""A world of buyers in plain Python: what profile announces of it, and every number of it counted the slow way."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from cxm.profile.v1.events_pb2 import (
    PersonOf,
    PersonsChanged,
    PurchaseDimensions,
    PurchasesRecorded,
    RecordedPurchase,
)
from services.kit.clock import day_number
from services.kit.events.consumer import Delivery
from services.kit.events.streams import PERSONS_CHANGED, PURCHASES_RECORDED
from tests.support.builders import id_of

FIRST, AFTER = date(2025, 1, 1), date(2025, 7, 1)
CHANNELS = ("", "shop", "web")


@dataclass(frozen=True)
class Bought:
    """A purchase or a return."""

    alias: int
    department: str
    day: date
    channel: str
    cents: int
    is_return: bool = False
    is_returned_whole: bool = False

    def told(self, sign: int) -> RecordedPurchase:
        return RecordedPurchase(
            alias=self.alias,
            department_id=id_of(self.department),
            local_day=day_number(self.day),
            dimensions=PurchaseDimensions(channel=self.channel),
            cents=self.cents,
            sign=sign,
            is_return=self.is_return,
            is_returned_whole=self.is_returned_whole,
        )


@dataclass(frozen=True)
class Counted:
    """What a plain recount finds for one period of some departments."""

    orders: int
    cents: int
    returned: int
    buyers: frozenset[int]


@dataclass
class Shopping:
    """Facts as they stand, whose the aliases are, and all that was announced of both."""

    dice: random.Random
    departments: tuple[str, ...]
    facts: list[Bought] = field(default_factory=list)
    person_of: dict[int, int] = field(default_factory=dict)
    told: list[Delivery] = field(default_factory=list)
    revision: int = 0

    def tell(self, changes: Iterable[tuple[Bought, int]]) -> None:
        number = len(self.told) + 1
        items = [fact.told(sign) for fact, sign in changes]
        payload = PurchasesRecorded(envelope=number, purchases=items).SerializeToString()
        self.told.append(Delivery(f"p/{number}", PURCHASES_RECORDED, payload, None))

    def buy(self, aliases: int) -> None:
        """Some purchases of one commit, among them of nobody."""
        bought = [
            Bought(
                self.dice.randrange(aliases + 1),
                self.dice.choice(self.departments),
                FIRST + timedelta(self.dice.randrange((AFTER - FIRST).days)),
                self.dice.choice(CHANNELS),
                self.dice.randrange(100, 20_000),
            )
            for _ in range(self.dice.randint(1, 30))
        ]
        self.facts += bought
        self.tell((fact, 1) for fact in bought)

    def give_back(self) -> None:
        """A return, of a part or of all of a purchase, somewhere and later."""
        place = self._place(lambda fact: not fact.is_return and not fact.is_returned_whole)
        if place is None:
            return
        fact, is_whole = self.facts[place], self.dice.random() < 0.5
        back = replace(
            fact,
            department=self.dice.choice(self.departments),
            day=fact.day + timedelta(self.dice.randrange(40)),
            cents=fact.cents if is_whole else fact.cents // 3,
            is_return=True,
        )
        changes = [(back, 1)]
        if is_whole:
            self.facts[place] = replace(fact, is_returned_whole=True)
            changes += [(fact, -1), (self.facts[place], 1)]
        self.facts.append(back)
        self.tell(changes)

    def withdraw(self) -> None:
        """A purchase that never was."""
        place = self._place(lambda fact: not fact.is_returned_whole)
        if place is not None:
            self.tell([(self.facts.pop(place), -1)])

    def erase(self, alias: int) -> None:
        """All of an alias becomes nobody's."""
        mine = [place for place, fact in enumerate(self.facts) if fact.alias == alias]
        changes = []
        for place in mine:
            fact = self.facts[place]
            self.facts[place] = replace(fact, alias=0)
            changes += [(fact, -1), (self.facts[place], 1)]
        if changes:
            self.tell(changes)

    def join(self, aliases: int) -> None:
        """Some aliases are one person from now on, or each its own again."""
        some = self.dice.sample(range(1, aliases + 1), 3)
        together = self.dice.random() < 0.7
        self.say({alias: min(some) if together else alias for alias in some})

    def say(self, moved: dict[int, int]) -> None:
        """Whose aliases are."""
        self.person_of |= moved
        self.revision += 1
        message = PersonsChanged(
            revision=self.revision,
            moved=[PersonOf(alias=alias, person=person) for alias, person in moved.items()],
        )
        name = f"c/{self.revision}"
        self.told.append(Delivery(name, PERSONS_CHANGED, message.SerializeToString(), None))

    def _place(self, wanted: Callable[[Bought], bool]) -> int | None:
        places = [place for place, fact in enumerate(self.facts) if wanted(fact)]
        return self.dice.choice(places) if places else None

    def count(self, places: Iterable[Bought]) -> Counted:
        """Of some facts."""
        facts = list(places)
        bought = [fact for fact in facts if not fact.is_return]
        kept = [fact.alias for fact in bought if fact.alias and not fact.is_returned_whole]
        return Counted(
            len(bought),
            sum(fact.cents for fact in bought),
            sum(fact.cents for fact in facts if fact.is_return),
            frozenset(self.person_of.get(alias, alias) for alias in kept),
        )

    def by_day(self) -> dict[date, list[Bought]]:
        found: defaultdict[date, list[Bought]] = defaultdict(list)
        for fact in self.facts:
            found[fact.day].append(fact)
        return found


def walk(dice: random.Random, departments: tuple[str, ...], aliases: int, steps: int) -> Shopping:
    """A random world."""
    world = Shopping(dice, departments)
    world.buy(aliases)
    for _ in range(steps):
        match dice.randrange(10):
            case 0 | 1 | 2 | 3:
                world.buy(aliases)
            case 4 | 5:
                world.give_back()
            case 6:
                world.withdraw()
            case 7:
                world.erase(dice.randint(1, aliases))
            case _:
                world.join(aliases)
    return world


def envelopes(purchases: Iterable[RecordedPurchase], *, generation: int = 0) -> list[Delivery]:
    """As profile announces them: 1,000 at a time."""
    items = list(purchases)
    parts = [items[start : start + 1_000] for start in range(0, len(items), 1_000)]
    return [
        Delivery(
            f"p/{number}",
            PURCHASES_RECORDED,
            PurchasesRecorded(
                envelope=number, generation=generation, purchases=part
            ).SerializeToString(),
            None,
        )
        for number, part in enumerate(parts, 1)
    ]
