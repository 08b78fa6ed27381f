"""Responses as a workbook, and as CSV for a spreadsheet of a country: the rows of CSV."""

import csv
import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import grpc
import openpyxl
import pytest

from cxm.survey.v1 import export_pb2 as pb
from cxm.survey.v1 import responses_pb2
from tests.service.survey.support.exports import Exports
from tests.service.survey.support.running import make_submission, score, words


async def test_a_workbook_has_the_rows_of_csv_with_types(exports: Exports) -> None:
    await exports.survey.submit(
        make_submission(score(9), words("=1+1"), department="shop"),
        make_submission(score(0), responses_pb2.Answer(question="overall", dont_know=True)),
        make_submission(score(5, "overall"), language="lv"),
    )

    file = await exports.file(format=pb.FILE_FORMAT_XLSX)

    header, *rows = openpyxl.load_workbook(io.BytesIO(file)).active.iter_rows(values_only=True)
    expected = {row["response"]: row for row in await exports.read()}
    assert len(rows) == len(expected) > 1
    for row in (dict(zip(header, cells, strict=True)) for cells in rows):
        plain = expected[row["response"]]
        assert list(row) == list(plain)
        assert row["day"] == datetime.combine(date.fromisoformat(plain["day"]), datetime.min.time())
        assert row["received_at_local"] == datetime.fromisoformat(plain["received_at_local"])
        assert str(row["answer.overall"] or "") == plain["answer.overall"]
        assert (row["answer.why"] or "") == plain["answer.why"].removeprefix("'")
        assert isinstance(row["answer.recommend"], int | None)
        assert isinstance(row["answer.overall"], int | str | None)


async def test_times_by_local_clocks_stand_last(exports: Exports) -> None:
    at = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)  # in Riga the night in which clocks go forward
    await exports.survey.submit(
        make_submission(occurred_at="2026-03-28T23:30:00Z"),
        make_submission(occurred_at="2026-03-29T01:30:00Z"),
    )
    day = (at.date() - date(1970, 1, 1)).days

    rows = await exports.read(days=(day, day + 2))

    assert [list(row)[-2:] for row in rows] == [["occurred_at_local", "received_at_local"]] * 2
    assert sorted((row["day"], row["occurred_at_local"]) for row in rows) == [
        ("2026-03-29", "2026-03-29 01:30:00"),
        ("2026-03-29", "2026-03-29 04:30:00"),
    ]
    received = datetime.fromisoformat(rows[0]["received_at"]).astimezone(ZoneInfo("Europe/Riga"))
    assert rows[0]["received_at_local"] == f"{received:%Y-%m-%d %H:%M:%S}"


async def test_csv_for_a_spreadsheet_of_latvia(exports: Exports) -> None:
    await exports.survey.submit(make_submission(score(9), words("a; b, c")))

    file = await exports.file(locale="lv")

    assert file.startswith(b"\xef\xbb\xbfresponse;survey;")
    rows = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows == await exports.read()


async def test_a_locale_that_is_not_known_is_refused(exports: Exports) -> None:
    with pytest.raises(grpc.aio.AioRpcError, match="locale") as refused:
        await exports.file(locale="klingon")

    assert refused.value.code() == grpc.StatusCode.INVALID_ARGUMENT
