"""The walk of the pages finds numbers that no row has, and rows that no page shows; rounded they are the same."""

from tests.attack.doors.pages import Cell, file_cells, missing_numbers, wrong_numbers
from tests.attack.doors.truth import Truth

TRUTH = Truth(
    {
        ("north", "", "", "enps"): (12, 25.4, -10.0, 50.0),
        ("north", "", "", "participationRate"): (None, 0.75, None, None),
        ("north", "", "", "heard"): (9, None, None, None),
        ("department-2", "", "", "enps"): (10, 0.0, -20.0, 20.0),
        ("north", "place", "Riga", "enps"): (31, 12.0, 1.0, 23.0),
    },
    {"north": None, "department-2": None},
    {("north", "", "", "enps"): (0.42,)},
)
KEYS = {"Department 2": "department-2", "Department 3": "department-3"}
LEAD = Cell(
    "",
    "",
    "Would recommend working here",
    "+25 | likely \u221210 to +50 | 12 answers | 75% took part | smallest group shown: 5 | 42% would",
)
RATE = Cell("", "", "Took part", "75%")


def wrong(*cells: Cell) -> list[str]:
    return list(wrong_numbers(cells, TRUTH, "north", KEYS))


def test_numbers_of_a_row_as_they_are_rounded_are_right() -> None:
    below = Cell(
        "Department 2", "", "eNPS", "Withheld, counted in Department 7 | 0 | likely -20 to +20"
    )
    few = Cell("", "", "My ideas are heard", "Too few answers in this wave: 9 of the 10 needed.")
    cut = Cell("", "place\tRiga", "Would recommend working here", "+12 | +1 to +23")

    assert wrong(LEAD, RATE, below, few, cut) == []
    assert list(missing_numbers([LEAD, RATE], TRUTH, "north")) == []


def test_a_number_of_no_row_is_found() -> None:
    for cell in (
        Cell("", "", "Would recommend working here", "+26"),
        Cell("", "", "My ideas are heard", "50%"),
        Cell("Department 2", "", "eNPS", "11 answers"),
        Cell("Department 3", "", "eNPS", "4"),
        Cell("", "place\tVilnius", "Would recommend working here", "+12"),
        Cell("", "", "What nobody knows", "1"),
    ):
        assert len(wrong(cell)) == 1, cell


def test_a_row_that_no_page_shows_is_found() -> None:
    assert list(missing_numbers([RATE], TRUTH, "north")) == [
        "north: enps is released and on no page"
    ]


def test_cells_of_files_are_read_as_those_of_pages() -> None:
    questions = "Question,Share,Range,Answers\r\nMy ideas are heard,50%,,9\r\n"
    below = "Department,Took part,eNPS\r\nDepartment 3,,4\r\n"
    trend = "Month,NPS,Would recommend working here\r\nNovember 2026,,+26\r\n"

    found = [
        wrong(*file_cells(f"{name}.csv", text))
        for name, text in (("questions", questions), ("departments", below), ("trend", trend))
    ]

    assert [len(each) for each in found] == [1, 1, 1]
