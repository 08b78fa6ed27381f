"""The walk of the doors finds what it is for: numbers too many, too few, others, and withheld ones that speak."""

from tests.attack.doors.asking import Heard
from tests.attack.doors.attack import mismatches
from tests.attack.doors.truth import Truth

NORTH = ("north", "", "", "enps")
SOUTH = ("south", "", "", "enps")
ROW = (12, 25.0, -10.0, 50.0)
TRUTH = Truth({NORTH: ROW}, {"north": None, "south": "North"})
SEEN = {"north", "south"}


def found(heard: Heard, seen: set[str] = SEEN) -> list[str]:
    return list(mismatches(heard, TRUTH, seen))


def test_the_released_rows_and_where_the_rest_is_counted_are_right() -> None:
    assert found(Heard({NORTH: ROW}, {("south", ""): "North"})) == []


def test_what_is_not_released_or_is_another_number_is_found() -> None:
    assert "released is None" in found(Heard({NORTH: ROW, SOUTH: ROW}))[0]
    assert "released is" in found(Heard({NORTH: (13, *ROW[1:])}))[0]


def test_what_is_released_and_not_shown_is_found() -> None:
    assert "was not shown" in found(Heard())[0]
    assert found(Heard(), set()) == []


def test_what_is_out_of_sight_is_found() -> None:
    assert len(found(Heard({NORTH: ROW}, {("south", ""): "North"}), set())) == 2


def test_a_withheld_department_says_where_it_is_counted_and_no_number() -> None:
    heard = Heard({NORTH: ROW})
    heard.add(
        "results",
        SOUTH,
        {"status": "WITHHELD", "base": 4, "value": None, "interval": None, "countedIn": "East"},
    )

    assert [each.split(" ")[0] for each in found(heard)] == ["results:", "south"]
