"""Rows that stand for fewer responses than before: the surplus is withdrawn, or the row refused."""

from collections import Counter

import pytest

from services.kit.rights.access import Grant, Role
from tests.service.survey.support.imports import survey as survey  # the fixture
from tests.service.survey.support.running import SurveyService

COUNTED = """
[defaults]
survey = "pulse"
department = "care"
[columns]
id = "nr"
count = "n"
[answers.overall]
column = "good"
kind = "CSAT"
share = [5, 1]
[create]
survey = true
"""
HEAD = "nr,n,good\n"
COLUMN_OF_COUNT = "n"


async def scores(survey: SurveyService) -> Counter[int]:
    """Of what stands after all corrections and withdrawals."""
    found: Counter[int] = Counter()
    for fact in await survey.facts():
        found[fact.answers[0].score] += fact.sign
    return +found


async def stored(survey: SurveyService) -> tuple[int, int]:
    """Responses that stand, and those that were withdrawn."""
    rows = await survey.database.fetch(
        "SELECT count(*) FILTER (WHERE withdrawn_at IS NULL), count(withdrawn_at) FROM survey_response"
    )
    return tuple(rows[0])


async def test_an_update_withdraws_what_is_more_than_the_count(survey: SurveyService) -> None:
    """More than one transaction of them; the control is the row whose count stays."""
    await survey.load(COUNTED, HEAD + "1,2600,50 %\n2,3,100%\n3,4,0%\n")
    smaller = HEAD + "1,100,60 %\n2,3,100%\n3,0,0%\n"

    foreseen = await survey.load(COUNTED, smaller, update=True, dry_run=True)
    assert await stored(survey) == (2607, 0)
    outcome = await survey.load(COUNTED, smaller, update=True, role=Role.ANALYST)
    again = await survey.load(COUNTED, smaller, update=True)

    assert foreseen == outcome
    assert (outcome.stored, outcome.corrected, outcome.already, outcome.refused) == (0, 2, 1, 0)
    assert outcome.remarks == {"SURPLUS_WITHDRAWN": 2504, "RESPONSES_COUNTED": 103}
    assert (again.corrected, again.remarks) == (0, {"RESPONSES_COUNTED": 103, "COUNT_OF_NONE": 1})
    assert await scores(survey) == {5: 60 + 3, 1: 40}
    assert await stored(survey) == (103, 2504)
    written = await survey.database.fetch(
        "SELECT role, count(*) FROM audit_entry WHERE deed = 'response_withdrawn' GROUP BY role"
    )
    assert [tuple(row) for row in written] == [("analyst", 2504)]


async def test_a_count_that_grows_again_has_new_responses(survey: SurveyService) -> None:
    """What was withdrawn does not come back, and the row stands for as many as it says."""
    counts = (10, 4, 7, 7, 2, 12)
    standing = []
    for count in counts:
        await survey.load(COUNTED, HEAD + f"1,{count},50 %\n", update=True)
        standing.append((await stored(survey))[0])
        found = await scores(survey)
        assert sum(found.values()) == count
        assert found[5] == (count + 1) // 2

    assert standing == list(counts)
    plain = await survey.load(COUNTED, HEAD + "1,12,50 %\n")
    assert (plain.already, plain.refused) == (1, 0)


async def test_without_update_a_smaller_count_is_refused_and_nothing_changes(
    survey: SurveyService,
) -> None:
    await survey.load(COUNTED, HEAD + "1,10,50 %\n2,5,0%\n")
    smaller = HEAD + "1,9,50 %\n2,5,0%\n"

    foreseen = await survey.load(COUNTED, smaller, dry_run=True)
    outcome = await survey.load(COUNTED, smaller)

    assert foreseen == outcome
    assert [line[:3] for line in outcome.report] == [["2", COLUMN_OF_COUNT, "COUNT_SMALLER"]]
    assert (outcome.already, await stored(survey)) == (1, (15, 0))


async def test_rows_without_ids_are_refused_too(survey: SurveyService) -> None:
    mapping = COUNTED.replace('id = "nr"\n', 'segment = "who"\n').replace("share = [5, 1]\n", "")
    await survey.load(mapping, "who,n,good\nyoung,4,5\n")

    outcome = await survey.load(mapping, "who,n,good\nyoung,3,5\n")

    assert [line[2] for line in outcome.report] == ["COUNT_SMALLER"]


async def test_what_was_withdrawn_is_not_said_to_count(survey: SurveyService) -> None:
    """It stays withdrawn where the import does not update; the control is a row of which nothing was."""
    await survey.load(COUNTED, HEAD + "1,10,100%\n2,3,100%\n")
    await survey.load(COUNTED, HEAD + "1,6,100%\n2,3,100%\n", update=True)

    fewer = await survey.load(COUNTED, HEAD + "1,8,100%\n2,3,100%\n")
    assert (fewer.already, fewer.remarks) == (2, {"STAYS_WITHDRAWN": 2, "RESPONSES_COUNTED": 6 + 3})
    more = await survey.load(COUNTED, HEAD + "1,12,100%\n2,3,100%\n")

    assert (more.stored, more.remarks) == (1, {"STAYS_WITHDRAWN": 4, "RESPONSES_COUNTED": 8 + 3})
    assert await stored(survey) == (8 + 3, 4)


@pytest.mark.parametrize("update", [False, True])
async def test_a_dry_run_does_not_tell_what_others_imported_out_of_sight(
    survey: SurveyService, update: bool
) -> None:
    """A count of 0 stores nothing, so nobody would hear of the question. The control is who sees the department."""
    await survey.load(COUNTED, HEAD + "1,10,50 %\n")
    asked = HEAD + "1,0,50 %\n2,0,50 %\n"
    elsewhere = survey.identities.granted("survey", "elsewhere", Grant(Role.INTEGRATION, "sales"))
    there = survey.identities.granted("survey", "there", Grant(Role.INTEGRATION, "care"))
    told = "NOT_YOUR_ROW" if update else "COUNT_SMALLER"

    seen = await survey.load(COUNTED, asked, metadata=there, dry_run=True, update=update)
    unseen = await survey.load(
        COUNTED.replace("care", "sales"), asked, metadata=elsewhere, dry_run=True, update=update
    )

    assert [line[2] for line in seen.report] == [told]
    assert (unseen.left_out, unseen.refused) == (2, 0)


async def test_only_who_may_correct_a_row_withdraws_of_it(survey: SurveyService) -> None:
    mine = survey.identities.granted("survey", "mine", Grant(Role.INTEGRATION))
    others = survey.identities.granted("survey", "others", Grant(Role.INTEGRATION))
    await survey.load(COUNTED, HEAD + "1,10,50 %\n", metadata=mine)
    await survey.load(COUNTED, HEAD + "2,10,50 %\n", metadata=others)
    smaller = HEAD + "1,6,50 %\n2,6,50 %\n"

    foreseen = await survey.load(COUNTED, smaller, metadata=mine, update=True, dry_run=True)
    outcome = await survey.load(COUNTED, smaller, metadata=mine, update=True)

    assert foreseen == outcome
    assert [line[:3] for line in outcome.report] == [["3", "nr", "NOT_YOUR_ROW"]]
    assert (outcome.corrected, await stored(survey)) == (1, (16, 4))
