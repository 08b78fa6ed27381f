"""Clients of the last release are answered as before: the public API takes away only what said that it would go."""

from datetime import date

from graphql import build_schema
from graphql.utilities import BreakingChangeType, find_breaking_changes

from tests.support.deprecations import in_graphql
from tests.support.releases import ROOT

RELEASED = ROOT / "proto" / "released" / "schema.graphql"
TODAY = ROOT / "gateway" / "schema.graphql"
BEFORE = """
enum Side { LEFT RIGHT @deprecated(reason: "Goes with 0.3.0, removed after 2026-06-01.") }
input Choice { side: Side, other: Side }
type Gone { a: Int }
type Query { old(by: Int): Int, side(choice: Choice): Side, number: Int
  gone: Gone @deprecated(reason: "Goes with 0.3.0, removed after 2026-06-01.")
  early: Int @deprecated(reason: "Goes with 0.3.0, removed after 2026-06-02.") }
"""
AFTER = """
enum Side { LEFT NEW }
input Choice { side: Side, more: Int }
type Query { old: Int, side(choice: Choice!): Side, number: String, added: Int }
"""


def taken_away(released: str, today: str, day: date) -> list[str]:
    """What breaks clients of the release on a day. A type goes with the last field that gives it, and that is told."""
    changes = find_breaking_changes(build_schema(released), build_schema(today))
    gone = [
        f" {one.place} was removed."
        for one in in_graphql(released)
        if one.goes is not None and one.goes[1] <= day
    ]
    return [
        change.description
        for change in changes
        if change.type is not BreakingChangeType.TYPE_REMOVED
        and not change.description.endswith(tuple(gone))
    ]


def test_clients_of_the_last_release_miss_nothing() -> None:
    assert taken_away(RELEASED.read_text(), TODAY.read_text(), date.today()) == []


def test_what_they_would_miss_is_found_and_what_was_to_go_is_not() -> None:
    assert taken_away(BEFORE, AFTER, date(2026, 6, 2)) == [
        "Field Choice.other was removed.",
        "Field Query.early was removed.",
        "Argument Query.old(by:) was removed.",
        "Argument Query.side(choice:) has changed type from Choice to Choice!.",
        "Field Query.number changed type from Int to String.",
    ]
