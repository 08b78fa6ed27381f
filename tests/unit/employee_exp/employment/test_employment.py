"""Which stints go together, and what is a joining and a leaving."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.employee_exp.employment.domain.employment import Stint, settle


def fitting(stints: list[Stint]) -> tuple[Stint, ...]:
    """Those that do not overlap one taken before."""
    kept: dict[int, Stint] = {}
    for stint in stints:
        others = sorted([*kept.values(), stint], key=lambda s: s.started_day)
        clash = any(a.overlaps(b) for a, b in pairwise(others))
        if stint.started_day not in kept and not clash:
            kept[stint.started_day] = stint
    return tuple(kept[day] for day in sorted(kept))


@st.composite
def some_stints(draw: st.DrawFn) -> list[Stint]:
    starts = draw(st.lists(st.integers(0, 20), unique=True, max_size=6))
    lengths = st.none() | st.integers(1, 8)
    stints = []
    for start in starts:
        length = draw(lengths)
        left = None if length is None else start + length
        stints.append(Stint(draw(st.sampled_from("ab")), start, left))
    return stints


def days_of(stints: tuple[Stint, ...]) -> list[int]:
    return [
        d for s in stints for d in range(s.started_day, 40 if s.left_day is None else s.left_day)
    ]


@given(some_stints(), some_stints())
def test_nobody_works_in_two_places_on_one_day_and_nothing_known_is_lost(
    known: list[Stint], wanted: list[Stint]
) -> None:
    before = fitting(known)
    asked = {stint.started_day: stint for stint in wanted}

    settled, refused = settle(before, asked)

    assert len(days_of(settled)) == len(set(days_of(settled)))
    assert [s.started_day for s in settled] == sorted(s.started_day for s in settled)
    assert {s.started_day for s in before} <= {s.started_day for s in settled}
    taken = {day: stint for day, stint in asked.items() if day not in refused}
    assert {s.started_day: s for s in (*before, *taken.values())} == {
        s.started_day: s for s in settled
    }
    assert all(failure.reason == "OVERLAP" for failure in refused.values())


@given(some_stints(), some_stints())
def test_what_fits_is_never_refused(known: list[Stint], wanted: list[Stint]) -> None:
    before = fitting(known)
    asked = {s.started_day: s for s in wanted}
    together = {s.started_day: s for s in before} | asked
    fits = all(a.overlaps(b) is False for a, b in pairwise(together[d] for d in sorted(together)))

    _, refused = settle(before, asked)

    assert bool(refused) is not fits
