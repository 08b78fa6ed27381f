"""What becomes of the secret of a session."""

from datetime import UTC, datetime, timedelta

from services.profile.sessions.domain import (
    OVERLAP,
    REPLACED_EVERY,
    Lifetime,
    Session,
    Use,
    former,
    holds,
    use,
)

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
LIFETIME = Lifetime(timedelta(hours=1), timedelta(hours=12))
SECOND = timedelta(seconds=1)
FRESH = Session(
    id="1",
    subject="oidc:ann",
    grants=None,
    provider_session="",
    sign_in="1",
    hash=b"one",
    previous_hash=None,
    started_at=NOON,
    replaced_at=NOON,
    confirmed_at=None,
    seen_at=NOON,
    ends_at=NOON + LIFETIME.longest,
)
DUE = NOON + REPLACED_EVERY


def test_a_secret_is_replaced_when_it_is_due_and_not_before() -> None:
    early = use(FRESH, b"one", b"two", DUE - SECOND)
    without = use(FRESH, b"one", None, DUE)
    outcome, after = use(FRESH, b"one", b"two", DUE)

    assert (early[0], without[0]) == (Use.HOLDS, Use.HOLDS)
    assert outcome is Use.REPLACED
    assert (after.hash, after.previous_hash, after.confirmed_at) == (b"two", b"one", None)


def test_the_old_secret_holds_until_the_new_one_was_used_and_a_minute_longer() -> None:
    _, replaced = use(FRESH, b"one", b"two", DUE)

    late = use(replaced, b"one", None, DUE + timedelta(minutes=30))  # the new one was lost
    _, confirmed = use(replaced, b"two", None, DUE + SECOND)
    in_time = use(confirmed, b"one", None, DUE + SECOND + OVERLAP)
    stolen = use(confirmed, b"one", None, DUE + 2 * SECOND + OVERLAP)

    assert late[0] is Use.HOLDS
    assert in_time[0] is Use.HOLDS
    assert stolen[0] is Use.STOLEN
    assert not holds(stolen[1], DUE + 2 * SECOND + OVERLAP, LIFETIME)


def test_a_new_secret_that_was_lost_is_made_again() -> None:
    _, replaced = use(FRESH, b"one", b"two", DUE)

    early = use(replaced, b"one", b"three", DUE + OVERLAP - SECOND)
    outcome, after = use(replaced, b"one", b"three", DUE + OVERLAP)

    assert early[0] is Use.HOLDS
    assert outcome is Use.REPLACED
    assert (after.hash, after.previous_hash) == (b"three", b"one")


def test_a_secret_that_was_replaced_twice_is_stolen_at_once() -> None:
    _, once = use(FRESH, b"one", b"two", DUE)
    _, twice = use(once, b"two", b"three", DUE + REPLACED_EVERY)
    _, again = use(once, b"one", b"three", DUE + OVERLAP)  # "two" was lost, or so it seemed

    assert (former(FRESH, once), former(once, twice)) == (set(), {b"one"})
    assert former(once, again) == {b"two"}
    for session, used in ((twice, b"one"), (again, b"two")):
        outcome, after = use(session, used, b"four", DUE + REPLACED_EVERY)
        assert outcome is Use.STOLEN
        assert not holds(after, DUE + REPLACED_EVERY, LIFETIME)


def test_a_session_ends_when_it_is_not_used_and_in_any_case() -> None:
    used = use(FRESH, b"one", None, NOON + timedelta(minutes=59))[1]

    assert holds(FRESH, NOON + timedelta(minutes=59), LIFETIME)
    assert not holds(FRESH, NOON + timedelta(hours=1), LIFETIME)
    assert holds(used, NOON + timedelta(hours=1), LIFETIME)
    always = Lifetime(timedelta(days=9), LIFETIME.longest)
    assert not holds(used, FRESH.ends_at, always)
