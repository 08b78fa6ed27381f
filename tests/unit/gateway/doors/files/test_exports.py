"""The export door: parameters, rights, pieces on their way, and files that break off."""

import asyncio
from contextlib import AsyncExitStack
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from cxm.metrics.v1 import export_pb2, scores_pb2
from services.kit.clock import day_number
from services.kit.errors import Denied, NotFound, Unavailable
from services.kit.places import MOST_OF_A_SUBJECT
from services.kit.rights.access import Role
from tests.support.websocket import serving
from tests.unit.gateway.support.running import Platform, open_platform
from tests.unit.gateway.support.stub_services import StubServices

RESPONSES = {"survey": "s", "department": "d", "from": "2026-01-01", "to": "2026-02-01"}
SCORES = {"department": "d", "from": "2026-01-01", "to": "2026-02-01"}


async def get(
    platform: Platform, kind: str, asked: Any, authorization: str | None = None
) -> httpx.Response:
    headers = {"authorization": authorization or platform.bearer()}
    return await platform.http.get(f"/exports/{kind}", params=asked, headers=headers)


async def test_the_pieces_of_the_service_are_the_file(platform: Platform) -> None:
    platform.services.pieces = [b"a,b\r\n", b"1,", b"2\r\n"]

    reply = await get(platform, "responses", RESPONSES)

    assert reply.status_code == 200
    assert reply.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert reply.headers["content-disposition"] == "attachment"
    assert reply.content == b"a,b\r\n1,2\r\n"
    (asked,) = platform.services.asked["ExportResponses"]
    assert (asked.survey, asked.department) == ("s", "d")
    assert asked.to_day - asked.from_day == 31


async def test_scores_take_what_the_screen_takes(platform: Platform) -> None:
    more = {"interval": "MONTH", "metrics": "nps,csat", "tree": "AS_IT_WAS", "subtree": "false"}

    assert (await get(platform, "scores", SCORES)).status_code == 200
    assert (await get(platform, "scores", SCORES | more)).status_code == 200

    plain, chosen = platform.services.asked["ExportScores"]
    assert plain.scope.include_subtree
    assert plain.scope.tree == scores_pb2.TREE_READING_TODAY
    assert plain.interval == scores_pb2.CALENDAR_INTERVAL_UNSPECIFIED
    assert chosen.scope.tree == scores_pb2.TREE_READING_AS_IT_WAS
    assert not chosen.scope.include_subtree
    assert list(chosen.metrics) == ["nps", "csat"]
    assert chosen.scope.from_day == day_number(date(2026, 1, 1))


@pytest.mark.parametrize(
    ("kind", "asked", "rpc"),
    [("responses", RESPONSES, "ExportResponses"), ("scores", SCORES, "ExportScores")],
)
async def test_parquet_is_asked_for_and_named(
    platform: Platform, kind: str, asked: Any, rpc: str
) -> None:
    platform.services.pieces = [b"PAR1", b"\0\xff", b"PAR1"]

    reply = await get(platform, kind, asked | {"format": "parquet"})
    await get(platform, kind, asked | {"format": "csv"})

    assert reply.headers["content-type"] == "application/vnd.apache.parquet"
    assert reply.content == b"PAR1\0\xffPAR1"
    assert [request.format for request in platform.services.asked[rpc]] == [
        export_pb2.FILE_FORMAT_PARQUET,
        export_pb2.FILE_FORMAT_CSV,
    ]


async def test_a_workbook_and_a_locale_are_asked_for_and_named(platform: Platform) -> None:
    reply = await get(platform, "responses", RESPONSES | {"format": "xlsx"})
    await get(platform, "responses", RESPONSES | {"locale": "lv"})
    await get(platform, "scores", SCORES | {"locale": "lv"})

    assert reply.headers["content-type"].endswith("spreadsheetml.sheet")
    workbook, responses = platform.services.asked["ExportResponses"]
    assert (workbook.format, workbook.locale) == (export_pb2.FILE_FORMAT_XLSX, "")
    assert responses.locale == platform.services.asked["ExportScores"][0].locale == "lv"


async def test_the_mapping_of_a_survey_is_a_file_too(platform: Platform) -> None:
    platform.services.pieces = [b"[defaults]\n"]

    reply = await get(platform, "mapping", {"survey": "s", "delimiter": ";"})
    await get(platform, "mapping", {"survey": "s"})
    refused = await get(platform, "mapping", {"survey": "s", "format": "csv"})

    assert reply.headers["content-type"] == "application/toml"
    assert reply.content == b"[defaults]\n"
    asked = platform.services.asked["GetExportMapping"]
    assert [(each.survey, each.delimiter) for each in asked] == [("s", ";"), ("s", "")]
    (error,) = refused.json()["errors"]
    assert error["message"] == "no parameter `format`: there are survey, delimiter"


async def test_a_format_that_is_not_there_is_told_which_are(platform: Platform) -> None:
    reply = await get(platform, "scores", SCORES | {"format": "ods"})

    (error,) = reply.json()["errors"]
    assert error["message"] == "format must be one of csv, parquet, xlsx"


@pytest.mark.parametrize(
    ("kind", "asked", "field"),
    [
        ("responses", {"department": "d"}, "survey"),
        ("responses", RESPONSES | {"survey": ""}, "survey"),
        ("responses", RESPONSES | {"from": "01/02/2026"}, "from"),
        ("responses", RESPONSES | {"format": "ods"}, "format"),
        ("responses", RESPONSES | {"limit": "1"}, "limit"),
        ("responses", [*RESPONSES.items(), ("survey", "t")], "survey"),
        ("scores", SCORES | {"interval": "YEAR"}, "interval"),
        ("scores", SCORES | {"tree": "TOMORROW"}, "tree"),
        ("scores", SCORES | {"subtree": "yes"}, "subtree"),
        ("scores", SCORES | {"metrics": ",".join("m" * 101)}, "metrics"),
    ],
)
async def test_a_parameter_that_does_not_fit_is_named(
    platform: Platform, kind: str, asked: Any, field: str
) -> None:
    reply = await get(platform, kind, asked)

    assert reply.status_code == 400
    (error,) = reply.json()["errors"]
    assert field in error["message"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert not platform.services.asked["ExportResponses"]


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (NotFound("no such department"), 404),
        (Denied("your role does not allow this"), 403),
        (Unavailable("away"), 503),
    ],
)
async def test_what_the_service_refuses_has_its_status(
    platform: Platform, failure: Exception, status: int
) -> None:
    platform.services.failures["ExportResponses"] = failure

    assert (await get(platform, "responses", RESPONSES)).status_code == status


async def test_only_with_a_token_and_only_to_read(platform: Platform) -> None:
    anonymous = await platform.http.get("/exports/responses", params=RESPONSES)
    expired = await get(platform, "responses", RESPONSES, platform.bearer(seconds=-1))
    nothing = await get(platform, "customers", RESPONSES)
    posted = await platform.http.post("/exports/responses")

    assert [reply.status_code for reply in (anonymous, expired, nothing, posted)] == [
        401, 401, 404, 405,
    ]  # fmt: skip
    told = [reply.json()["errors"][0] for reply in (nothing, posted)]
    assert [error["extensions"]["code"] for error in told] == ["NOT_FOUND", "BAD_REQUEST"]
    assert (told[1]["message"], posted.headers["allow"]) == ("send GET", "GET")
    assert not platform.services.asked


async def test_the_service_hears_who_asks(platform: Platform) -> None:
    await get(platform, "responses", RESPONSES, platform.bearer(Role.ANALYST, "eve"))

    assert [viewer.subject for viewer in platform.services.viewers] == ["eve"]


async def test_a_file_that_breaks_off_is_not_taken_for_whole(platform: Platform) -> None:
    platform.services.pieces = [b"a,b\r\n"]
    platform.services.failures["ExportResponses at the end"] = Unavailable("away")
    async with (
        serving(platform.gateway, platform.settings) as url,
        httpx.AsyncClient(
            base_url=url.removesuffix("/graphql").replace("ws", "http", 1), trust_env=False
        ) as client,
    ):
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get(
                "/exports/responses",
                params=RESPONSES,
                headers={"authorization": platform.bearer()},
            )


async def test_a_client_that_leaves_ends_the_work(platform: Platform) -> None:
    services = platform.services
    services.pieces, services.hold = [b"a,b\r\n"], asyncio.Event()
    async with (
        serving(platform.gateway, platform.settings) as url,
        httpx.AsyncClient(
            base_url=url.removesuffix("/graphql").replace("ws", "http", 1), trust_env=False
        ) as client,
    ):
        async with client.stream(
            "GET",
            "/exports/responses",
            params=RESPONSES,
            headers={"authorization": platform.bearer()},
        ) as reply:
            assert reply.status_code == 200
            await asyncio.wait_for(services.waiting.wait(), 5)
        await asyncio.wait_for(services.cancelled.wait(), 5)


async def test_so_many_exports_at_a_time_and_few_of_a_subject(platform: Platform) -> None:
    services = platform.services
    services.hold = asyncio.Event()
    waiting = []
    for number in range(platform.gateway.files.exports_at_once):
        services.waiting.clear()
        bearer = platform.bearer(subject=f"person {number // MOST_OF_A_SUBJECT}")
        waiting.append(
            asyncio.create_task(get(platform, "responses", RESPONSES, authorization=bearer))
        )
        await asyncio.wait_for(services.waiting.wait(), 5)

    mine = await get(
        platform, "responses", RESPONSES, authorization=platform.bearer(subject="person 0")
    )
    others = await get(platform, "responses", RESPONSES)
    services.hold.set()

    for refused, words in ((mine, "2 exports of yours are"), (others, "4 exports are")):
        (error,) = refused.json()["errors"]
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "5")
        assert error["message"] == f"{words} under way: try again when one of them is done"
        assert error["extensions"]["code"] == "RATE_LIMITED"
        assert error["extensions"]["reason"] == "EXPORTS_BUSY"
    assert [(await reply).status_code for reply in waiting] == [200] * len(waiting)
    assert (await get(platform, "responses", RESPONSES)).status_code == 200


async def test_an_export_that_nobody_reads_gives_its_place_back(
    tmp_path: Path,
) -> None:
    async with open_platform(tmp_path, StubServices(), file_still_seconds=1.0) as platform:
        await give_up_an_export(platform)


async def give_up_an_export(platform: Platform) -> None:
    services = platform.services
    services.pieces = [b"x" * 262_144] * 100
    query = "&".join(f"{name}={value}" for name, value in RESPONSES.items())
    request = (
        f"GET /exports/responses?{query} HTTP/1.1\r\nHost: x\r\n"
        f"Authorization: {platform.bearer()}\r\n\r\n"
    )

    async def refusals(url: str) -> int:
        """How often a third one is refused until it is not."""
        refused = 0
        headers = {"authorization": platform.bearer()}
        async with httpx.AsyncClient(trust_env=False, headers=headers, params=RESPONSES) as client:
            while (await client.get(f"{url}/exports/responses")).status_code == 429:
                refused += 1
                await asyncio.sleep(0.02)
        return refused

    async with serving(platform.gateway, platform.settings) as url, AsyncExitStack() as stack:
        address = url.split("/")[2]
        host, _, port = address.partition(":")
        for _ in range(MOST_OF_A_SUBJECT):
            reader, writer = await asyncio.open_connection(host, int(port), limit=1_024)
            stack.callback(writer.close)
            writer.write(request.encode())
            assert await reader.readline() == b"HTTP/1.1 200 OK\r\n"
        services.pieces = [b"x"]

        assert await asyncio.wait_for(refusals(f"http://{address}"), 10) > 0
