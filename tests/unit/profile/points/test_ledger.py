"""A ledger of points, by hand and against every way of spending."""

import random
from datetime import UTC, date, datetime, timedelta
from heapq import heappush
from itertools import permutations
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services.kit.errors import Invalid
from services.profile.customers.domain.identifiers import Identifier
from services.profile.points import domain
from services.profile.points.domain import (
    Ledger,
    PointBalance,
    PointEntry,
    PointItem,
    PointKind,
    balance,
    check_points,
)

START = date(2026, 1, 1)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def day(number: int) -> date:
    return START + timedelta(days=number)


def entry(on: int, points: int, ends: int | None = None) -> PointEntry:
    expires_on = None if ends is None else day(ends)
    return PointEntry(NOON + timedelta(days=on), day(on), points, expires_on)


def test_what_ends_first_is_spent_first() -> None:
    ledger = [entry(0, 100), entry(1, 50, ends=30), entry(2, 40, ends=10), entry(5, -60)]

    assert balance(ledger, day(5)) == PointBalance(130, 30, day(30), 0)
    assert balance(ledger, day(30)) == PointBalance(130, 30, day(30), 0)
    assert balance(ledger, day(31)) == PointBalance(100, 0, None, 0)


def test_what_has_ended_is_spent_by_nobody() -> None:
    ledger = [entry(0, 100, ends=4), entry(5, -10)]

    assert balance(ledger, day(5)) == PointBalance(0, 0, None, 10)
    assert balance([entry(0, 100, ends=5), entry(5, -10)], day(5)).points == 90


def test_what_is_earned_later_does_not_pay_for_what_was_spent_before() -> None:
    assert balance([entry(3, -10), entry(4, 25)], day(9)) == PointBalance(25, 0, None, 10)


def test_nobody_spends_more_than_there_is() -> None:
    ledger = Ledger([entry(0, 100)])

    assert ledger.take([entry(1, -60), entry(2, -60), entry(3, -40)]) == [True, False, True]
    assert ledger.take([entry(4, -1)]) == [False]
    assert ledger.take([entry(6, -5), entry(5, 5)]) == [True, True]


def test_a_late_entry_is_refused_where_a_later_one_has_spent_the_points() -> None:
    ledger = Ledger([entry(0, 100), entry(9, -100)])

    assert ledger.take([entry(5, -1)]) == [False]
    assert ledger.take([entry(5, 1), entry(6, -1)]) == [True, True]


def test_what_is_uncovered_already_hinders_nobody() -> None:
    """As after an unmerge: what was spent of the other's points."""
    ledger = Ledger([entry(0, 10), entry(1, -30), entry(2, 50)])

    assert ledger.take([entry(3, -50), entry(3, -1)]) == [True, False]


def test_a_batch_is_taken_as_one_entry_after_the_other_would_be() -> None:
    source = random.Random(17)
    refused = 0
    for _ in range(1_000):
        made = [
            entry(on := source.randrange(12), source.randrange(1, 9), on + source.randrange(9))
            if source.random() < 0.5
            else entry(source.randrange(12), -source.randrange(1, 6))
            for _ in range(16)
        ]
        kept = [*made[:8], *(each for each in made[8:] if each.points > 0)]
        expected = set()
        for each in sorted((e for e in made[8:] if e.points < 0), key=lambda e: e.at):
            if balance([*kept, each], day(30)).uncovered <= balance(kept, day(30)).uncovered:
                kept.append(each)
                expected.add(id(each))

        taken = Ledger(made[:8]).take(made[8:])

        pairs = zip(made[8:], taken, strict=True)
        assert {id(each) for each, is_kept in pairs if is_kept and each.points < 0} == expected
        refused += taken.count(False)
    assert refused > 1_000


def test_of_many_spendings_none_settles_the_ledger_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger([entry(n % 900, 5 if n % 2 else -5, n % 900 + 30) for n in range(5_000)])
    pushed: list[object] = []

    def counted(heap: list[Any], lot: Any) -> None:
        pushed.append(lot)
        heappush(heap, lot)

    monkeypatch.setattr(domain, "heappush", counted)

    assert not any(ledger.take([entry(950, -1_000_000 - n) for n in range(1_000)]))
    assert len(pushed) <= 2 * 5_000


def covered(ledger: list[PointEntry], order: tuple[int, ...]) -> bool:
    """Whether all that is spent is there when lots are used in a given order."""
    lots = [each for each in ledger if each.points > 0]
    left = [each.points for each in lots]
    for spent in sorted((each for each in ledger if each.points < 0), key=lambda each: each.at):
        needed = -spent.points
        for place in order:
            lot = lots[place]
            if lot.at <= spent.at and (lot.expires_on is None or lot.expires_on >= spent.on):
                taken = min(left[place], needed)
                left[place] -= taken
                needed -= taken
        if needed:
            return False
    return True


def test_no_other_order_covers_more_and_joining_uncovers_nothing() -> None:
    source = random.Random(16)

    def made() -> list[PointEntry]:
        earned = [
            entry(on := source.randrange(10), source.randrange(1, 5), on + source.randrange(8))
            for _ in range(3)
        ]
        return [*earned, *(entry(source.randrange(15), -source.randrange(1, 4)) for _ in range(3))]

    joined = 0
    for _ in range(2_000):
        one, other = made(), made()
        is_covered = balance(one, day(20)).uncovered == 0
        assert is_covered or not any(covered(one, order) for order in permutations(range(3)))
        if is_covered and balance(other, day(20)).uncovered == 0:
            joined += 1
            assert balance([*one, *other], day(20)).uncovered == 0
    assert joined > 10


@pytest.mark.parametrize(
    ("changed", "reason", "field"),
    [
        ({"points": 0}, "POINTS", "points"),
        ({"points": -5}, "POINTS", "points"),
        ({"points": 5, "kind": PointKind.SPENT}, "POINTS", "points"),
        ({"points": 1_000_000_001}, "POINTS", "points"),
        ({"id": " "}, "INVALID_ID", "id"),
        ({"id": "a" * 201}, "INVALID_ID", "id"),
        ({"source": "a" * 101}, "INVALID_SOURCE", "source"),
        ({"at": NOON + timedelta(days=12)}, "DAYS", "at"),
        ({"at": datetime(9999, 12, 31, 23, 30, tzinfo=UTC)}, "DAYS", "at"),
        ({"expires_on": day(0)}, "DAYS", "expires_on"),
        ({"points": -5, "kind": PointKind.CORRECTED, "expires_on": day(9)}, "DAYS", "expires_on"),
    ],
)
def test_a_bad_entry_is_refused_with_its_field(
    changed: dict[str, object], reason: str, field: str
) -> None:
    good = {"id": "7", "at": NOON + timedelta(days=1), "points": 5, "kind": PointKind.EARNED}
    item = PointItem(Identifier("CARD", "1234"), **{**good, **changed})  # type: ignore[arg-type]

    with pytest.raises(Invalid) as refused:
        check_points(item, ZoneInfo("Europe/Riga"), NOON + timedelta(days=10))

    assert (refused.value.reason, list(refused.value.field)) == (reason, [field])
