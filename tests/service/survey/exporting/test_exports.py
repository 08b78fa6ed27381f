"""Responses as a file: whose they are, what stands in them, and that the database itself keeps others out."""

from datetime import date
from typing import Any

import grpc
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from cxm.survey.v1 import export_pb2 as pb
from cxm.survey.v1 import responses_pb2
from services.kit.clock import day_number, now
from services.kit.rights.access import Role
from services.kit.rights.audit.entries import Deed
from services.survey.exporting import storage as export_storage
from services.survey.responses.domain.ids import row_id
from tests.service.survey.conftest import KEY
from tests.service.survey.support.exports import CHOICES, TODAY, Exports
from tests.service.survey.support.running import make_submission, score, words
from tests.support.audit import deeds
from tests.support.builders import id_of


async def test_every_answer_has_its_place(exports: Exports) -> None:
    submission = make_submission(
        score(9),
        responses_pb2.Answer(question="overall", dont_know=True),
        words("=HYPERLINK(1)"),
        department="shop",
        channel="EMAIL",
        language="lv",
    )
    await exports.survey.submit(submission, metadata=exports.survey.bearer(Role.ADMIN))

    (row,) = await exports.read()

    assert list(row) == [
        "response", "survey", "version", "department", "department_name", "touchpoint", "stage",
        "channel", "segment", "language", "day", "occurred_at", "received_at",
        "answer.recommend", "answer.overall", "answer.why",
        "occurred_at_local", "received_at_local",
    ]  # fmt: skip
    assert row["response"] == row_id(KEY, submission.id)
    assert (row["department"], row["department_name"]) == ("shop", "Shop")
    assert (row["channel"], row["language"], row["segment"]) == ("EMAIL", "lv", "")
    assert (row["answer.recommend"], row["answer.overall"]) == ("9", "DONT_KNOW")
    assert row["answer.why"] == "'=HYPERLINK(1)"
    assert row["received_at"].endswith("Z")


async def test_choices_are_keys_and_options_are_ones_and_zeros(exports: Exports) -> None:
    await exports.survey.create("taste", questions=CHOICES, public=True)
    chosen = responses_pb2.Choices
    await exports.survey.submit(
        make_submission(
            responses_pb2.Answer(question="colour", choices=chosen(options=["blue"])),
            responses_pb2.Answer(question="used", choices=chosen(options=["shop", "web"])),
            survey="taste",
        ),
        make_submission(
            responses_pb2.Answer(question="colour", choices=chosen(options=["red"])), survey="taste"
        ),
    )

    rows = await exports.read(key="taste")

    answers = sorted(tuple(v for k, v in row.items() if k.startswith("answer.")) for row in rows)
    assert answers == [("blue", "1", "0", "1"), ("red", "", "", "")]


async def test_a_head_reads_the_own_subtree_and_nothing_else(exports: Exports) -> None:
    for department in ("sales", "shop", "care"):
        await exports.survey.submit(make_submission(department=department))

    own = await exports.read("sales", role=Role.DEPARTMENT_HEAD, granted="sales")
    with pytest.raises(grpc.aio.AioRpcError) as foreign:
        await exports.read("care", role=Role.DEPARTMENT_HEAD, granted="sales")
    with pytest.raises(grpc.aio.AioRpcError) as absent:
        await exports.read("nowhere", role=Role.DEPARTMENT_HEAD, granted="sales")

    assert {row["department"] for row in own} == {"sales", "shop"}
    assert foreign.value.code() == absent.value.code() == grpc.StatusCode.NOT_FOUND
    assert len(await exports.read(role=Role.ANALYST)) == 3


async def test_integration_reads_no_responses(exports: Exports) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as denied:
        await exports.read(role=Role.INTEGRATION)

    assert denied.value.code() == grpc.StatusCode.PERMISSION_DENIED


async def test_only_the_survey_and_the_days_that_were_asked_for(exports: Exports) -> None:
    await exports.survey.submit(
        make_submission(), make_submission(occurred_at="2026-01-01T12:00:00Z")
    )
    january = day_number(now().date().replace(year=2026, month=1, day=1))

    assert len(await exports.read(days=(january, january + 1))) == 1
    assert await exports.read(days=(january + 1, january + 2)) == []
    assert await exports.read(key="internal", days=(january, TODAY + 2)) == []


async def test_the_last_local_day_of_the_period_is_in_to_its_end_and_the_next_is_not(
    exports: Exports,
) -> None:
    """In Riga, on the day when clocks go forward: it begins at 22:00 and ends at 21:00 of UTC."""
    instants = {
        "2026-03-28T21:59:59.999999Z": 1,  # the day before
        "2026-03-28T22:00:00Z": 2,
        "2026-03-29T20:59:59.999999Z": 3,
        "2026-03-29T21:00:00Z": 4,  # the next one
    }
    await exports.survey.submit(
        *(make_submission(score(n), occurred_at=at) for at, n in instants.items()),
        metadata=exports.survey.bearer(Role.ADMIN),
    )
    last = day_number(date(2026, 3, 29))

    async def scores(first: int, to: int) -> list[str]:
        return sorted(row["answer.recommend"] for row in await exports.read(days=(first, to)))

    assert await scores(last, last + 1) == ["2", "3"]
    assert await scores(last - 1, last + 1) == ["1", "2", "3"]
    assert await scores(last - 1, last + 2) == ["1", "2", "3", "4"], "the control"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"key": "nothing"}, grpc.StatusCode.NOT_FOUND),
        ({"key": ""}, grpc.StatusCode.NOT_FOUND),
        ({"days": (5, 5)}, grpc.StatusCode.INVALID_ARGUMENT),
        ({"days": (-1, 5)}, grpc.StatusCode.INVALID_ARGUMENT),
    ],
)
async def test_what_cannot_be_exported(
    exports: Exports, asked: dict[str, Any], code: grpc.StatusCode
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await exports.read(**asked)

    assert refused.value.code() == code


async def test_the_database_shows_a_reader_only_the_departments_it_names(exports: Exports) -> None:
    """The positive control is the superuser: the rows are there."""
    database = exports.survey.database
    for department in ("shop", "care"):
        await exports.survey.submit(make_submission(score(9), words("mine"), department=department))
    counting = (
        "SELECT (SELECT count(*) FROM survey_response), (SELECT count(*) FROM survey_verbatim)"
    )
    both = text(counting)

    async with database.read() as session:
        nothing_named = (await session.execute(both)).one()
    async with database.read() as session, session.begin():
        await export_storage.show_departments(session, [id_of("shop")])
        one_named = (await session.execute(both)).one()
    async with database.read() as session:
        afterwards = (await session.execute(both)).one()
    all_there = await database.fetchrow(counting)

    assert (*nothing_named, *afterwards) == (0, 0, 0, 0)
    assert tuple(one_named) == (1, 1)
    assert tuple(all_there) == (2, 2)


async def test_a_reader_does_not_see_who_the_customer_is(exports: Exports) -> None:
    async with exports.survey.database.read() as session:
        with pytest.raises(DBAPIError, match="permission denied"):
            await session.execute(text("SELECT customer_ref FROM survey_response"))


async def test_many_responses_come_in_pieces(exports: Exports) -> None:
    submissions = [make_submission(score(n % 11), words("w" * 200)) for n in range(1_000)]
    await exports.survey.submit(*submissions)

    request = pb.ExportResponsesRequest(
        survey="relationship", department="root", from_day=TODAY - 1, to_day=TODAY + 2
    )
    call = exports.stub.ExportResponses(request, metadata=exports.survey.bearer(Role.ADMIN))
    pieces = [piece.data async for piece in call]

    assert len(pieces) > 2
    assert {row["response"] for row in await exports.read()} == {
        row_id(KEY, s.id) for s in submissions
    }


async def test_no_more_than_a_batch_is_held_at_a_time(exports: Exports) -> None:
    await exports.survey.submit(*[make_submission() for _ in range(1_000)])
    database = exports.survey.database
    async with database.read() as session, session.begin():
        await export_storage.show_departments(session, [id_of("sales")])
        rows = await session.execute(text("SELECT DISTINCT version_id FROM survey_response"))
        found = export_storage.responses(
            session, [str(rows.scalar_one())], [id_of("sales")], (TODAY - 1, TODAY + 2)
        )

        sizes = [len(batch) async for batch in found]

    assert sum(sizes) == 1_000
    assert max(sizes) <= export_storage.ROWS_AT_ONCE < 1_000


async def test_an_export_is_on_record_by_the_keys_that_are_stored(exports: Exports) -> None:
    database = exports.survey.database
    for key in ("no-such", "a\0b", "x" * 100):
        with pytest.raises(grpc.aio.AioRpcError, match="no such survey"):
            await exports.read(key=key)
    assert not [entry for entry in await deeds(database) if entry.deed == Deed.RESPONSES_EXPORTED]

    await exports.read("care")

    (entry,) = [entry for entry in await deeds(database) if entry.deed == Deed.RESPONSES_EXPORTED]
    assert entry.keys == ("care", "relationship")
