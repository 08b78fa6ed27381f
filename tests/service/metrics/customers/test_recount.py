"""Every number of customers equals a plain recount: merges, late facts, returns, erasures, moves, both trees."""

import random
from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from cxm.metrics.v1 import scores_pb2 as pb
from services.kit import clock
from services.kit.clock import day_date
from services.kit.events.consumer import Delivery
from services.kit.events.streams import PERSONS_CHANGED
from services.metrics.customers.compaction import PurchaseCompactor
from services.metrics.customers.events import copy_persons, record_purchases
from services.metrics.customers.log import PurchaseLog
from services.metrics.customers.packing import read_block
from services.metrics.domain.periods import Period, period_before
from tests.service.metrics.conftest import Metrics, Replica
from tests.service.metrics.support.shopping import AFTER, FIRST, Bought, Shopping, envelopes, walk
from tests.support.builders import id_of, make_department

MOVED = date(2025, 3, 20)
PARENT = {"a": "root", "b": "root", "a1": "a", "a2": "a", "b1": "b"}
"""As it was; a2 hangs under b since MOVED."""
ALIASES = 40


def line(department: str, day: date) -> list[str]:
    """The department and those above it on a day."""
    found = [department]
    while found[-1] != "root":
        name = found[-1]
        found.append("b" if name == "a2" and day >= MOVED else PARENT[name])
    return found


async def hear(replica: Replica, deliveries: Iterable[Delivery]) -> None:
    """As the consumers do, in batches of one durable each."""

    async def silent(_: object) -> None:
        """Nobody listens."""

    log = PurchaseLog(replica.database.pool, replica.dictionary, clock.now)
    found = list(deliveries)
    persons = [each for each in found if each.subject == PERSONS_CHANGED]
    purchases = [each for each in found if each.subject != PERSONS_CHANGED]
    if persons:
        await copy_persons(replica.database.pool, silent)(persons)
    if purchases:
        await record_purchases(log, silent)(purchases)


async def fill(metrics: Metrics) -> None:
    await metrics.fill(
        [
            *(make_department(key, parent) for key, parent in PARENT.items() if key != "a2"),
            make_department("a2", "a", [(MOVED, "b")]),
        ]
    )


async def told_in_any_order(metrics: Metrics, world: Shopping) -> None:
    """Shuffled, some of it twice, compacted in between, and by two replicas."""
    replicas = [metrics.replica, await metrics.new_replica()]
    compactor = PurchaseCompactor(metrics.replica.database.pool)
    told = world.dice.sample(world.told, len(world.told))
    told += world.dice.sample(told, len(told) // 4)
    for start in range(0, len(told), 7):
        await hear(world.dice.choice(replicas), told[start : start + 7])
        if world.dice.random() < 0.4:
            await compactor.sweep()


def here(world: Shopping, asked: str, scope: pb.Scope, period: Period) -> list[Bought]:
    """The facts of a period in a department, as a scope reads it."""
    today = AFTER + timedelta(300)
    found = []
    for fact in world.facts:
        if not day_date(period.from_day) <= fact.day < day_date(period.to_day):
            continue
        if scope.filter.HasField("channel") and fact.channel != scope.filter.channel:
            continue
        reads_day = fact.day if scope.tree == pb.TREE_READING_AS_IT_WAS else today
        above = line(fact.department, reads_day) if scope.include_subtree else [fact.department]
        if asked in above:
            found.append(fact)
    return found


def expected(world: Shopping, asked: str, scope: pb.Scope) -> dict[str, tuple[int, float | None]]:
    """(base, value) by metric; None below the minimum base."""
    period = Period(scope.from_day, scope.to_day)
    now = world.count(here(world, asked, scope, period))
    before = world.count(here(world, asked, scope, period_before(period)))
    orders, were = now.orders, len(before.buyers)
    ever_before, ever, heard = (
        world.count(here(world, asked, scope, Period(*days))).buyers
        for days in (
            (0, period.from_day),
            (0, period.to_day),
            (period.to_day - 91, period.to_day),
        )
    )
    again = len(before.buyers & now.buyers)
    return {
        "sales": (orders, now.cents / 100 if orders else None),
        "orders": (orders, orders or None),
        "buyers": (orders, len(now.buyers) if orders else None),
        "averageBasket": (orders, now.cents / orders / 100 if orders >= 10 else None),
        "returnsShare": (orders, now.returned / now.cents if orders else None),
        "retentionRate": (were, again / were if were >= 10 else None),
        "churnRate": (were, 1 - again / were if were >= 10 else None),
        "newCustomers": (len(now.buyers), len(now.buyers - ever_before) if now.buyers else None),
        "silentShare": (len(ever), len(ever - heard) / len(ever) if len(ever) >= 10 else None),
    }


def scopes(dice: random.Random) -> Iterable[tuple[str, pb.Scope]]:
    """Whole months, and any days; both trees; alone and with all below; with a filter and without."""
    for _ in range(40):
        start = FIRST + timedelta(dice.randrange(120))
        end = start + timedelta(dice.randrange(1, 60))
        if dice.random() < 0.5:
            start, end = date(2025, dice.randint(2, 4), 1), date(2025, dice.randint(5, 7), 1)
        scope = pb.Scope(
            from_day=clock.day_number(start),
            to_day=clock.day_number(end),
            include_subtree=dice.random() < 0.8,
            tree=dice.choice([pb.TREE_READING_TODAY, pb.TREE_READING_AS_IT_WAS]),
        )
        if dice.random() < 0.3:
            scope.filter.channel = dice.choice(["shop", "web"])
        yield dice.choice(["root", "a", "b", "a1", "a2"]), scope


@pytest.mark.parametrize("seed", range(4))
async def test_every_number_equals_a_plain_recount(metrics: Metrics, seed: int) -> None:
    dice = random.Random(seed)
    await fill(metrics)
    world = walk(dice, ("a", "a1", "a2", "b1"), ALIASES, 60)
    await told_in_any_order(metrics, world)

    asked = list(scopes(dice))
    for department, scope in asked:
        scores = await card(metrics, department, scope)
        for key, (base, value) in expected(world, department, scope).items():
            found = scores[key]
            assert found.base == base, (key, department, scope)
            shown = found.value if found.HasField("value") else None
            assert shown == (None if value is None else pytest.approx(value)), (key, department)
        churn = scores["churnRate"]
        if churn.HasField("value"):
            assert churn.elsewhere == elsewhere(world, department, scope)


async def card(metrics: Metrics, department: str, scope: pb.Scope) -> dict[str, pb.Score]:
    request = pb.GetScorecardsRequest(
        department_ids=[id_of(department)],
        scope=scope,
        metrics=[
            *("sales", "orders", "buyers", "averageBasket"),
            *("returnsShare", "retentionRate", "churnRate"),
            *("newCustomers", "silentShare"),
        ],
    )
    reply = await metrics.scores.GetScorecards(request, metadata=metrics.bearer())
    return {score.metric: score for score in reply.scorecards[0].scores}


def elsewhere(world: Shopping, asked: str, scope: pb.Scope) -> int:
    """Of the lost, those who bought in a department that does not count here."""
    period = Period(scope.from_day, scope.to_day)
    before = world.count(here(world, asked, scope, period_before(period))).buyers
    now = world.count(here(world, asked, scope, period)).buyers
    unfiltered = pb.Scope()
    unfiltered.CopyFrom(scope)
    unfiltered.ClearField("filter")
    inside = here(world, asked, unfiltered, period)
    days = range(period.from_day, period.to_day)
    others = [
        fact for fact in world.facts if clock.day_number(fact.day) in days and fact not in inside
    ]
    return len((before - now) & world.count(others).buyers)


async def test_customers_do_not_add_up(metrics: Metrics) -> None:
    """A parent is the union of its children's persons. The control: their sum is another number."""
    dice = random.Random(11)
    await fill(metrics)
    world = walk(dice, ("a1", "b1"), ALIASES, 40)
    await hear(metrics.replica, world.told)
    scope = pb.Scope(
        from_day=clock.day_number(date(2025, 4, 1)),
        to_day=clock.day_number(AFTER),
        include_subtree=True,
        tree=pb.TREE_READING_TODAY,
    )

    root, a, b = [await card(metrics, name, scope) for name in ("root", "a", "b")]

    period = Period(scope.from_day, scope.to_day)
    assert root["buyers"].value == len(world.count(here(world, "root", scope, period)).buyers)
    assert root["buyers"].value < a["buyers"].value + b["buyers"].value
    pooled = sum(part["retentionRate"].value * part["retentionRate"].base for part in (a, b))
    pooled /= a["retentionRate"].base + b["retentionRate"].base
    assert root["retentionRate"].value != pytest.approx(pooled)
    assert root["retentionRate"].counts_persons
    assert not root["sales"].counts_persons
    assert root["sales"].value == pytest.approx(a["sales"].value + b["sales"].value)


async def test_groups_of_a_breakdown_are_counted_like_their_departments(metrics: Metrics) -> None:
    """Retention by child equals each child's own, in both trees; by channel it equals the filter."""
    dice = random.Random(5)
    await fill(metrics)
    await hear(metrics.replica, walk(dice, ("a1", "a2", "b1"), ALIASES, 40).told)
    for tree in (pb.TREE_READING_TODAY, pb.TREE_READING_AS_IT_WAS):
        scope = pb.Scope(
            from_day=clock.day_number(date(2025, 4, 1)),
            to_day=clock.day_number(AFTER),
            include_subtree=True,
            tree=tree,
        )
        for dimension in (pb.DIMENSION_CHILD_DEPARTMENT, pb.DIMENSION_CHANNEL):
            reply = await metrics.scores.GetBreakdown(
                pb.GetBreakdownRequest(
                    department_id=id_of("root"),
                    scope=scope,
                    metric="retentionRate",
                    dimension=dimension,
                ),
                metadata=metrics.bearer(),
            )
            shown = {group.key: group.score for group in reply.groups if group.key}
            assert len(shown) == 2
            for key, score in shown.items():
                own = pb.Scope()
                own.CopyFrom(scope)
                if dimension == pb.DIMENSION_CHANNEL:
                    own.filter.channel = key
                asked = "root" if dimension == pb.DIMENSION_CHANNEL else key
                alone = (await card(metrics, asked, own))["retentionRate"]
                assert (score.base, score.value) == (alone.base, alone.value)
                assert not score.HasField("rest")


async def test_an_alias_goes_with_the_newest_word_about_it(metrics: Metrics) -> None:
    """Whatever the order in which the words come; the control: two people are two buyers."""
    await fill(metrics)
    world = Shopping(random.Random(1), ("a1",))
    bought = [Bought(alias, "a1", date(2025, 4, 2), "", 500) for alias in (1, 2)]
    world.facts += bought
    world.tell((fact, 1) for fact in bought)
    await hear(metrics.replica, world.told)
    scope = pb.Scope(from_day=clock.day_number(date(2025, 4, 1)), to_day=clock.day_number(AFTER))
    scope.include_subtree = True

    async def buyers() -> float:
        return (await card(metrics, "root", scope))["buyers"].value

    assert await buyers() == 2
    together, apart = words({2: 1}, 1), words({2: 2}, 2)
    await hear(metrics.replica, [together])
    assert await buyers() == 1
    await hear(metrics.replica, [apart])
    await hear(metrics.replica, [together])
    assert await buyers() == 2
    await hear(metrics.replica, [words({2: 0}, 3)])
    await hear(metrics.replica, [words({2: 1}, 4)])
    assert await buyers() == 2


async def test_a_purchase_before_1970_counts(metrics: Metrics) -> None:
    await fill(metrics)
    world = Shopping(random.Random(1), ("a1",))
    world.facts.append(Bought(7, "a1", date(1952, 2, 3), "", 500))
    world.tell((fact, 1) for fact in world.facts)
    await hear(metrics.replica, world.told)
    scope = pb.Scope(from_day=clock.day_number(date(1952, 1, 1)), to_day=0, include_subtree=True)

    assert (await card(metrics, "root", scope))["sales"].value == 5


def words(moved: dict[int, int], revision: int) -> Delivery:
    world = Shopping(random.Random(0), ())
    world.revision = revision - 1
    world.say(moved)
    return world.told[0]


async def test_what_is_erased_leaves_the_log(metrics: Metrics) -> None:
    """Sales equal to the cent, buyers one fewer; after compaction nothing stored names the alias."""
    await fill(metrics)
    world = Shopping(random.Random(1), ("a1",))
    world.facts += [Bought(alias, "a1", date(2025, 4, 2), "", 100 + alias) for alias in (7, 99_999)]
    world.tell((fact, 1) for fact in world.facts)
    await hear(metrics.replica, world.told)
    pool = metrics.replica.database.pool
    compactor = PurchaseCompactor(pool)
    world.erase(99_999)
    await hear(metrics.replica, world.told[1:])
    for _ in range(2):
        await compactor.sweep()

    scope = pb.Scope(
        from_day=clock.day_number(date(2025, 4, 1)),
        to_day=clock.day_number(AFTER),
        include_subtree=True,
    )
    found = await card(metrics, "root", scope)
    assert found["sales"].value == pytest.approx(1_002.06)
    assert found["buyers"].value == 1
    assert await pool.fetchval("SELECT count(*) FROM metrics_purchase_journal") == 0
    blocks = await pool.fetch("SELECT purchases FROM metrics_purchase_block")
    assert [read_block(row[0])["alias"].tolist() for row in blocks] == [[0, 7]]


async def test_a_new_generation_voids_what_was_counted_before(metrics: Metrics) -> None:
    """Everything is announced again; what was under way of the generation before counts no more, whoever brings it."""
    await fill(metrics)
    other = await metrics.new_replica()
    world = walk(random.Random(3), ("a1", "b1"), ALIASES, 20)
    late = world.told[-3:]
    await hear(metrics.replica, world.told[:-3])
    await PurchaseCompactor(metrics.replica.database.pool).sweep()
    scope = pb.Scope(
        from_day=clock.day_number(FIRST), to_day=clock.day_number(AFTER), include_subtree=True
    )
    await card(metrics, "root", scope)

    again = envelopes((fact.told(1) for fact in world.facts), generation=2)
    for replica, told in ((other, again), (metrics.replica, late), (other, again)):
        await hear(replica, told)

    for key, (base, value) in expected(world, "root", scope).items():
        found = (await card(metrics, "root", scope))[key]
        assert found.base == base
        assert (found.value if found.HasField("value") else None) == (
            None if value is None else pytest.approx(value)
        )
