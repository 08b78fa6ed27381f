"""Imports that are taken back: what they stored leaves the scores, and nothing else does."""

from collections import Counter

import grpc
import pytest

from cxm.survey.v1 import import_pb2 as pb
from services.kit.db.database import Pool
from services.kit.errors import Denied, NotFound
from services.kit.rights.access import Grant, Role
from services.kit.rpc.servicing import Metadata
from services.kit.rpc.status import from_rpc
from services.survey.importing.records import storage, taking_back
from services.survey.importing.records.storage import StoredCount, count_stored
from services.survey.responses.domain.ids import row_id
from tests.service.support.import_call import failure
from tests.service.survey.support.corrections import correct, standing
from tests.service.survey.support.invitations import invite
from tests.service.survey.support.running import SurveyService, make_submission, score

MAPPING = """
[columns]
id = "number"
department = "dept"
invitation = "token"
[defaults]
survey = "relationship"
[answers.recommend]
column = "score"
[answers.why]
column = "why"
"""
HEAD = "number,dept,token,score,why\n"
ROWS = "1,care,,9,quick\n2,care,,3,slow\n3,sales,,7,\n"


async def listed(survey: SurveyService, who: Metadata) -> list[pb.Import]:
    reply = await survey.response_import.ListImports(pb.ListImportsRequest(first=100), metadata=who)
    return list(reply.imports)


async def take_back(
    survey: SurveyService, id_: str, who: Metadata, *, dry_run: bool = False
) -> pb.TakeBackImportResponse:
    request = pb.TakeBackImportRequest(id=id_, dry_run=dry_run)
    try:
        return await survey.response_import.TakeBackImport(request, metadata=who)
    except grpc.aio.AioRpcError as error:
        raise from_rpc(error) from error


def stays(reply: pb.TakeBackImportResponse) -> dict[str, int]:
    return {each.reason: each.responses for each in reply.stays}


async def standing_responses(survey: SurveyService) -> int:
    return sum(standing(await survey.facts()).values())


async def withdrawn(survey: SurveyService) -> int:
    rows = await survey.database.fetch("SELECT count(withdrawn_at) FROM survey_response")
    return int(rows[0][0])


async def test_what_an_import_stored_is_withdrawn_and_nothing_else(survey: SurveyService) -> None:
    admin = survey.bearer(Role.ADMIN)
    (token,) = await invite(survey, survey="relationship", count=1)
    await survey.submit(make_submission(score(5)))
    await survey.load(MAPPING, HEAD + "8,care,,1,\n")
    await survey.load(MAPPING, HEAD + ROWS + f"4,care,{token},6,\n5,nowhere,,6,\n8,care,,1,\n")
    imported, other = await listed(survey, admin)

    foreseen = await take_back(survey, imported.id, admin, dry_run=True)
    assert (await standing_responses(survey), await withdrawn(survey)) == (6, 0)
    done = await take_back(survey, imported.id, admin)
    again = await take_back(survey, imported.id, admin)

    counts = (imported.rows, imported.stored, imported.already_stored, imported.refused)
    assert counts == (6, 4, 1, 1)
    assert (imported.state, imported.file_name) == (pb.IMPORT_STATE_DONE, "file.csv")
    assert (foreseen.withdrawn, foreseen.remaining, done.withdrawn) == (4, 0, 4)
    assert (done.remaining, again.withdrawn, stays(again)) == (0, 0, {})
    assert done.taken_back.state == pb.IMPORT_STATE_TAKEN_BACK
    assert (await standing_responses(survey), await withdrawn(survey)) == (2, 4)
    assert await survey.database.fetch("SELECT FROM survey_verbatim") == []
    spent = await survey.database.fetch("SELECT customer_ref FROM survey_invitation")
    assert [row[0] for row in spent] == [None]
    assert [each.state for each in await listed(survey, admin)] == [
        pb.IMPORT_STATE_TAKEN_BACK,
        other.state,
    ]


async def test_it_is_in_the_audit_log_once_with_each_response(survey: SurveyService) -> None:
    admin = survey.bearer(Role.ADMIN)
    await survey.load(MAPPING, HEAD + ROWS)
    (imported,) = await listed(survey, admin)
    await take_back(survey, imported.id, admin)
    await take_back(survey, imported.id, admin)

    rows = await survey.database.fetch("SELECT deed, ids, keys FROM audit_entry")
    found = Counter(row[0] for row in rows)
    assert (found["import_taken_back"], found["response_withdrawn"]) == (1, 3)
    (begun,) = [row for row in rows if row[0] == "import_taken_back"]
    assert (list(begun[1]), list(begun[2])) == ([imported.id], ["relationship"])


async def test_what_was_corrected_since_stays(survey: SurveyService) -> None:
    """By a person, and by another import; words alone count too."""
    admin = survey.bearer(Role.ADMIN)
    await survey.load(MAPPING, HEAD + ROWS)
    first = (await listed(survey, admin))[0]
    key = survey.intake.judging.customer_key
    rows = await survey.database.fetch(
        "SELECT r.id::text FROM survey_response r JOIN survey_verbatim v ON v.response_id = r.id WHERE v.text = 'quick'"
    )
    await correct(survey, row_id(key, rows[0][0]), score(8), metadata=admin)
    await survey.load(MAPPING, HEAD + ROWS.splitlines()[1].replace("slow", "late"), update=True)
    second = (await listed(survey, admin))[0]

    foreseen = await take_back(survey, first.id, admin, dry_run=True)
    done = await take_back(survey, first.id, admin)
    other = await take_back(survey, second.id, admin)

    assert (foreseen.withdrawn, stays(foreseen)) == (1, {"CORRECTED_SINCE": 2})
    assert (done.withdrawn, stays(done)) == (1, {"CORRECTED_SINCE": 2})
    assert (other.withdrawn, stays(other)) == (0, {"CORRECTED_BY_IMPORT": 1})
    assert await standing_responses(survey) == 2


async def test_an_import_of_another_looks_absent(survey: SurveyService) -> None:
    mine = survey.identities.granted("survey", "mine", Grant(Role.INTEGRATION))
    others = survey.identities.granted("survey", "others", Grant(Role.ANALYST))
    await survey.load(MAPPING, HEAD + ROWS, metadata=mine)
    (imported,) = await listed(survey, mine)

    assert await listed(survey, others) == []
    refused = []
    for id_ in (imported.id, "0199f5a8-7c1e-7000-8000-0000000000aa", "no id"):
        error = await failure(take_back(survey, id_, others))
        assert isinstance(error, NotFound)
        refused.append((error.reason, error.message))
    assert set(refused) == {("UNKNOWN_IMPORT", taking_back.UNKNOWN)}
    head = survey.bearer(Role.DEPARTMENT_HEAD, "care")
    assert isinstance(await failure(take_back(survey, imported.id, head)), Denied)
    assert (await take_back(survey, imported.id, mine)).withdrawn == 3


async def test_who_imported_takes_back_only_where_they_may_still_submit(
    survey: SurveyService,
) -> None:
    before = survey.identities.granted("survey", "mine", Grant(Role.INTEGRATION))
    today = survey.identities.granted("survey", "mine", Grant(Role.INTEGRATION, "care"))
    await survey.load(MAPPING, HEAD + ROWS, metadata=before)
    (imported,) = await listed(survey, today)

    foreseen = await take_back(survey, imported.id, today, dry_run=True)
    done = await take_back(survey, imported.id, today)
    rest = await take_back(survey, imported.id, survey.bearer(Role.ADMIN))

    assert (foreseen.withdrawn, stays(foreseen)) == (2, {"NOT_YOUR_DEPARTMENT": 1})
    assert (done.withdrawn, stays(done)) == (2, {"NOT_YOUR_DEPARTMENT": 1})
    assert (rest.withdrawn, stays(rest)) == (1, {})


async def test_one_that_was_stopped_goes_on_when_it_is_asked_again(
    survey: SurveyService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call does one transaction here, and what it did not do the next one does. It counts once, but for the last."""
    monkeypatch.setattr(taking_back, "WORK_SECONDS", 0.0)
    counts = 0

    async def count(pool: Pool, number: int) -> list[StoredCount]:
        nonlocal counts
        counts += 1
        return await count_stored(pool, number)

    monkeypatch.setattr(storage, "count_stored", count)
    counted = MAPPING.replace('invitation = "token"', 'count = "token"').partition("[answers.why]")
    admin = survey.bearer(Role.ADMIN)
    await survey.load(counted[0], HEAD + "1,care,2500,9,\n")
    (imported,) = await listed(survey, admin)

    replies = [await take_back(survey, imported.id, admin) for _ in range(3)]

    assert [(each.withdrawn, each.remaining) for each in replies] == [
        (1000, 1500),
        (1000, 500),
        (500, 0),
    ]
    states = [each.taken_back.state for each in replies]
    assert states == [pb.IMPORT_STATE_DONE] * 2 + [pb.IMPORT_STATE_TAKEN_BACK]
    assert await standing_responses(survey) == 0
    assert counts == 2 + 2


async def test_one_that_goes_on_is_refused_until_it_is_silent(survey: SurveyService) -> None:
    admin = survey.bearer(Role.ADMIN)
    await survey.load(MAPPING, HEAD + ROWS)
    (imported,) = await listed(survey, admin)
    pool = survey.database.pool
    await pool.execute("UPDATE survey_import SET state = 'RUNNING'")

    error = await failure(take_back(survey, imported.id, admin))
    await pool.execute("UPDATE survey_import SET heard_at = now() - interval '3 minutes'")
    (cut,) = await listed(survey, admin)
    done = await take_back(survey, imported.id, admin)

    assert error.reason == "IMPORT_RUNNING"
    assert cut.state == pb.IMPORT_STATE_CUT
    assert done.withdrawn == 3


@pytest.mark.parametrize("state", ["CUT", "RUNNING"])
async def test_one_that_was_cut_is_listed_with_all_that_it_stored(
    survey: SurveyService, state: str
) -> None:
    """Batches that were on their way are stored after its last note."""
    admin = survey.bearer(Role.ADMIN)
    await survey.load(MAPPING, HEAD + ROWS)
    pool = survey.database.pool
    cut = "UPDATE survey_import SET state = $1, stored = 1, heard_at = now() - interval '3 minutes'"
    await pool.execute(cut, state)

    (imported,) = await listed(survey, admin)
    foreseen = await take_back(survey, imported.id, admin, dry_run=True)
    done = await take_back(survey, imported.id, admin)
    (after,) = await listed(survey, admin)

    assert (imported.state, imported.stored) == (pb.IMPORT_STATE_CUT, 3)
    assert (foreseen.withdrawn, done.withdrawn) == (3, 3)
    assert (after.state, after.stored) == (pb.IMPORT_STATE_TAKEN_BACK, 3)


async def test_what_is_stored_after_somebody_looked_is_counted_too(survey: SurveyService) -> None:
    """Until batches cannot be on their way any more; from then on it is not counted again."""
    admin = survey.bearer(Role.ADMIN)
    pool = survey.database.pool
    await survey.load(MAPPING, HEAD + ROWS)
    await pool.execute("UPDATE survey_import SET state = 'CUT', stored = 1")

    async def stored(beside: str) -> int:
        await pool.execute(f"UPDATE survey_import SET {beside}")
        return (await listed(survey, admin))[0].stored

    assert await stored("stored = 1") == 3
    assert await stored("stored = 2") == 3
    long_ago = "heard_at = now() - interval '3 minutes', counted_at = now() - interval '2 minutes'"
    assert await stored(f"stored = 2, {long_ago}") == 3
    assert await stored("stored = 2") == 2


async def test_rows_that_stand_for_many_are_not_counted_as_responses(survey: SurveyService) -> None:
    counted = MAPPING.replace('invitation = "token"', 'count = "token"').partition("[answers.why]")
    await survey.load(counted[0], HEAD + "1,care,25,9,\n")
    await survey.database.pool.execute("UPDATE survey_import SET state = 'CUT'")

    (imported,) = await listed(survey, survey.bearer(Role.ADMIN))

    assert (imported.state, imported.stored) == (pb.IMPORT_STATE_CUT, 1)


async def test_a_dry_run_is_not_listed(survey: SurveyService) -> None:
    await survey.load(MAPPING, HEAD + ROWS, dry_run=True)

    assert await listed(survey, survey.bearer(Role.ADMIN)) == []


@pytest.mark.parametrize("dry_run", [True, False])
async def test_rows_that_were_taken_back_stay_so_and_an_import_says_so(
    survey: SurveyService, dry_run: bool
) -> None:
    """To who could withdraw them. The control are the rows under other ids."""
    integration = survey.bearer(Role.INTEGRATION)
    await survey.load(MAPPING, HEAD + ROWS)
    (imported,) = await listed(survey, survey.bearer(Role.ADMIN))
    await take_back(survey, imported.id, survey.bearer(Role.ADMIN))

    again = await survey.load(MAPPING, HEAD + ROWS, dry_run=dry_run)
    others = await survey.load(MAPPING, HEAD + ROWS, dry_run=dry_run, metadata=integration)
    mended = await survey.load(MAPPING, HEAD + "11,care,,9,quick\n", dry_run=dry_run)

    assert (again.stored, again.already) == (0, 3)
    assert again.remarks == {"STAYS_WITHDRAWN": 3}
    assert (others.already, others.remarks) == (3, {})
    assert (mended.stored, mended.remarks) == (1, {})
