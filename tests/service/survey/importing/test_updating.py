"""Imports that update: what is stored with other answers is corrected, signed, audited and counted."""

import pytest

from cxm.survey.v1 import surveys_pb2
from services.kit.rights.access import Grant, Role
from tests.service.survey.support.corrections import correct, standing, withdraw
from tests.service.survey.support.running import QUESTIONS, SurveyService, score
from tests.support.audit import deeds
from tests.support.builders import id_of

MAPPING = """
[columns]
id = "number"
department = "dept"
occurred_at = "day"
customer = "client"
channel = "via"
[defaults]
survey = "relationship"
[answers.recommend]
column = "score"
[answers.why]
column = "why"
"""
HEAD = "number,dept,day,client,via,score,why\n"
FIRST = (
    "1,care,2026-03-01,c1,EMAIL,9,quick",
    "2,care,2026-03-01,c2,EMAIL,3,slow",
    "3,care,2026-03-02,,,,only words",
    "4,sales,2026-03-02,,,0,",
)
CHANGED = {1: FIRST[1].replace(",3,", ",4,"), 2: FIRST[2].replace("only", "other")}


def file(changes: dict[int, str] | None = None) -> str:
    rows = [(changes or {}).get(place, row) for place, row in enumerate(FIRST)]
    return HEAD + "\n".join(rows)


async def test_answers_that_differ_are_corrected_and_what_is_equal_is_not(
    survey: SurveyService,
) -> None:
    await survey.load(MAPPING, file())
    before = len(await deeds(survey.database))

    conflict = await survey.load(MAPPING, file(CHANGED))
    foreseen = await survey.load(MAPPING, file(CHANGED), update=True, dry_run=True)
    assert [line[2] for line in conflict.report] == ["ID_CONFLICT"] * 2
    assert len(await survey.facts()) == 4, "neither has changed anything"
    outcome = await survey.load(MAPPING, file(CHANGED), update=True)
    again = await survey.load(MAPPING, file(CHANGED), update=True)
    back = await survey.load(MAPPING, file(), update=True, role=Role.ANALYST)

    assert foreseen == outcome
    assert (outcome.stored, outcome.corrected, outcome.already, outcome.refused) == (0, 2, 2, 0)
    assert (again.corrected, again.already) == (0, 4)
    assert (back.corrected, back.already) == (2, 2)
    facts = await survey.facts()
    assert [fact.sign for fact in facts[4:]] == [-1, 1, -1, 1]
    scores = sorted(fact.answers[0].score for fact in facts[:4] if fact.answers)
    assert sorted(f.answers[0].score for f in facts[4:]) == [3, 3, 4, 4]
    assert len(standing(facts)) == 4
    assert scores == [0, 3, 9]
    corrected = [e for e in (await deeds(survey.database))[before:] if "corrected" in e.deed]
    roles = [entry.actor.grant.role for entry in corrected if entry.actor.grant]
    assert roles == [Role.ADMIN] * 2 + [Role.ANALYST] * 2
    assert all(len(entry.ids) == 1 and entry.keys == ("relationship",) for entry in corrected)


@pytest.mark.parametrize(
    ("place", "old", "new", "column"),
    [
        (0, "care", "sales", "dept"),
        (0, "2026-03-01", "2026-03-03", "day"),
        (0, "c1", "c9", "client"),
        (0, "EMAIL", "PHONE", "via"),
    ],
)
async def test_what_was_frozen_is_refused_by_name_whatever_the_answers_say(
    survey: SurveyService, place: int, old: str, new: str, column: str
) -> None:
    await survey.load(MAPPING, file())
    changed = FIRST[place].replace(old, new)

    same_answers = await survey.load(MAPPING, file({place: changed}), update=True)
    others = file({place: changed.replace(",9,", ",8,")})
    other_answers = await survey.load(MAPPING, others, update=True)

    for outcome in (same_answers, other_answers):
        assert [line[:3] for line in outcome.report] == [["2", column, "FROZEN"]]
        assert (outcome.corrected, outcome.already) == (0, 3)
    assert len(await survey.facts()) == 4


async def test_integration_corrects_the_rows_of_its_own_subject_and_no_others(
    survey: SurveyService,
) -> None:
    mine = survey.identities.granted("survey", "mine", Grant(Role.INTEGRATION))
    others = survey.identities.granted("survey", "others", Grant(Role.INTEGRATION))
    await survey.load(MAPPING, HEAD + "\n".join(FIRST[:2]), metadata=mine)
    await survey.load(MAPPING, HEAD + "\n".join(FIRST[2:]), metadata=others)
    changes = {place: row.replace(",3,", ",5,") for place, row in enumerate(FIRST)}
    changes[2], changes[3] = CHANGED[2], FIRST[3].replace(",0,", ",1,")

    foreseen = await survey.load(MAPPING, file(changes), metadata=mine, update=True, dry_run=True)
    outcome = await survey.load(MAPPING, file(changes), metadata=mine, update=True)
    refused = await survey.load(MAPPING, HEAD + "\n".join(FIRST[:2]), metadata=others, update=True)
    by_analyst = await survey.load(MAPPING, file(changes), role=Role.ANALYST, update=True)

    assert foreseen == outcome
    assert (outcome.corrected, outcome.already) == (1, 1)
    assert [line[:3] for line in outcome.report] == [
        ["4", "number", "NOT_YOUR_ROW"],
        ["5", "number", "NOT_YOUR_ROW"],
    ]
    assert [line[2] for line in refused.report] == ["NOT_YOUR_ROW"]
    assert (by_analyst.corrected, by_analyst.refused) == (2, 0)


async def test_a_grant_for_a_department_corrects_nothing_elsewhere(survey: SurveyService) -> None:
    await survey.load(MAPPING, HEAD + FIRST[0])
    analyst = survey.bearer(Role.ANALYST, "sales")
    row = FIRST[0].replace("care", "shop").replace(",9,", ",8,")

    outcome = await survey.load(MAPPING, HEAD + row, metadata=analyst, update=True)

    assert [line[2] for line in outcome.report] == ["NOT_YOUR_ROW"]
    (fact,) = await survey.facts()
    assert fact.department_id == id_of("care")


async def test_what_was_withdrawn_stays_so_and_what_was_corrected_otherwise_until_the_file_changes(
    survey: SurveyService,
) -> None:
    admin = survey.bearer(Role.ADMIN)
    await survey.load(MAPPING, HEAD + "\n".join(FIRST[:2]))
    ids = {fact.answers[0].score: fact.response_id for fact in await survey.facts()}
    await withdraw(survey, ids[9], metadata=admin)
    await correct(survey, ids[3], score(7), metadata=admin)

    unchanged = await survey.load(MAPPING, HEAD + "\n".join(FIRST[:2]), update=True)
    changed = HEAD + FIRST[0].replace(",9,", ",1,") + "\n" + CHANGED[1]
    outcome = await survey.load(MAPPING, changed, update=True)

    assert (unchanged.corrected, unchanged.already) == (0, 2)
    assert (outcome.corrected, outcome.already) == (1, 1)
    last = (await survey.facts())[-1]
    assert (last.response_id, last.answers[0].score, last.sign) == (ids[3], 4, 1)


async def test_of_an_id_whose_rows_differ_the_first_holds_in_every_run(
    survey: SurveyService,
) -> None:
    twice = file() + "\n" + CHANGED[1] + "\n" + FIRST[0]

    runs = [await survey.load(MAPPING, twice, update=True) for _ in range(3)]

    assert [(run.stored, run.corrected, run.already) for run in runs] == [
        (4, 0, 1),
        (0, 0, 5),
        (0, 0, 5),
    ]
    assert [[line[:3] for line in run.report] for run in runs] == [
        [["6", "number", "ID_TWICE"]]
    ] * 3


async def test_a_response_answers_the_version_it_was_given_to(survey: SurveyService) -> None:
    """The control is the new row, which the new version takes."""
    mapping = '[defaults]\nsurvey = "pulse"\ndepartment = "care"\n[columns]\nid = "id"\n'
    mapping += '[answers.recommend]\ncolumn = "score"\n'
    await survey.create("pulse")
    await survey.load(mapping, "id,score\n1,9\n")
    more = surveys_pb2.Question(key="more", kind=surveys_pb2.QUESTION_KIND_CSAT, text="More?")
    request = surveys_pb2.UpdateSurveyRequest(
        key="pulse", questions=surveys_pb2.QuestionList(questions=[*QUESTIONS, more])
    )
    await survey.surveys.UpdateSurvey(request, metadata=survey.bearer(Role.ADMIN))
    mapping += '[answers.more]\ncolumn = "more"\n'

    outcome = await survey.load(mapping, "id,score,more\n1,9,5\n2,9,5\n", update=True)

    assert outcome.stored == 1
    assert [line[:3] for line in outcome.report] == [["2", "more", "UNKNOWN_QUESTION"]]
