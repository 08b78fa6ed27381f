"""Employees: stints by days or by tenure."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from infra.local.problem import Problem
from tests.unit.local.importing import Importer, Outcome
from tests.unit.local.organisation import Organisation

TENURE = """
[defaults]
department = "root"
observed_on = 2020-01-01
[columns]
tenure_months = "months"
left = "left"
"""
DAYS = """
[columns]
id = "id"
department = "dept"
started_on = "from"
left_on = "to"
[format]
dates = ["%d/%m/%Y"]
"""


@pytest.fixture
def organisation() -> Organisation:
    return Organisation()


@pytest.fixture
def load(tmp_path: Path, organisation: Organisation) -> Importer:
    return Importer(tmp_path, organisation)


def days(load: Importer, *rows: str) -> Outcome:
    return load("employees", DAYS, "id,dept,from,to\n" + "\n".join(rows))


def test_tenure_is_counted_back_from_the_day_of_observation(
    load: Importer, organisation: Organisation
) -> None:
    outcome = load("employees", TENURE, "months,left\n12,1\n7.030800821,no\n0,FALSE\n")

    assert outcome.stored == 3
    leaver, stayer, newcomer = organisation.stints.values()
    assert leaver["startedOn"] == str(date(2020, 1, 1) - timedelta(days=round(12 * 30.4375)))
    assert leaver["leftOn"] == "2020-01-01"
    assert stayer["startedOn"] == "2019-06-01"
    assert "leftOn" not in stayer
    assert newcomer["startedOn"] == "2020-01-01"


def test_rows_without_ids_are_employees_and_stay_the_same_ones(
    load: Importer, organisation: Organisation
) -> None:
    content = "months,left\n12,1\n12,1\n"
    load("employees", TENURE, content)

    outcome = load("employees", TENURE, content)

    assert (outcome.stored, outcome.already) == (0, 2)
    assert len({key for key, _ in organisation.stints}) == 2


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("-1,1", "months", "NOT_A_NUMBER"),
        ("nan,1", "months", "NOT_A_NUMBER"),
        ("1_0,1", "months", "NOT_A_NUMBER"),
        ('"7,5",1', "months", "NOT_A_NUMBER"),
        ("1e99,1", "months", "NOT_A_NUMBER"),
        (",1", "months", "CELL_EMPTY"),
        ("5,maybe", "left", "NOT_A_FLAG"),
        ("5,", "left", "CELL_EMPTY"),
        ("0.01,1", "months", "STINT_EMPTY"),
    ],
)
def test_bad_tenures_are_errors_of_their_rows(
    load: Importer, row: str, column: str, reason: str
) -> None:
    outcome = load("employees", TENURE, f"months,left\n{row}\n5,yes\n")

    assert [line[:3] for line in outcome.report] == [["2", column, reason]]
    assert outcome.stored == 1


def test_stints_are_days(load: Importer, organisation: Organisation) -> None:
    outcome = days(load, "e1,root,01/02/2020,01/03/2020", "e1,root,01/03/2020,")

    assert outcome.stored == 2
    assert [(s["startedOn"], s.get("leftOn")) for s in organisation.stints.values()] == [
        ("2020-02-01", "2020-03-01"),
        ("2020-03-01", None),
    ]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("e1,root,2020-01-01,", "from", "DATE_UNREADABLE"),
        ("e1,root,,", "from", "CELL_EMPTY"),
        ("e1,root,01/02/2020,01/02/2020", "to", "STINT_EMPTY"),
        ("e1,root,01/02/2020,x", "to", "DATE_UNREADABLE"),
        (",root,01/02/2020,", "id", "CELL_EMPTY"),
        ("e1,,01/02/2020,", "dept", "CELL_EMPTY"),
        ("e1,nowhere,01/02/2020,", "dept", "UNKNOWN_DEPARTMENT"),
    ],
)
def test_bad_stints_are_errors_of_their_rows(
    load: Importer, row: str, column: str, reason: str
) -> None:
    assert [line[:3] for line in days(load, row).report] == [["2", column, reason]]


def test_a_day_of_observation_that_is_none_stops_everything(load: Importer) -> None:
    mapping = TENURE.replace("2020-01-01", '"1 Jan"')

    with pytest.raises(Problem, match=r'\[defaults\] observed_on: "1 Jan" fits none'):
        load("employees", mapping, "months,left\n5,1\n")
