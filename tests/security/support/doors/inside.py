"""Doors behind the gateway and beside it: sockets, gRPC of the services, and SQL as their own roles."""

from collections.abc import Callable
from typing import Any

import asyncpg
import grpc

from cxm.metrics.v1 import alerts_pb2, drivers_pb2, linkage_pb2, scores_pb2
from cxm.metrics.v1 import export_pb2 as score_export
from cxm.metrics.v1.alerts_pb2_grpc import AlertServiceStub
from cxm.metrics.v1.drivers_pb2_grpc import DriverServiceStub
from cxm.metrics.v1.export_pb2_grpc import ScoreExportServiceStub
from cxm.metrics.v1.linkage_pb2_grpc import LinkageServiceStub
from cxm.metrics.v1.scores_pb2_grpc import ScoreServiceStub
from cxm.profile.v1 import profile_pb2
from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceStub
from cxm.survey.v1 import export_pb2 as response_export
from cxm.survey.v1.export_pb2_grpc import ResponseExportServiceStub
from gateway.graph.base.ids import parse_global_id
from tests.security.support.building import PRIVATE, Built
from tests.security.support.doors.reading import ABSENT_ID, CODES, Door, Look
from tests.security.support.model import ABSENT, FORBIDDEN, SEEN
from tests.security.support.small_world import ABSENT_KEY, ASKED, KEYS
from tests.support.websocket import Socket, socket

STATUS = {
    grpc.StatusCode.PERMISSION_DENIED: FORBIDDEN,
    grpc.StatusCode.NOT_FOUND: ABSENT,
    grpc.StatusCode.UNAUTHENTICATED: "unauthenticated",
}
FROM_DAY, TO_DAY = 20_089, 21_184  # 2025-01-01, 2028-01-01
FLAGS = scores_pb2.Scope(from_day=FROM_DAY, to_day=TO_DAY, include_subtree=True)


async def subscriptions(look: Look) -> None:
    """A subscription to the scores of each department, and one to its alerts, all on one socket."""
    url = look.asking.url.replace("http", "ws") + "/graphql"
    async with socket(url) as client:
        await client.initialise(f"Bearer {look.token}")
        for key in ASKED:
            expected = look.model.on("scores", key)
            for field in ("scoreChanged(", "alertRaised("):
                observed = await _subscribe(client, field, key)
                look.check("subscription", f"{field}{key})", expected, observed)


async def _subscribe(client: Socket, field: str, key: str) -> str:
    """What becomes of it: an error, or that nothing is heard before the next answer."""
    asked = f'subscription {{ {field}department: "{key}") {{ __typename }} }}'
    await client.subscribe(field + key, asked)
    await client.send(type="ping")
    told = SEEN
    while (message := await client.receive())["type"] != "pong":
        if message["type"] == "next" and message["payload"].get("errors"):
            code = message["payload"]["errors"][0]["extensions"]["code"]
            told = CODES.get(code, code)
        if message["type"] == "error":
            code = message["payload"][0]["extensions"]["code"]
            told = CODES.get(code, code)
    if told == SEEN:
        await client.send(type="complete", id=field + key)
    return told


def department_ids(built: Built) -> dict[str, str]:
    """Ids of departments as services know them."""
    found = {key: parse_global_id(id_)[1] for key, id_ in built.ids.items()}
    return found | {ABSENT_KEY: ABSENT_ID}


async def services(look: Look) -> None:
    """Past the gateway, with the token it would send: what is returned for all departments at once."""
    ids = department_ids(look.built)
    keys = {id_: key for key, id_ in ids.items()}
    directory: Any = DirectoryServiceStub(look.asking.channel("profile"))
    scores: Any = ScoreServiceStub(look.asking.channel("metrics"))
    seen, read = sorted(look.model.visible(KEYS)), _readable(look)

    batch = profile_pb2.BatchGetDepartmentsRequest(keys=[*ASKED], ids=[*ids.values()], root=True)
    found = await _call(look, "profile", directory.BatchGetDepartments, batch)
    look.check("grpc", "departments", seen, _keys(found, "departments"))
    owned = profile_pb2.BatchGetTouchpointsRequest(keys=[f"tp-{key}" for key in ASKED])
    found = await _call(look, "profile", directory.BatchGetTouchpoints, owned)
    look.check("grpc", "touchpoints", [f"tp-{key}" for key in seen], _keys(found, "touchpoints"))
    listed = profile_pb2.ListDepartmentsRequest(first=100, count=True)
    found = await _call(look, "profile", directory.ListDepartments, listed)
    look.check("grpc", "list", seen, _keys(found, "departments"))

    cards = scores_pb2.GetScorecardsRequest(
        department_ids=[*ids.values()], scope=FLAGS, metrics=["nps"]
    )
    found = await _call(look, "metrics", scores.GetScorecards, cards)
    bases = {keys[card.department_id]: card.scores[0].base for card in found.scorecards}
    look.check("grpc", "scorecards", {k: look.model.counted(k) for k in read}, bases)
    denied = sorted(keys[id_] for id_ in found.denied_ids)
    look.check("grpc", "scorecards denied", sorted(set(seen) - set(read)), denied)


def _readable(look: Look) -> list[str]:
    return [key for key in KEYS if look.model.on("scores", key) == SEEN]


async def named(look: Look) -> None:
    """Past the gateway: RPCs that name one department."""
    directory: Any = DirectoryServiceStub(look.asking.channel("profile"))
    drivers: Any = DriverServiceStub(look.asking.channel("metrics"))
    scores: Any = ScoreServiceStub(look.asking.channel("metrics"))
    score_file: Any = ScoreExportServiceStub(look.asking.channel("metrics"))
    alerts: Any = AlertServiceStub(look.asking.channel("metrics"))
    linkage: Any = LinkageServiceStub(look.asking.channel("metrics"))
    file: Any = ResponseExportServiceStub(look.asking.channel("survey"))
    calls: dict[str, tuple[str, str, Any, Callable[[str, str], Any]]] = {
        "ListTouchpoints": ("profile", "directory", directory.ListTouchpoints, _touchpoints),
        "GetTrend": ("metrics", "scores", scores.GetTrend, _trend),
        "GetBreakdown": ("metrics", "scores", scores.GetBreakdown, _breakdown),
        "ListDriverAnalyses": ("metrics", "scores", drivers.ListDriverAnalyses, _analyses),
        "GetWeightedScore": ("metrics", "scores", scores.GetWeightedScore, _weighted),
        "ListAlerts": ("metrics", "scores", alerts.ListAlerts, _alerts),
        "GetLinkage": ("metrics", "scores", linkage.GetLinkage, _linkage),
        "ExportScores": ("metrics", "scores", score_file.ExportScores, _score_file),
        "ExportResponses": ("survey", "responses", file.ExportResponses, _file),
    }
    ids = department_ids(look.built)
    for name, (service, right, method, request) in calls.items():
        for key in ASKED:
            found = await _call(look, service, method, request(key, ids[key]))
            observed = found if isinstance(found, str) else SEEN
            look.check("grpc", f"{name} of {key}", look.model.on(right, key), observed)


def _touchpoints(_key: str, id_: str) -> Any:
    return profile_pb2.ListTouchpointsRequest(department_id=id_, first=10)


def _trend(_key: str, id_: str) -> Any:
    quarter = scores_pb2.CALENDAR_INTERVAL_QUARTER
    return scores_pb2.GetTrendRequest(
        department_id=id_, scope=FLAGS, metric="nps", interval=quarter
    )


def _breakdown(_key: str, id_: str) -> Any:
    by = scores_pb2.DIMENSION_CHILD_DEPARTMENT
    return scores_pb2.GetBreakdownRequest(
        department_id=id_, scope=FLAGS, metric="nps", dimension=by
    )


def _analyses(_key: str, id_: str) -> Any:
    return drivers_pb2.ListDriverAnalysesRequest(department_id=id_, limit=1)


def _alerts(_key: str, id_: str) -> Any:
    return alerts_pb2.ListAlertsRequest(department_id=id_, first=1)


def _weighted(_key: str, id_: str) -> Any:
    return scores_pb2.GetWeightedScoreRequest(department_id=id_, scope=FLAGS, metric="nps")


def _linkage(_key: str, id_: str) -> Any:
    return linkage_pb2.GetLinkageRequest(
        department_id=id_,
        customers="nps",
        staff="engagement",
        interval=linkage_pb2.LINKAGE_INTERVAL_QUARTER,
        periods=4,
    )


def _score_file(key: str, _id: str) -> Any:
    csv = score_export.FILE_FORMAT_CSV
    return score_export.ExportScoresRequest(
        department=key, scope=FLAGS, metrics=["nps"], format=csv
    )


def _file(key: str, _id: str) -> Any:
    return response_export.ExportResponsesRequest(
        survey=PRIVATE,
        department=key,
        from_day=FROM_DAY,
        to_day=TO_DAY,
        format=response_export.FILE_FORMAT_CSV,
    )


async def _call(look: Look, service: str, method: Any, request: Any) -> Any:
    """The reply, the first one of a stream, or what the status says."""
    token = look.asking.internal(look.model.viewer, service)
    call = method(request, metadata=(("authorization", f"Bearer {token}"),), timeout=20)
    try:
        if isinstance(call, grpc.aio.UnaryStreamCall):
            return await anext(aiter(call))
        return await call
    except grpc.aio.AioRpcError as error:
        return STATUS.get(error.code(), str(error.code()))


def _keys(found: Any, field: str) -> Any:
    return found if isinstance(found, str) else sorted(item.key for item in getattr(found, field))


async def rows(look: Look) -> None:
    """SQL as the role that reads responses: the rows of the departments that a transaction names, and no others."""
    ids = department_ids(look.built)
    keys = {id_: key for key, id_ in ids.items()}
    reach = look.model.reach("responses")
    connection = await asyncpg.connect(look.asking.database_url("survey", "read"))
    try:
        async with connection.transaction():
            named = "{" + ",".join(ids[key] for key in reach) + "}"
            await connection.execute("SELECT set_config('cxm.departments', $1, true)", named)
            rows = await connection.fetch(
                "SELECT department_id, count(*) AS n FROM survey_response"
                " WHERE touchpoint_id IS NOT NULL GROUP BY 1"  # what strangers sent names none
            )
            words = await connection.fetch("SELECT text FROM survey_verbatim GROUP BY 1")
        expected = {
            key: sum(g.department == key for g in look.model.world.responses) for key in reach
        }
        found = {keys[str(row["department_id"])]: row["n"] for row in rows}
        look.check("sql", "responses", expected, found)
        look.check(
            "sql", "verbatims", {f"words of {k}" for k in reach}, {row["text"] for row in words}
        )
        for table in ("survey_response", "survey_verbatim", "survey_invitation", "survey_secret"):
            look.check("sql", f"{table} after the transaction", 0, await _count(connection, table))
    finally:
        await connection.close()


async def _count(connection: Any, table: str) -> Any:
    try:
        return await connection.fetchval(f"SELECT count(*) FROM {table}")
    except asyncpg.InsufficientPrivilegeError:
        return 0


DOORS: tuple[Door, ...] = (subscriptions, services, named, rows)
