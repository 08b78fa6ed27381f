"""What holds of a person, by what its aliases said and since when they are one."""

from datetime import UTC, datetime, timedelta

import pytest

from services.kit.errors import Invalid
from services.profile.consents.domain.statements import (
    ConsentItem,
    ConsentStatus,
    check_consent,
)
from services.profile.consents.domain.verdicts import Membership, Said, judge
from services.profile.customers.domain.identifiers import Identifier

GIVEN, REFUSED, WITHDRAWN = ConsentStatus.GIVEN, ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN
A, B, C = 1, 2, 3
START = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def said(alias: int, status: ConsentStatus, on: int, until: int | None = None) -> Said:
    return Said(alias, "MARKETING", status, day(on), day(on), None if until is None else day(until))


def allowed(moves: list[tuple[int, int, int]], *statements: Said, now: int = 100) -> bool:
    """`moves`: alias, day, person."""
    membership = Membership((alias, day(on), person) for alias, on, person in moves)
    (verdict,) = judge(statements, membership, day(now))
    return verdict.is_allowed


NEW = [(A, 0, A), (B, 0, B), (C, 0, C)]
JOINED = [*NEW, (B, 10, A)]


def test_of_one_given_and_one_withdrawn_nothing_is_allowed_once_they_are_joined() -> None:
    given, withdrawn = said(A, GIVEN, 5), said(B, WITHDRAWN, 3)

    assert not allowed(JOINED, given, withdrawn)
    assert not allowed(JOINED, said(A, GIVEN, 3), said(B, WITHDRAWN, 5))
    assert allowed(JOINED, given)
    assert allowed(JOINED, given, said(B, GIVEN, 4))


def test_what_is_said_after_the_merge_holds_for_the_person() -> None:
    before = (said(A, GIVEN, 5), said(B, WITHDRAWN, 3))

    assert allowed(JOINED, *before, said(A, GIVEN, 11))
    assert not allowed(JOINED, *before, said(A, GIVEN, 11), said(B, WITHDRAWN, 12))
    assert allowed(JOINED, *before, said(B, WITHDRAWN, 11), said(A, GIVEN, 12))


def test_an_alias_that_said_nothing_changes_nothing() -> None:
    moves = [*JOINED, (C, 20, A)]

    assert allowed(moves, said(B, WITHDRAWN, 3), said(A, GIVEN, 11))
    assert not allowed(moves, said(B, WITHDRAWN, 3), said(A, GIVEN, 11), said(C, REFUSED, 4))


def test_who_is_parted_has_what_was_said_under_its_own_aliases() -> None:
    """What A allowed for both is not B's any more: the caller names the statements of B alone."""
    moves = [*JOINED, (B, 20, B)]

    assert not allowed(moves, said(B, WITHDRAWN, 3))
    assert allowed(moves, said(A, GIVEN, 11))


def test_the_last_word_counts_and_a_no_wins_a_tie() -> None:
    assert allowed(NEW, said(A, WITHDRAWN, 3), said(A, GIVEN, 5))
    assert not allowed(NEW, said(A, GIVEN, 5), said(A, WITHDRAWN, 5))
    assert not allowed(NEW, said(A, WITHDRAWN, 5), said(A, GIVEN, 5))


def test_consent_ends_on_its_day() -> None:
    assert allowed(NEW, said(A, GIVEN, 5, until=50), now=49)
    assert not allowed(NEW, said(A, GIVEN, 5, until=50), now=50)


def test_a_time_ahead_is_not_after_what_is_said_until_then() -> None:
    ahead = Said(A, "MARKETING", GIVEN, day(11), day(10))

    assert not allowed(NEW, ahead, Said(A, "MARKETING", WITHDRAWN, day(10), day(10)))


def test_what_was_said_before_an_alias_was_known_counts_for_it_alone() -> None:
    both_later = [(A, 10, A), (B, 10, B), (B, 10, A)]

    assert not allowed(both_later, said(B, WITHDRAWN, 3), said(A, GIVEN, 5))
    assert allowed(both_later, said(B, WITHDRAWN, 3), said(A, GIVEN, 10))


def test_purposes_are_judged_each_by_itself_and_named_where_aliases_differ() -> None:
    membership = Membership((alias, day(on), person) for alias, on, person in JOINED)
    other = Said(A, "PHONE_CALLS", GIVEN, day(4), day(4))

    marketing, calls = judge(
        [said(A, GIVEN, 5), said(B, WITHDRAWN, 3), other], membership, day(100)
    )

    assert (marketing.is_allowed, marketing.is_divided, marketing.latest.at) == (
        False,
        True,
        day(5),
    )
    assert (calls.purpose, calls.is_allowed, calls.is_divided) == ("PHONE_CALLS", True, False)


@pytest.mark.parametrize(
    ("changed", "reason", "field"),
    [
        ({"purpose": "marketing"}, "PURPOSE", "purpose"),
        ({"wording": ""}, "NO_WORDING", "wording"),
        ({"wording": " \u200b"}, "NO_WORDING", "wording"),
        ({"wording": "a" * 4_001}, "TOO_LONG", "wording"),
        ({"at": day(102)}, "DAYS", "at"),
        ({"until": day(5)}, "DAYS", "until"),
        ({"status": WITHDRAWN, "until": day(9)}, "DAYS", "until"),
        ({"given_for": "two\nlines"}, "TOO_LONG", "given_for"),
        ({"channel": "c" * 51}, "TOO_LONG", "channel"),
        ({"source": "s" * 101}, "TOO_LONG", "source"),
        ({"id": "i" * 201}, "TOO_LONG", "id"),
    ],
)
def test_a_bad_statement_is_refused_with_its_field(
    changed: dict[str, object], reason: str, field: str
) -> None:
    good = {"purpose": "MARKETING", "status": GIVEN, "at": day(5), "wording": "yes"}
    item = ConsentItem(Identifier("EMAIL", "a@b.example"), **{**good, **changed})  # type: ignore[arg-type]

    with pytest.raises(Invalid) as refused:
        check_consent(item, day(100))

    assert (refused.value.reason, list(refused.value.field)) == (reason, [field])


def test_a_statement_is_known_by_what_it_says_or_by_its_id() -> None:
    def mark(**changed: object) -> int:
        good = {"purpose": "MARKETING", "status": GIVEN, "at": day(5), "wording": "yes"}
        item = ConsentItem(Identifier("EMAIL", "a@b.example"), **{**good, **changed})  # type: ignore[arg-type]
        return check_consent(item, day(100)).mark

    assert mark() == mark(source="shop")
    assert len({mark(), mark(wording="no"), mark(channel="WEB"), mark(given_for="10 %")}) == 4
    assert mark(id="7", source="shop") == mark(id="7", source="shop", wording="other")
    assert mark(id="7", source="shop") != mark(id="7", source="till")
