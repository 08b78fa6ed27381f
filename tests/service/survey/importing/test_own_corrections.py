"""Exports of responses that somebody changed correct what they show, and nothing else."""

import pytest

from services.kit.clock import new_id
from services.kit.rights.access import Grant, Role
from services.survey.responses.domain.ids import row_id
from tests.service.survey.conftest import KEY, OpenSurvey
from tests.service.survey.support.corrections import correct
from tests.service.survey.support.own_exports import (
    Own,
    as_csv,
    counts,
    rows_of,
    said,
)
from tests.service.survey.support.own_exports import own as own
from tests.service.survey.support.running import (
    score,
)


async def test_a_changed_cell_corrects_its_response_and_no_other_answer(own: Own) -> None:
    rows = rows_of(await own.file())
    row = next(row for row in rows if row["answer.why"] == "quick")
    row |= {"answer.recommend": "3", "answer.why": "slow", "answer.overall": "4"}
    rows[rows.index(row) - 1 if rows.index(row) else 1]["answer.colour"] = "red"
    before = len(await own.survey.facts())

    conflict = await own.load(as_csv(rows))
    foreseen = await own.load(as_csv(rows), update=True, dry_run=True)
    outcome = await own.load(as_csv(rows), update=True, role=Role.ANALYST)
    again = await own.load(as_csv(rows), update=True)

    assert [line[1:3] for line in conflict.report] == [["response", "ID_CONFLICT"]] * 2
    assert counts(foreseen) == counts(outcome) == (0, 2, before - 2, 0)
    assert counts(again) == (0, 0, before, 0)
    assert said(rows_of(await own.file())) == said(rows)
    assert len(await own.survey.facts()) == before + 4


async def test_of_rows_that_show_one_response_and_differ_the_first_holds(own: Own) -> None:
    rows = rows_of(await own.file())[:1]
    twice = as_csv([*rows, rows[0] | {"answer.recommend": "4"}, *rows])

    for update in (False, True):
        outcome = await own.load(twice, update=update)
        assert [line[:3] for line in outcome.report] == [["3", "response", "ID_TWICE"]]
        assert (outcome.corrected, outcome.already) == (0, 2)
    changed = rows[0] | {"answer.recommend": "4"}
    assert counts(await own.load(as_csv([changed, changed]), update=True)) == (0, 1, 1, 0)


async def test_a_newer_file_corrects_what_an_older_one_stored_on_another_platform(
    own: Own, open_survey: OpenSurvey
) -> None:
    other, mapping = Own(await open_survey()), await own.mapping()
    rows = rows_of(await own.file())
    await other.load(as_csv(rows), mapping=mapping)
    row = next(row for row in rows if row["answer.why"] == "quick")
    row["answer.recommend"] = "1"

    conflict = await other.load(as_csv(rows), mapping=mapping)
    outcome = await other.load(as_csv(rows), mapping=mapping, update=True)

    assert [line[2] for line in conflict.report] == ["ID_CONFLICT"]
    assert (outcome.stored, outcome.corrected, outcome.refused) == (0, 1, 0)
    assert said(rows_of(await other.file())) == said(rows)


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("department", "shop", "FROZEN"),
        ("occurred_at", "2026-01-05T10:00:00Z", "FROZEN"),
        ("segment", "other", "FROZEN"),
        ("answer.recommend", "11", "SCORE_OUT_OF_RANGE"),
        ("response", "r-1", "RESPONSE_EXPECTED"),
        ("response", "", "CELL_EMPTY"),
    ],
)
async def test_what_cannot_be_changed_is_refused_by_name(
    own: Own, column: str, value: str, reason: str
) -> None:
    rows = sorted(rows_of(await own.file()), key=lambda row: row[column] == value)
    rows[0][column] = value

    outcome = await own.load(as_csv(rows), update=True)

    assert [line[:3] for line in outcome.report] == [["2", column, reason]]
    assert counts(outcome) == (0, 0, len(rows) - 1, 1)


async def test_who_may_only_submit_finds_the_own_rows_and_others_look_absent(own: Own) -> None:
    survey = own.survey
    mine = survey.identities.granted("survey", "mine", Grant(Role.INTEGRATION))
    mapping = '[defaults]\nsurvey = "all"\ndepartment = "care"\n[columns]\nid = "id"\n'
    mapping += '[answers.recommend]\ncolumn = "score"\n'
    await survey.load(mapping, "id,score\n1,1\n2,2\n", metadata=mine)
    rows = rows_of(await own.file())
    strange = rows[0] | {"response": row_id(KEY, new_id())}
    rows = [row | {"answer.recommend": row["answer.recommend"] and "4"} for row in rows]
    before = len(await survey.facts())

    outcome = await own.load(as_csv([*rows, strange]), metadata=mine, update=True)

    assert (outcome.stored, outcome.corrected) == (0, 2)
    told = {tuple(line[1:]) for line in outcome.report}
    assert [line[:2] for line in told] == [("response", "UNKNOWN_RESPONSE")], "all the same"
    assert len(outcome.report) == len(rows) - 2 + 1
    assert len(await survey.facts()) == before + 4


async def test_an_analyst_of_a_department_changes_nothing_elsewhere(own: Own) -> None:
    rows = [row for row in rows_of(await own.file()) if row["department"] == "care"]
    rows = [row for row in rows if not row["touchpoint"]]
    moved = [row | {"department": "sales", "answer.why": "other"} for row in rows]
    analyst = own.survey.bearer(Role.ANALYST, "sales")
    before = await own.survey.facts()

    there = await own.load(as_csv(rows), metadata=analyst, update=True)
    here = await own.load(as_csv(moved[:1]), metadata=analyst, update=True)
    unknown = [moved[0] | {"response": row_id(KEY, new_id())}]
    absent = await own.load(as_csv(unknown), metadata=analyst, update=True)

    assert {line[2] for line in there.report} == {"UNKNOWN_DEPARTMENT"}
    assert counts(here) == counts(absent) == (1, 0, 0, 0), "neither is known to be there"
    assert (await own.survey.facts())[: len(before)] == before


async def test_what_the_mapping_does_not_name_stays(own: Own) -> None:
    mapping = "".join(
        table
        for table in (await own.mapping()).split("\n\n")
        if "answers" not in table or "recommend" in table
    ).replace("[", "\n[")
    rows = rows_of(await own.file())
    row = next(row for row in rows if row["answer.why"] == "quick")
    row["answer.recommend"] = "2"

    outcome = await own.load(as_csv(rows), mapping=mapping, update=True)

    assert (outcome.corrected, outcome.refused) == (1, 0)
    assert said(rows_of(await own.file())) == said(rows)


async def test_a_correction_of_an_export_is_no_new_content_of_the_first_file(own: Own) -> None:
    """The control is the correction by an admin, which keeps what the file said too."""
    mapping = '[defaults]\nsurvey = "all"\ndepartment = "care"\n[columns]\nid = "id"\n'
    mapping += '[answers.recommend]\ncolumn = "score"\n'
    first = "id,score\n1,1\n2,2\n"
    await own.survey.load(mapping, first)
    ids = {fact.answers[0].score: fact.response_id for fact in (await own.survey.facts())[-2:]}
    rows = rows_of(await own.file())
    row = next(row for row in rows if row["response"] == row_id(KEY, ids[1]))
    row["answer.recommend"] = "8"
    await correct(own.survey, ids[2], score(7), metadata=own.survey.bearer(Role.ADMIN))
    await own.load(as_csv([row]), update=True)

    again = await own.survey.load(mapping, first, update=True)

    assert counts(again) == (0, 0, 2, 0)
    shown = {r["response"]: r["answer.recommend"] for r in rows_of(await own.file())}
    assert (shown[row_id(KEY, ids[1])], shown[row_id(KEY, ids[2])]) == ("8", "7")
