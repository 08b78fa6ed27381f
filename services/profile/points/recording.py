"""Entries of ledgers, stored in batches; what would be spent beyond what is there is refused."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.db.database import Database, reaching
from services.kit.errors import Failure, Invalid
from services.kit.items import ItemOutcome
from services.kit.rights.access import Viewer
from services.profile.customers.storage import hold_customers
from services.profile.directory.tree_cache import TreeCache
from services.profile.facts.identifying import NOT_YET, AliasFinder, Named
from services.profile.points import storage
from services.profile.points.domain import (
    CheckedPoints,
    Ledger,
    PointItem,
    check_points,
    too_few,
)
from services.profile.points.storage import PointKey


class PointRecorder:
    """Unavailable without PostgreSQL."""

    def __init__(self, database: Database, finder: AliasFinder, directory: TreeCache) -> None:
        self.database = database
        self.finder = finder
        self.directory = directory

    async def record(
        self, who: Viewer, items: Sequence[PointItem], *, dry_run: bool = False
    ) -> tuple[ItemOutcome, ...]:
        """Store entries. A dry run says what would become of them, but not whether there are points to spend: that
        hangs on what the same file says before.
        """
        checked, refused = await self._check(items)
        with reaching("points"):
            keys, unnamed = await self._identify(who, items, checked, dry_run=dry_run)
            refused |= unnamed
            async with self.database.write.begin() as session:
                if not dry_run:
                    await hold_customers(session)
                    await storage.lock_persons(session, {key.alias for key in keys.values()})
                batch = _Batch({p: (keys[p], checked[p]) for p in keys})
                refused |= await batch.judge(session, dry_run=dry_run)
                if not dry_run:
                    now = self.directory.now()
                    await storage.add_points(session, batch.added, who.subject, now)
        added = set(batch.added)
        return tuple(
            _outcome(added, keys.get(position), refused.get(position))
            for position in range(len(items))
        )

    async def _check(
        self, items: Sequence[PointItem]
    ) -> tuple[dict[int, CheckedPoints], dict[int, Failure]]:
        checked: dict[int, CheckedPoints] = {}
        refused: dict[int, Failure] = {}
        tree, now = await self.directory.read_tree(), self.directory.now()
        for position, item in enumerate(items):
            try:
                checked[position] = check_points(item, tree.zone, now)
            except Invalid as failure:
                refused[position] = failure
        return checked, refused

    async def _identify(
        self,
        who: Viewer,
        items: Sequence[PointItem],
        checked: Mapping[int, CheckedPoints],
        *,
        dry_run: bool,
    ) -> tuple[dict[int, PointKey], dict[int, Failure]]:
        """Under which alias each is stored; in a dry run one that is not known yet has a number that no other has."""
        asked = [Named(items[position].identifier, items[position].at) for position in checked]
        found = await self.finder.find(who, asked, dry_run=dry_run)
        keys: dict[int, PointKey] = {}
        refused: dict[int, Failure] = {}
        made_up: dict[object, int] = {}
        for position, alias in zip(checked, found, strict=True):
            said = checked[position]
            if isinstance(alias, Failure):
                refused[position] = _of_identifier(alias)
                continue
            number = alias
            if alias == NOT_YET:
                number = made_up.setdefault(items[position].identifier, -1 - len(made_up))
            keys[position] = PointKey(number, said.entry.at, said.mark)
        return keys, refused


class _Batch:
    """Entries of one call, by position: what is new of them, and what its person has not."""

    def __init__(self, given: Mapping[int, tuple[PointKey, CheckedPoints]]) -> None:
        self.given = given
        self.added: dict[PointKey, CheckedPoints] = {}

    async def judge(self, session: AsyncSession, *, dry_run: bool) -> dict[int, Failure]:
        """Why some are refused; the others are in `added`, unless they are stored already."""
        aliases = {key.alias for key, _ in self.given.values()}
        persons = await storage.find_aliases(session, {each for each in aliases if each > 0})
        stored = await storage.find_entries(session, persons)
        refused: dict[int, Failure] = {}
        new: dict[int, dict[PointKey, int]] = defaultdict(dict)
        for position, (key, _) in self.given.items():
            if key.alias > 0 and key.alias not in persons:
                message = "this customer was erased meanwhile"
                refused[position] = Invalid(message, reason="ERASED", field=["identifier"])
                continue
            person = persons.get(key.alias, key.alias)
            if key not in stored.get(person, ()):
                new[person].setdefault(key, position)
        for person, keys in new.items():
            if dry_run:
                self.added |= {key: self.given[position][1] for key, position in keys.items()}
                continue
            ledger = Ledger(list(stored.get(person, {}).values()))
            refused |= self._take(ledger, keys)
        return refused

    def _take(self, ledger: Ledger, keys: Mapping[PointKey, int]) -> dict[int, Failure]:
        kept = ledger.take([self.given[position][1].entry for position in keys.values()])
        refused: dict[int, Failure] = {}
        for (key, position), is_kept in zip(keys.items(), kept, strict=True):
            if is_kept:
                self.added[key] = self.given[position][1]
            else:
                refused |= {p: too_few() for p, (other, _) in self.given.items() if other == key}
        return refused


def _outcome(added: set[PointKey], key: PointKey | None, refusal: Failure | None) -> ItemOutcome:
    """Of several equal entries the first was stored."""
    if refusal is not None:
        return ItemOutcome(refusal=refusal)
    is_new = key in added
    if key is not None:
        added.discard(key)
    return ItemOutcome(is_changed=is_new)


def _of_identifier(failure: Failure) -> Failure:
    field = ["identifier", *failure.field[1:]]
    return type(failure)(failure.message, reason=failure.reason, field=field)
