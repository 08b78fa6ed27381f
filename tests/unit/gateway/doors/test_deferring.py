"""@defer: a part of an answer comes later, where the client takes parts; elsewhere the directive says nothing."""

import json
from typing import Any

import pytest

from gateway.doors.lasting.streaming import DEFERRED, framing_of_deferred
from gateway.request.asked import Unparsed
from tests.unit.gateway.support.running import Platform

QUERY = """query ($later: Boolean! = true) { organization { key
  ... @defer(if: $later, label: "score") {
    scorecard(period: {from: "2026-01-01", to: "2026-02-01"}) { nps { base } } } } }"""
PARTS = "multipart/mixed;incrementalSpec=v0.2, application/graphql-response+json"
WHOLE = {"organization": {"key": "root", "scorecard": {"nps": {"base": 100}}}}


async def ask(platform: Platform, accept: str, **variables: Any) -> Any:
    headers = {"accept": accept, "authorization": platform.bearer()}
    body = {"query": QUERY, "variables": variables}
    return await platform.http.post("/graphql", json=body, headers=headers)


def parts_of(text: str) -> list[Any]:
    *parts, end = text.removeprefix("---").split("\r\n---")
    assert (text[:3], end) == ("---", "--\r\n")
    return [json.loads(part.split("\r\n\r\n", 1)[1]) for part in parts]


async def test_what_is_deferred_comes_after_the_rest(platform: Platform) -> None:
    answer = await ask(platform, PARTS)

    assert answer.headers["content-type"] == 'multipart/mixed; boundary="-"'
    first, *later = parts_of(answer.text)
    assert first["data"] == {"organization": {"key": "root"}}
    assert first["hasNext"] is True
    (pending,) = first["pending"]
    assert (pending["path"], pending["label"]) == (["organization"], "score")
    incremental = [part for body in later for part in body.get("incremental", ())]
    assert [part["id"] for part in incremental] == [pending["id"]]
    assert incremental[0]["data"] == {"scorecard": WHOLE["organization"]["scorecard"]}
    assert later[-1]["hasNext"] is False


async def test_an_error_of_a_deferred_part_has_its_code(platform: Platform) -> None:
    await platform.servers["metrics"].stop(None)

    first, *later = parts_of((await ask(platform, PARTS)).text)

    assert "errors" not in first
    failed = [
        error
        for body in later
        for part in (*body.get("incremental", ()), *body.get("completed", ()))
        for error in part.get("errors", ())
    ]
    assert [error["extensions"]["code"] for error in failed] == ["UNAVAILABLE"]


@pytest.mark.parametrize(
    "accept",
    [
        "application/json",
        "*/*",
        "multipart/mixed;deferSpec=20220824, application/json",
    ],
)
async def test_who_takes_no_parts_gets_all_at_once(platform: Platform, accept: str) -> None:
    assert (await ask(platform, accept)).json() == {"data": WHOLE}


async def test_what_is_not_deferred_is_one_part(platform: Platform) -> None:
    (only,) = parts_of((await ask(platform, PARTS, later=False)).text)

    assert only == {"data": WHOLE}


@pytest.mark.parametrize(
    ("accept", "data", "framing"),
    [
        (PARTS, b"{ a ... @defer { b } }", DEFERRED),
        ("application/json, multipart/mixed", b"query=%7B...%40defer%7Ba%7D%7D", DEFERRED),
        (PARTS, b"{ a }", None),
        (PARTS, b"{ a @deferred }", None),
        ("application/json", b"{ a ... @defer { b } }", None),
        ("multipart/mixed;deferSpec=20220824", b"{ a ... @defer { b } }", None),
    ],
)
def test_parts_are_sent_where_both_want_them(accept: str, data: bytes, framing: Any) -> None:
    assert framing_of_deferred(accept, Unparsed(data)) is framing
