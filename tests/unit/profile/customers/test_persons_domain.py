"""Joining and parting persons in memory, against the plain rule: a person is what links join."""

import random
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count

from services.profile.customers.domain.merging import LinkFate, Merging, shared_of
from services.profile.customers.domain.persons import (
    MOST_ALIASES,
    Alias,
    Cause,
    ConflictReason,
    LinkReason,
    Pair,
    Persons,
    Refusal,
    pair_of,
    parts,
)

AT = datetime(2026, 5, 4, tzinfo=UTC)
CUSTOMER, EMAIL, CARD, ACCOUNT = 1, 2, 4, 5
UNIQUE = frozenset({CUSTOMER, ACCOUNT})


def persons(kinds: Iterable[int], apart: Iterable[Pair] = ()) -> Persons:
    """Aliases of these kinds, numbered from 1, each a person of its own."""
    aliases = [Alias(number, kind, number, AT) for number, kind in enumerate(kinds, 1)]
    return Persons(aliases, UNIQUE, apart)


def merging(known: Persons, live: Iterable[Pair] = ()) -> Merging:
    ids = count()
    return Merging(known, set(live), {}, "ann", AT, lambda: f"{next(ids):02}")


def said(work: Merging, one: int, other: int) -> LinkFate:
    return work.link(pair_of(one, other), LinkReason.TOGETHER, "")


def test_ending_a_link_of_a_chain_gives_the_published_check_value() -> None:
    known = persons([EMAIL, EMAIL, EMAIL])
    work = merging(known)
    said(work, 1, 2)
    said(work, 2, 3)
    assert known.person_of == {1: 1, 2: 1, 3: 1}

    after = parts([1, 2, 3], [Pair(2, 3)])

    assert after == {1: 1, 2: 2, 3: 2}
    parted = Persons([Alias(n, EMAIL, after[n], AT) for n in after], UNIQUE, [Pair(1, 2)])
    assert parted.refusal(Pair(1, 2)) == Refusal(ConflictReason.APART)
    assert parted.refusal(Pair(1, 3)) == Refusal(ConflictReason.APART)


def test_a_person_is_what_links_join_and_its_number_is_the_least() -> None:
    chance = random.Random(1)
    for _ in range(200):
        size = chance.randint(2, 40)
        pairs = [
            pair_of(*chance.sample(range(1, size + 1), 2)) for _ in range(chance.randint(0, size))
        ]
        known = persons([EMAIL] * size)
        work = merging(known)
        for pair in pairs:
            said(work, *pair)

        assert known.person_of == parts(range(1, size + 1), pairs)
        for number, person in known.person_of.items():
            assert number in known.members[person]
            assert min(known.members[person]) == person


def test_moves_tell_only_of_who_is_elsewhere_than_at_first() -> None:
    known = persons([EMAIL, EMAIL, EMAIL])
    known.add(4, CARD)
    work = merging(known)
    said(work, 2, 4)
    said(work, 2, 3)
    said(work, 1, 2)

    moves = {move.alias: (move.was, move.is_now, move.cause) for move in known.moves()}

    assert moves == {2: (2, 1, Cause.LINKED), 3: (3, 1, Cause.LINKED), 4: (0, 1, Cause.NEW)}


def test_two_values_of_a_unique_kind_do_not_meet_and_one_of_each_do() -> None:
    known = persons([CUSTOMER, EMAIL, CUSTOMER, ACCOUNT])
    work = merging(known)

    assert said(work, 1, 2) is LinkFate.MADE
    assert said(work, 3, 2) is LinkFate.REFUSED
    assert said(work, 3, 2) is LinkFate.KNOWN
    assert said(work, 4, 2) is LinkFate.MADE
    assert said(work, 1, 2) is LinkFate.KNOWN
    assert known.person_of == {1: 1, 2: 1, 3: 3, 4: 1}
    [conflict] = work.refused.values()
    assert (conflict.reason, conflict.kind) == (ConflictReason.UNIQUE, CUSTOMER)


def test_two_that_have_met_by_force_are_no_reason_against_a_third_without_any() -> None:
    known = persons([CUSTOMER, CUSTOMER, EMAIL])
    work = merging(known)
    work.force(Pair(1, 2), "")

    assert said(work, 1, 3) is LinkFate.MADE
    assert work.made[Pair(1, 2)].reason is LinkReason.FORCED


def test_50_aliases_are_joined_and_51_are_not() -> None:
    known = persons([EMAIL] * (MOST_ALIASES + 1))
    work = merging(known)
    fates = [said(work, 1, other) for other in range(2, MOST_ALIASES + 2)]

    assert fates == [LinkFate.MADE] * (MOST_ALIASES - 1) + [LinkFate.REFUSED]
    [conflict] = work.refused.values()
    assert conflict.reason is ConflictReason.TOO_MANY_ALIASES


def test_an_alias_is_shared_from_the_sixth_person_on() -> None:
    known = persons([CARD, *[CUSTOMER] * 9])
    work = merging(known)
    fates = [said(work, 1, customer) for customer in range(2, 11)]

    reasons = [conflict.reason for conflict in work.refused.values()]
    assert reasons == [ConflictReason.UNIQUE] * 4 + [ConflictReason.SHARED]
    assert fates[1:] == [LinkFate.REFUSED] * 5 + [LinkFate.KNOWN] * 3
    assert list(shared_of(work.refused.values(), known.kinds)) == [(1, CUSTOMER)]


def test_what_was_said_to_be_two_persons_may_be_taken_back() -> None:
    known = persons([EMAIL, EMAIL, EMAIL], [Pair(1, 3)])
    work = merging(known)
    said(work, 1, 2)
    assert known.refusal(Pair(2, 3)) == Refusal(ConflictReason.APART)

    assert known.part_no_more(Pair(2, 3)) == {Pair(1, 3)}
    assert known.refusal(Pair(2, 3)) is None
