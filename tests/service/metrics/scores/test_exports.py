"""Scores as a file: the numbers of the screen, for the department and all under it."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import grpc
import polars as pl
import pytest

from cxm.metrics.v1 import export_pb2 as pb
from cxm.metrics.v1 import scores_pb2
from cxm.metrics.v1.export_pb2_grpc import (
    ScoreExportServiceStub,
    add_ScoreExportServiceServicer_to_server,
)
from services.kit.clock import day_number
from services.kit.rights.access import Role
from services.metrics.scores import exporting
from services.metrics.scores.rpc import ScoreExportRpc
from tests.conftest import Serve
from tests.service.metrics.conftest import Metrics, make_scope
from tests.service.metrics.support.releases import (
    Releases,
    enps,
    release,
    released,
    withheld,
)
from tests.support.audit import deeds, told
from tests.support.builders import make_department, make_response

START, END = date(2025, 1, 1), date(2025, 4, 1)
KINDS: dict[str, Any] = {
    **dict.fromkeys(("from", "to"), pl.Date),
    **dict.fromkeys(("version", "base"), pl.Int64),
    **dict.fromkeys(("value", "low", "high"), pl.Float64),
    **dict.fromkeys(("secondary", "secondary_low", "secondary_high"), pl.Float64),
}


class Exports:
    """The export of a metrics service over gRPC."""

    def __init__(self, metrics: Metrics, stub: Any) -> None:
        self.metrics = metrics
        self.stub = stub

    async def read(
        self, department: str = "root", bearer: Any = None, **asked: Any
    ) -> list[dict[str, str]]:
        """The rows of the file."""
        content = (await self.file(department, bearer, **asked)).decode()
        return list(csv.DictReader(io.StringIO(content, newline="")))

    async def file(self, department: str = "root", bearer: Any = None, **asked: Any) -> bytes:
        scope = make_scope(START, END)
        request = pb.ExportScoresRequest(department=department, scope=scope, **asked)
        call = self.stub.ExportScores(request, metadata=bearer or self.metrics.bearer())
        return b"".join([piece.data async for piece in call])


@pytest.fixture
async def exports(metrics: Metrics, serve: Serve) -> Exports:
    servicer = ScoreExportRpc(
        metrics.replica.directory, metrics.replica.reader, metrics.replica.database.pool
    )
    channel = await serve("metrics", add_ScoreExportServiceServicer_to_server, servicer)
    await metrics.fill(
        [make_department("sales"), make_department("shop", "sales"), make_department("care")]
    )
    days = [date(2025, 1, 5), date(2025, 2, 5)]
    await metrics.record(
        *[make_response("shop", on=days[n % 2], nps=n % 11) for n in range(60)],
        *[make_response("care", on=days[0], nps=0) for _ in range(9)],
    )
    return Exports(metrics, ScoreExportServiceStub(channel))


async def test_the_file_says_what_the_screen_says(exports: Exports) -> None:
    rows = {(row["department"], row["metric"]): row for row in await exports.read()}

    for department in ("root", "sales", "shop", "care"):
        for metric, score in (await exports.metrics.scorecard(department, START, END)).items():
            row = rows.pop((department, metric))
            status = scores_pb2.ScoreStatus.Name(score.status).removeprefix("SCORE_STATUS_")
            assert row["status"] == status
            assert row["value"] == (repr(score.value) if score.HasField("value") else "")
            assert row["low"] == (repr(score.interval.low) if score.HasField("value") else "")
            assert row["base"] == (str(score.base) if score.HasField("base") else "")
    assert rows == {}


async def test_the_last_day_of_the_period_is_in_and_its_end_is_not(exports: Exports) -> None:
    """In the whole and in the last interval of each kind."""
    before = {row["department"]: int(row["base"]) for row in await exports.read(metrics=["nps"])}
    last_day, end = END - timedelta(1), END
    await exports.metrics.record(
        *[make_response("care", on=last_day, nps=9) for _ in range(2)],
        *[make_response("care", on=end, nps=9) for _ in range(3)],
    )

    for name in ("UNSPECIFIED", "DAY", "WEEK", "MONTH", "QUARTER"):
        interval = scores_pb2.CalendarInterval.Value(f"CALENDAR_INTERVAL_{name}")
        rows = await exports.read("care", metrics=["nps"], interval=interval)
        assert sum(int(row["base"]) for row in rows) == before["care"] + 2
        assert rows[-1]["to"] == end.isoformat()


async def test_an_export_is_in_the_audit_log_and_a_refused_one_is_not(exports: Exports) -> None:
    with pytest.raises(grpc.aio.AioRpcError):
        await exports.read("shop", metrics=["nosuch"])
    head = exports.metrics.bearer(Role.DEPARTMENT_HEAD, "sales")
    await exports.read("shop", head, metrics=["nps"])

    assert [told(entry) for entry in await deeds(exports.metrics.replica.database)] == [
        ("test-department_head", "department_head", "scores_exported", ("shop",))
    ]


async def test_the_columns_stand_in_their_order(exports: Exports) -> None:
    (row, *_) = await exports.read("shop", metrics=["nps"])

    assert list(row) == [
        "department", "department_name", "from", "to", "metric", "version", "unit", "status", "value",
        "base", "low", "high", "method", "secondary", "secondary_low", "secondary_high",
        "wave", "counted_in",
    ]  # fmt: skip
    assert (row["from"], row["to"], row["unit"]) == ("2025-01-01", "2025-04-01", "POINTS")


async def test_what_is_withheld_is_empty(exports: Exports) -> None:
    (row,) = await exports.read("care", metrics=["nps"])

    assert (row["status"], row["base"]) == ("INSUFFICIENT_BASE", "9")
    assert not any(row[name] for name in ("value", "low", "high", "method", "secondary"))


async def test_scores_of_a_wave_name_it_or_where_they_are_counted(exports: Exports) -> None:
    days = {"opened_day": day_number(START), "closed_day": day_number(START)}
    spring = release("spring", released("sales", enps(40, 0, 0)), withheld("shop", "Sales"), **days)
    await Releases(exports.metrics).hear(spring)

    rows = {row["department"]: row for row in await exports.read("sales", metrics=["enps"])}

    sales, shop = rows["sales"], rows["shop"]
    assert (sales["status"], sales["base"], float(sales["value"])) == ("OK", "40", 100.0)
    assert (sales["wave"], sales["counted_in"]) == ("spring", "")
    assert (shop["status"], shop["wave"], shop["counted_in"]) == ("WITHHELD", "spring", "Sales")
    assert not any(shop[name] for name in ("value", "base", "low", "high", "method"))


async def test_by_month(exports: Exports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "CELLS_AT_ONCE", 4)
    month = scores_pb2.CALENDAR_INTERVAL_MONTH

    rows = await exports.read("sales", metrics=["nps"], interval=month)

    assert [(row["department"], row["from"], row["base"]) for row in rows] == [
        ("sales", "2025-01-01", "30"),
        ("sales", "2025-02-01", "30"),
        ("sales", "2025-03-01", "0"),
        ("shop", "2025-01-01", "30"),
        ("shop", "2025-02-01", "30"),
        ("shop", "2025-03-01", "0"),
    ]


async def test_parquet_has_the_rows_of_csv(exports: Exports) -> None:
    month = scores_pb2.CALENDAR_INTERVAL_MONTH

    file = await exports.file(interval=month, format=pb.FILE_FORMAT_PARQUET)

    table = pl.read_parquet(io.BytesIO(file))
    expected = await exports.read(interval=month)
    assert table.columns == list(expected[0])
    assert [
        ["" if value is None else str(value) for value in row] for row in table.iter_rows()
    ] == [list(row.values()) for row in expected]
    assert table.schema == {name: KINDS.get(name, pl.String) for name in table.columns}


async def test_a_format_that_is_not_known_is_refused(exports: Exports) -> None:
    with pytest.raises(grpc.aio.AioRpcError, match="format") as refused:
        await exports.file(format=99)

    assert refused.value.code() == grpc.StatusCode.INVALID_ARGUMENT


@pytest.mark.parametrize(
    ("role", "granted", "department", "code"),
    [
        ("department_head", "sales", "care", grpc.StatusCode.NOT_FOUND),
        ("integration", None, "sales", grpc.StatusCode.PERMISSION_DENIED),
    ],
)
async def test_the_file_obeys_the_rights_of_the_screen(
    exports: Exports, role: str, granted: str | None, department: str, code: grpc.StatusCode
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await exports.read(department, exports.metrics.bearer(role, granted))

    assert refused.value.code() == code


async def test_a_head_exports_the_own_subtree(exports: Exports) -> None:
    rows = await exports.read("sales", exports.metrics.bearer("department_head", "sales"))

    assert {row["department"] for row in rows} == {"sales", "shop"}
