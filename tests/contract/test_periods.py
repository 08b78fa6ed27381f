"""Tests that meet a real clock do not ask for a period that ends some day soon: on that day they would fail."""

import re
from collections.abc import Iterator
from pathlib import Path

REAL_CLOCKS = ("path", "security", "bench", "faults", "judges", "support", "web")
END = re.compile(r"""\bto\b["']?\s*[:=]\s*["']?(20(?:2[7-9]|[3-9]\d))-""")


def ending_soon(text: str) -> list[str]:
    """Years of ends of periods that are still to come, and will."""
    return END.findall(text)


def files() -> Iterator[Path]:
    for folder in REAL_CLOCKS:
        yield from Path("tests", folder).rglob("*.py")


def test_no_period_of_a_test_with_a_real_clock_ends_some_day_soon() -> None:
    found = {str(path): years for path in files() if (years := ending_soon(path.read_text()))}

    assert found == {}


def test_such_an_end_is_found() -> None:
    for text in ('to: "2027-01-01"', '"to": "2031-12-31"', "from=2026-01-01&to=2028-01-01"):
        assert len(ending_soon(text)) == 1
    for text in ('to: "2026-07-01"', '"to": "2120-01-01"', 'from: "2027-01-01"'):
        assert ending_soon(text) == []
