"""Files of employees have fields of their own."""

from pathlib import Path

import pytest

from services.employee_exp.employment.importing import EMPLOYEES
from services.kit.imports.mapping import read_mapping
from services.kit.imports.sections import MappingInvalid

STAFF = '[columns]\ndepartment = "d"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[columns]\nid = "i"', '[columns]: "department" is missing'),
        (STAFF, '"started_on" is missing (or "tenure_months" and "left")'),
        (STAFF + 'left = "l"', '"tenure_months" and "left" are needed together'),
        (STAFF + 'left = "l"\ntenure_months = "t"', '[defaults]: "observed_on" is missing'),
        (
            STAFF + 'left = "l"\nstarted_on = "s"',
            "started_on cannot be used together with left",
        ),
        (
            STAFF + 'started_on = "s"\nleft_on = "l"\nlast_day = "d"',
            "last_day cannot be used together with left_on",
        ),
        (
            STAFF + 'tenure_months = "m"\ntenure_years = "y"\nleft = "l"',
            "tenure_years cannot be used together with tenure_months",
        ),
        (STAFF + 'last_day = "d"', '"started_on" is missing'),
        (STAFF + 'tenure_years = "y"', '"tenure_years" and "left" are needed together'),
        (
            "[defaults]\nobserved_on = 2020-01-01\n" + STAFF + 'started_on = "s"',
            "[defaults] observed_on: belongs to tenure_months",
        ),
    ],
)
def test_fields_that_do_not_go_together_are_refused(text: str, message: str) -> None:
    with pytest.raises(MappingInvalid) as caught:
        read_mapping(text, EMPLOYEES)

    assert message in str(caught.value)


def test_the_example_mapping_is_good() -> None:
    assert read_mapping(
        Path("infra/mappings/employee_turnover.toml").read_text(), EMPLOYEES
    ).columns
