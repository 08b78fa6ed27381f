"""Responses as Parquet: the rows of CSV, with types."""

from datetime import UTC, datetime

import grpc
import polars as pl
import pytest

from cxm.survey.v1 import responses_pb2, surveys_pb2
from services.kit.rights.access import Role
from tests.service.survey.support.exports import CHOICES, Exports
from tests.service.survey.support.running import make_submission, score, words


def as_written(value: object) -> str:
    """What CSV has for a value of Parquet."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            return value.isoformat(" ")
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return "" if value is None else str(value)


async def test_parquet_has_the_rows_of_csv(exports: Exports) -> None:
    await exports.survey.submit(
        make_submission(score(9), words('a, "b"\r\n\nc'), department="shop", channel="EMAIL"),
        make_submission(score(0), responses_pb2.Answer(question="overall", dont_know=True)),
        make_submission(score(5, "overall"), language="lv"),
    )

    table = await exports.table()

    expected = await exports.read()
    assert table.columns == list(expected[0])
    assert [list(map(as_written, row)) for row in table.sort("response").rows()] == [
        list(row.values()) for row in sorted(expected, key=lambda row: row["response"])
    ]


async def test_parquet_has_types_and_texts_as_they_were_written(exports: Exports) -> None:
    await exports.survey.submit(make_submission(score(9), words("=1+1")))

    table = await exports.table()

    others = {
        "version": pl.Int64,
        "day": pl.Date,
        "occurred_at": pl.Datetime("us", "UTC"),
        "received_at": pl.Datetime("us", "UTC"),
        "occurred_at_local": pl.Datetime("us"),
        "received_at_local": pl.Datetime("us"),
        "answer.recommend": pl.Int64,
    }
    assert table.schema == {name: others.get(name, pl.String) for name in table.columns}
    assert table["answer.why"].to_list() == ["=1+1"]


async def test_options_are_whole_numbers_and_choices_texts(exports: Exports) -> None:
    await exports.survey.create("taste", questions=CHOICES, public=True)
    empty = await exports.table(key="taste")
    chosen = responses_pb2.Choices(options=["shop"])
    await exports.survey.submit(
        make_submission(responses_pb2.Answer(question="used", choices=chosen), survey="taste")
    )

    table = (await exports.table(key="taste")).select(pl.col("^answer.*$"))

    assert table.rows() == [(None, 0, 0, 1)]
    assert table.dtypes == [pl.String, pl.Int64, pl.Int64, pl.Int64]
    assert (empty.height, empty.select(pl.col("^answer.*$")).dtypes) == (0, table.dtypes)


async def test_parquet_obeys_the_same_rights(exports: Exports) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as denied:
        await exports.table(role=Role.INTEGRATION)

    assert denied.value.code() == grpc.StatusCode.PERMISSION_DENIED


async def test_every_column_has_a_name_of_its_own(exports: Exports) -> None:
    """Keys may have dots, so a question and its option can read like another question and its option."""
    multiple = surveys_pb2.QUESTION_KIND_MULTIPLE_CHOICE
    questions = [
        surveys_pb2.Question(
            key=key,
            kind=multiple,
            text="?",
            options=[surveys_pb2.Option(key=k, text=k) for k in (option, "other")],
        )
        for key, option in (("a", "b.c.d"), ("a.b", "c.d"), ("a.b.c", "d"))
    ]
    await exports.survey.create("dots", questions=questions, public=True)

    table = await exports.table(key="dots")

    assert [name for name in table.columns if name.startswith("answer.a.b.c.d")] == [
        "answer.a.b.c.d",
        "answer.a.b.c.d v1",
        "answer.a.b.c.d v1 2",
    ]
