"""What is deprecated says when it goes, and is gone by then."""

from datetime import date
from pathlib import Path

from tests.support import releases
from tests.support.deprecations import faults, in_contracts, in_graphql, in_proto

SDL = """
enum Side { LEFT RIGHT @deprecated(reason: "Use LEFT. Goes with 0.3.0, removed after 2027-06-01.") }
input Choice { side: Side @deprecated(reason: "Goes soon.") }
type Query { old(by: Int @deprecated(reason: "Goes with 0.2.0, removed after 2028-01-01.")): Int
  older: Int @deprecated(reason: "Goes with 0.9.0, removed after 2026-12-30.")
  last: Int @deprecated(reason: "Goes with 0.9.0, removed after 2026-12-31.")
  dayless: Int @deprecated(reason: "Goes with 0.9.0, on 2027-12-31.") }
"""
PROTO = """
message Old {
  option deprecated = true; // Goes with 0.3.0, on 2027-06-01: New says it.
  int32 a = 1 [deprecated = true]; // old
  int32 b = 2; // deprecated = true is what the field above says
}
"""


def test_nothing_is_deprecated_for_ever() -> None:
    release = releases.last()

    assert list(faults(in_contracts(), release.version, release.date)) == []


def test_what_goes_at_no_time_or_is_overdue_is_found(tmp_path: Path) -> None:
    (tmp_path / "old.proto").write_text(PROTO)
    found = [*in_graphql(SDL), *in_proto(tmp_path)]

    said = list(faults(found, "0.2.0", date(2026, 12, 31)))

    assert [line.partition(" ")[0] for line in said] == [
        "Choice.side",
        "Query.older",
        "Query.dayless",
        "Query.old(by:)",
        "old.proto:4",
    ]
    assert "says not when" in said[0]
    assert said[1] == "Query.older goes with 0.9.0, on 2026-12-31, and is still there"
    assert len(found) == len(said) + 3
