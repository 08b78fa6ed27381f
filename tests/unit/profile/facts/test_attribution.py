"""How a fact is known, and whom it counts for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.kit.clock import day_number
from services.kit.errors import Denied, Invalid
from services.kit.rights.access import Grant, Role, Viewer
from services.kit.rights.tree import History, Term, Touchpoint, Tree
from services.profile.facts.attributing import record_scope
from services.profile.facts.domain import (
    Attribution,
    Dimensions,
    Occurrence,
    attribute,
    check_at,
    mark,
)
from tests.unit.support.trees import make_chain

AT = datetime(2026, 5, 4, 21, 30, tzinfo=UTC)
MOVES_ON = day_number(datetime(2026, 5, 5, tzinfo=UTC).date())
TILL = Touchpoint(
    "till",
    "till",
    "Till",
    1,
    "SHOP",
    History((Term("riga", "purchase", None, MOVES_ON), Term("liepaja", "loyalty", MOVES_ON, None))),
)
TREE = replace(
    make_chain({"root": None, "riga": "root", "liepaja": "root"}), touchpoints={"till": TILL}
)


def attributed(place: Occurrence, *grants: Grant, tree: Tree = TREE) -> Attribution:
    viewer = Viewer("shop", grants or (Grant(Role.INTEGRATION),))
    return attribute(place, record_scope(viewer, tree))


def test_a_mark_is_the_first_8_bytes_of_the_hash_of_source_and_id() -> None:
    assert mark("shop", "17") == -8275698960079724007
    assert all(-(2**63) <= mark("shop", str(each)) < 2**63 for each in range(1000))


def test_a_fact_counts_for_the_owner_of_its_touchpoint_on_its_local_day() -> None:
    riga = replace(TREE, zone=ZoneInfo("Europe/Riga"))

    of_utc = attributed(Occurrence(AT, touchpoint="till"))
    of_riga = attributed(Occurrence(AT, touchpoint="till"), tree=riga)

    assert of_utc == Attribution("riga", MOVES_ON - 1, Dimensions("till", "purchase", "SHOP"))
    assert of_riga == Attribution("liepaja", MOVES_ON, Dimensions("till", "loyalty", "SHOP"))


def test_what_is_sent_comes_before_what_the_touchpoint_says() -> None:
    sent = Occurrence(AT, "liepaja", "till", "PHONE")

    assert attributed(sent) == Attribution(
        "liepaja", MOVES_ON - 1, Dimensions("till", "purchase", "PHONE")
    )
    plain = attributed(Occurrence(AT, "riga"))
    assert plain.dimensions == Dimensions(None, None, None)


@pytest.mark.parametrize(
    ("place", "reason", "field"),
    [
        (Occurrence(AT), "DEPARTMENT_REQUIRED", "department"),
        (Occurrence(AT, "narnia"), "UNKNOWN_DEPARTMENT", "department"),
        (Occurrence(AT, "riga", "door"), "UNKNOWN_TOUCHPOINT", "touchpoint"),
        (Occurrence(AT, "riga", channel="x" * 65), "CHANNEL", "channel"),
    ],
)
def test_a_place_that_is_none_is_refused(place: Occurrence, reason: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        attributed(place)

    assert (refused.value.reason, refused.value.field) == (reason, (field,))


def test_what_the_sender_may_not_see_looks_absent() -> None:
    own = Grant(Role.INTEGRATION, "liepaja")

    for place in (Occurrence(AT, "riga"), Occurrence(AT, "riga", "till")):
        with pytest.raises(Invalid, match="there is no such"):
            attributed(place, own)
    with pytest.raises(Denied):
        attributed(Occurrence(AT, "riga"), Grant(Role.DEPARTMENT_HEAD, "riga"))


def test_a_fact_of_the_day_after_tomorrow_is_refused() -> None:
    check_at(AT, AT - timedelta(days=1))
    for at in (AT, datetime(1949, 12, 31, tzinfo=UTC)):
        with pytest.raises(Invalid, match="between 1950 and a day from now"):
            check_at(at, AT - timedelta(days=1, seconds=1))
