"""Pages go back through time in ever longer looks, and stop when that takes long."""

from datetime import UTC, datetime, timedelta

from services.survey.reading.domain import ReadingPlace
from services.survey.reading.looking import look_back
from services.survey.reading.storage import ReadRow

UNTIL = datetime(2026, 6, 1, tzinfo=UTC)
PLENTY = 60.0
SINCE = UNTIL - timedelta(days=1_000)


def given(days_ago: int) -> ReadRow:
    at = UNTIL - timedelta(days=days_ago)
    return ReadRow(f"{days_ago}", "v", "d", 0, None, None, None, None, None, at, b"", 0, None, {})


class Store:
    """Rows of these days, and what was looked at."""

    def __init__(self, *days_ago: int) -> None:
        self.rows = [given(days) for days in sorted(days_ago)]
        self.looks: list[tuple[datetime, datetime]] = []

    async def fetch(self, days: tuple[datetime, datetime], first: int) -> list[ReadRow]:
        self.looks.append(days)
        return [row for row in self.rows if days[0] <= row.occurred_at < days[1]][:first]


async def test_looks_join_without_gap_or_overlap_and_double() -> None:
    store = Store(1, 3, 900)

    page = await look_back(store.fetch, (SINCE, UNTIL), None, 10, PLENTY)

    assert [row.id for row in page.rows] == ["1", "3", "900"]
    assert (page.next, page.looked_back_to) == (None, None)
    assert [a for a, _ in store.looks[:-1]] == [b for _, b in store.looks[1:]]
    assert (store.looks[0][1], store.looks[-1][0]) == (UNTIL, SINCE)
    assert len(store.looks) == 10  # 1 + 2 + ... + 512 days


async def test_a_full_page_says_where_the_next_one_begins() -> None:
    store = Store(1, 2, 3)

    page = await look_back(store.fetch, (SINCE, UNTIL), None, 2, PLENTY)

    assert [row.id for row in page.rows] == ["1", "2"]
    assert page.next == page.rows[-1].place
    assert len(store.looks) == 2  # of one day, and of the two before


async def test_a_look_that_took_long_is_the_last_and_the_next_page_goes_on_there() -> None:
    store = Store(1, 900)

    page = await look_back(store.fetch, (SINCE, UNTIL), None, 10, seconds=0)
    following = await look_back(store.fetch, (SINCE, UNTIL), page.next, 10, PLENTY)

    day_before = UNTIL - timedelta(days=1)
    assert [row.id for row in page.rows] == ["1"]
    assert page.next == ReadingPlace(day_before, None)
    assert page.looked_back_to == day_before
    assert [row.id for row in following.rows] == ["900"]


async def test_nothing_is_asked_of_a_period_that_has_not_begun() -> None:
    store = Store(1)

    page = await look_back(store.fetch, (UNTIL, SINCE), None, 10, PLENTY)

    assert (page.rows, page.next, store.looks) == ([], None, [])
