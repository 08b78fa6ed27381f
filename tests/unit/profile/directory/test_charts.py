"""Charts that close departments."""

from itertools import count

from services.kit.rights.access import Grant, Role, Viewer
from services.profile.directory.domain.charts import MOST_CLOSED, upsert_chart, with_changes
from services.profile.directory.domain.departments import DepartmentItem
from tests.unit.support.trees import make_chain

ADMIN = Viewer("admin", (Grant(Role.ADMIN),))
BEYOND = 3


def test_what_closes_too_many_is_refused_and_taken_when_it_is_sent_again() -> None:
    keys = [f"d{number}" for number in range(MOST_CLOSED + BEYOND)]
    tree = make_chain({"root": None, **dict.fromkeys(keys, "root")})
    day = tree.today_number
    items = [DepartmentItem(key, key, "root", day) for key in keys]
    ids = (f"new{number}" for number in count())

    first = upsert_chart(tree, items, ADMIN, lambda: next(ids))
    again = upsert_chart(with_changes(tree, first.departments), items, ADMIN, lambda: next(ids))

    refused = [outcome.refusal.reason for outcome in first.outcomes if outcome.refusal]
    assert refused == ["TOO_MANY_CLOSED"] * BEYOND
    assert [outcome.refusal for outcome in first.outcomes[:MOST_CLOSED]] == [None] * MOST_CLOSED
    assert [outcome.refusal for outcome in again.outcomes] == [None] * len(items)
    assert len(again.departments) >= BEYOND
