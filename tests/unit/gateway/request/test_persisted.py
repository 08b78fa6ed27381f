"""Documents that are named by their hash once they were sent (automatic persisted queries)."""

from hashlib import sha256
from typing import Any

import pytest

from gateway.request import documents as request_documents
from tests.unit.gateway.support.running import Platform

QUERY = "{ organization { key } }"
DATA = {"data": {"organization": {"key": "root"}}}


def persisted(query: str = QUERY) -> dict[str, Any]:
    digest = sha256(query.encode()).hexdigest()
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest}}}


async def post(platform: Platform, content: Any) -> Any:
    headers = {"authorization": platform.bearer()}
    return (await platform.http.post("/graphql", json=content, headers=headers)).json()


async def test_a_document_is_sent_once_and_then_named(platform: Platform) -> None:
    unknown = await post(platform, persisted())
    sent = await post(platform, {"query": QUERY, **persisted()})
    named = await post(platform, persisted())

    (error,) = unknown["errors"]
    assert error["message"] == "PersistedQueryNotFound"
    assert error["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
    assert sent == named == DATA


async def test_a_hash_of_another_document_is_refused(platform: Platform) -> None:
    answer = await post(platform, {"query": "{ __typename }", **persisted()})

    assert answer["errors"][0]["extensions"]["reason"] == "HASH_MISMATCH"
    assert (await post(platform, persisted()))["errors"][0]["message"] == "PersistedQueryNotFound"


async def test_what_is_refused_is_not_remembered(platform: Platform) -> None:
    bad = "{ nothing }"
    await post(platform, {"query": bad, **persisted(bad)})

    assert (await post(platform, persisted(bad)))["errors"][0][
        "message"
    ] == "PersistedQueryNotFound"


async def test_a_document_that_leaves_the_cache_is_no_longer_named(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request_documents, "CACHED_DOCUMENTS", 2)
    documents = platform.gateway.documents
    await post(platform, {"query": QUERY, **persisted()})
    for number in range(2):
        text = f"{{ a{number}: __typename }}"
        documents.keep(text, documents.get(text))

    assert (documents.texts, documents.hashes) == ({}, {})
    assert (await post(platform, persisted()))["errors"][0]["message"] == "PersistedQueryNotFound"


async def test_what_is_no_hash_is_no_request(platform: Platform) -> None:
    for given in (
        1,
        {},
        {"version": 2, "sha256Hash": "0" * 64},
        {"version": 1, "sha256Hash": "0" * 63},
        {"version": 1, "sha256Hash": "G" * 64},
        {"version": 1, "sha256Hash": 5},
    ):
        answer = await post(platform, {"extensions": {"persistedQuery": given}})
        assert answer["errors"][0]["extensions"]["code"] == "BAD_REQUEST"
