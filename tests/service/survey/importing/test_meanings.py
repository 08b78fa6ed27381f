"""Rows without ids are known by what their cells mean, and those stored before by how they were spelt."""

import importlib
import json
from hashlib import sha256

from services.kit.imports.identity import row_name
from services.kit.rights.access import Grant, Role, Viewer
from services.survey.attribution.submission import Answer, Submission
from services.survey.responses.domain.ids import import_id
from tests.service.support.import_call import failure
from tests.service.survey.conftest import KEY, Breaking
from tests.service.survey.support.running import SurveyService

ADMIN = Viewer("admin", (Grant(Role.ADMIN),))

MAPPING = """
[columns]
department = "dept"
occurred_at = "when"
segment = "group"
[defaults]
survey = "relationship"
segment = "all"
[answers.recommend]
column = "score"
[answers.overall]
column = "overall"
values = { Good = 5, Fine = 5, Bad = 1, "?" = "DONT_KNOW" }
[answers.why]
column = "why"
[format]
dates = ["iso", "%d.%m.%Y %H:%M"]
"""
HEAD = "dept,when,group,score,overall,why\n"
ROWS = (
    "care,2026-03-01 10:30,,9,Good,quick",
    "care,2026-03-01 10:30,,9,Good,quick",  # the same again: another response
    "sales,2026-03-02 00:00,b,0,?,",
)
OTHERWISE = (
    "Care,01.03.2026 10:30,all,9.0,Fine,quick",
    "care,2026-03-01T08:30:00Z,,9,Good,quick",
    "sales,2026-03-02 00:00:00,b,00,?,",
)


async def test_the_same_answers_spelt_by_another_program_are_the_same_rows(
    survey: SurveyService,
) -> None:
    """The control are rows that mean something else: another minute, another score."""
    await survey.load(MAPPING, HEAD + "\n".join(ROWS))
    spelt = HEAD + "\n".join(OTHERWISE)

    foreseen = await survey.load(MAPPING, spelt, dry_run=True)
    outcome = await survey.load(MAPPING, spelt)
    others = spelt.replace("01.03.2026 10:30", "01.03.2026 10:31").replace(",00,", ",1,")
    control = await survey.load(MAPPING, others)

    assert foreseen == outcome
    assert (outcome.stored, outcome.already, outcome.report) == (0, 3, [])
    assert (control.stored, control.already) == (2, 1)


def former_id(row: str, ordinal: int) -> str:
    """The id of a row when its name was made of its cells as they stand, in the order of the mapping's names."""
    dept, when, group, scored, overall, why = row.split(",")
    names = {
        "answers.overall": overall,
        "answers.recommend": scored,
        "answers.why": why,
        "columns.department": dept,
        "columns.occurred_at": when,
        "columns.segment": group,
    }
    said = [list(names), list(names.values())]
    encoded = (json.dumps(each, separators=(",", ":")).encode() for each in said)
    digest = sha256(b"".join(encoded)).hexdigest()
    return import_id(KEY, row_name("relationship", f"{digest}:{ordinal}"))


async def import_as_before(survey: SurveyService, row: str, ordinal: int) -> None:
    answers = (Answer("recommend", 9), Answer("overall", 5), Answer("why", "quick"))
    sent = Submission(
        former_id(row, ordinal), "relationship", answers, department="care", segment="all",
        occurred_at="2026-03-01T08:30:00Z", imported=True,
    )  # fmt: skip
    (outcome,) = await survey.intake.accept(ADMIN, [sent])
    assert not outcome.refusals


async def migrate_again(breaking: Breaking) -> None:
    await breaking.execute("DROP TABLE survey_meant_import")
    migration = importlib.import_module("services.survey.migrations.0014_meant_rows")
    for statement in migration.SCRIPT:
        await breaking.execute(statement)


async def test_files_imported_before_are_still_recognised(
    survey: SurveyService, breaking: Breaking
) -> None:
    """What is new in the file is stored once. The control is a former id that was taken too late."""
    for ordinal in range(2):
        await import_as_before(survey, ROWS[ordinal], ordinal)
    await migrate_again(breaking)
    late = ROWS[0].replace("10:30", "10:30:00")
    await import_as_before(survey, late, 0)
    content = HEAD + "\n".join(ROWS)

    runs = [await survey.load(MAPPING, content) for _ in range(2)]
    control = await survey.load(MAPPING, HEAD + late)

    assert [(run.stored, run.already, run.refused) for run in runs] == [(1, 2, 0), (0, 3, 0)]
    assert control.stored == 1


async def test_an_import_that_updates_needs_ids(survey: SurveyService) -> None:
    stopped = await failure(survey.load(MAPPING, HEAD + ROWS[0], update=True))

    assert stopped.reason == "MAPPING_INVALID"
    assert "id" in str(stopped)
