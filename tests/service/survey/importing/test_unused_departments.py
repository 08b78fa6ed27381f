"""Departments that an import creates on the way, and that no stored row needs."""

import pytest

from tests.service.survey.support.imports import survey as survey  # the fixture
from tests.service.survey.support.running import SurveyService

MAPPING = """
[defaults]
survey = "pulse"
[columns]
id = "nr"
department = "dept"
occurred_at = "day"
[answers.recommend]
column = "score"
kind = "NPS"
[create]
survey = true
departments = true
"""
FUTURE = "2199-01-01"


@pytest.mark.parametrize("ids", [True, False])
async def test_those_of_refused_rows_only_are_named(survey: SurveyService, ids: bool) -> None:
    """The controls are a department with one stored row, and one that was there before."""
    mapping = MAPPING if ids else MAPPING.replace('id = "nr"\n', "")
    rows = [
        f"1,North,{FUTURE},9",
        "2,North,2026-03-01,9",
        f"3,South,{FUTURE},9",
        f"4,South,{FUTURE},8",
        f"5,care,{FUTURE},9",
        "6,West,2026-03-01,11",
    ]
    content = "nr,dept,day,score\n" + "\n".join(rows)

    foreseen = await survey.load(mapping, content, dry_run=True)
    outcome = await survey.load(mapping, content)

    assert foreseen == outcome
    assert (outcome.stored, outcome.refused) == (1, 5)
    assert outcome.departments == ["North", "South"]
    assert outcome.remarks == {"DEPARTMENTS_UNUSED": 1}
