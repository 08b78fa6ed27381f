"""A hardened gateway: trusted documents, and no others, at every door."""

import json
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.request.asked import BATCH, HARDENED_BATCH
from tests.support.websocket import serving, socket
from tests.unit.gateway.support.running import Platform, open_platform
from tests.unit.gateway.support.stub_services import StubServices

ROOT = "query Root { organization { key } }"
OTHER = "query Other { organization { name } }"
DATA = {"data": {"organization": {"key": "root"}}}
SCHEMA_ASKED = "{ __schema { queryType { name } } }"


@pytest.fixture
async def hardened(services: StubServices, tmp_path: Path) -> AsyncIterator[Platform]:
    path = tmp_path / "app.json"
    path.write_text(json.dumps({"root": ROOT}))
    settings = {"mode": "hardened", "documents": (path,), "web": tmp_path / "none"}
    async with open_platform(tmp_path, services, **settings) as running:
        yield running


async def post(platform: Platform, content: Any) -> Any:
    headers = {"authorization": platform.bearer()}
    return (await platform.http.post("/graphql", json=content, headers=headers)).json()


def code(answer: Any) -> str:
    (error,) = answer["errors"]
    found: str = error["extensions"]["code"]
    return found


def hashed(text: str) -> dict[str, Any]:
    digest = sha256(text.encode()).hexdigest()
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest}}}


async def test_trusted_documents_run_by_their_id_their_hash_and_their_text(
    hardened: Platform,
) -> None:
    for content in (
        {"documentId": "root"},
        {"query": ROOT},
        hashed(ROOT),
        {"query": ROOT, **hashed(ROOT)},
    ):
        assert await post(hardened, content) == DATA


@pytest.mark.parametrize("text", [OTHER, SCHEMA_ASKED, "{ __typename }", "{", f"{ROOT} "])
async def test_any_other_text_is_refused_before_it_is_parsed(hardened: Platform, text: str) -> None:
    for content in ({"query": text}, {"query": text, **hashed(text)}):
        answer = await post(hardened, content)

        assert code(answer) == "DOCUMENT_NOT_TRUSTED"
        assert "data" not in answer
    assert not hardened.gateway.documents.known
    assert not hardened.gateway.documents.texts


async def test_no_document_is_registered_by_its_hash(hardened: Platform) -> None:
    answer = await post(hardened, hashed(OTHER))

    assert code(answer) == "PERSISTED_QUERY_NOT_SUPPORTED"
    assert answer["errors"][0]["message"] == "PersistedQueryNotSupported"


async def test_what_stays_open_takes_no_other_text(hardened: Platform) -> None:
    async with serving(hardened.gateway, hardened.settings) as url:
        async with socket(url) as client:
            await client.initialise(hardened.bearer())
            await client.subscribe("1", OTHER)
            over_socket = await client.receive()
            await client.subscribe("2", ROOT)
            trusted = await client.receive()
        headers = {"accept": "text/event-stream", "authorization": hardened.bearer()}
        async with httpx.AsyncClient(trust_env=False) as http:
            address = url.replace("ws", "http", 1)
            events = await http.post(address, json={"query": OTHER}, headers=headers)

    assert over_socket["payload"][0]["extensions"]["code"] == "DOCUMENT_NOT_TRUSTED"
    assert trusted["payload"] == DATA
    assert code(events.json()) == "DOCUMENT_NOT_TRUSTED"


async def test_batches_are_shorter(hardened: Platform) -> None:
    longest = await post(hardened, [{"documentId": "root"}] * HARDENED_BATCH)
    longer = await post(hardened, [{"documentId": "root"}] * (HARDENED_BATCH + 1))

    assert longest == [DATA] * HARDENED_BATCH
    assert code(longer) == "BAD_REQUEST"
    assert HARDENED_BATCH < BATCH


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": ""},
        {"x-cxm": "1"},
        {"apollo-require-preflight": "true"},
        {"x-apollo-operation-name": "Root"},
    ],
)
async def test_get_is_taken_with_a_header_that_no_page_of_others_sends(
    hardened: Platform, headers: dict[str, str]
) -> None:
    if "authorization" in headers:
        headers = {"authorization": hardened.bearer()}

    bare = await hardened.http.get("/graphql?documentId=root", headers={"accept": "*/*"})
    shown = await hardened.http.get("/graphql?documentId=root", headers=headers)

    assert (bare.status_code, code(bare.json())) == (403, "FORBIDDEN")
    assert shown.status_code == 200


async def test_a_default_gateway_takes_get_without_one(platform: Platform) -> None:
    answer = await platform.http.get("/graphql?query={__typename}")

    assert answer.json() == {"data": {"__typename": "Query"}}
