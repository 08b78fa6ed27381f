"""Documents of manifests: checked at the start, and asked for by their id at every door."""

import json
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.request import documents as request_documents
from gateway.request.documents import Documents
from gateway.request.trusted.manifests import Entry
from gateway.request.trusted.trusting import OWN, open_documents, trust
from gateway.schema import schema
from services.kit.errors import Invalid
from tests.support.websocket import serving, socket
from tests.unit.gateway.support.running import Platform, open_platform
from tests.unit.gateway.support.stub_services import StubServices

ROOT = "query Root { organization { key } }"
NAMED = "query Named($key: String!) { department(key: $key) { name } }"
BOTH = "query First { organization { key } } query Second { __typename }"
CLOSE = (
    'mutation Close { closeSurvey: submitResponse(input: {survey: "s", answers: []}) { receipt } }'
)
CHANGED = 'subscription Changed { scoreChanged(department: "root") { department } }'
DATA = {"data": {"organization": {"key": "root"}}}
MANIFEST = {"root": ROOT, "named": NAMED, "both": BOTH, "close": CLOSE, "changed": CHANGED}
WIDE = """query %s { departments(first: 100) { edges { node {
  touchpoints(first: %s) { edges { node { key %s } } } } } } }"""
SCHEMA = schema._schema


@pytest.fixture
async def trusting(services: StubServices, tmp_path: Path) -> AsyncIterator[Platform]:
    """A gateway in default mode, with a manifest."""
    path = tmp_path / "app.json"
    path.write_text(json.dumps(MANIFEST))
    async with open_platform(tmp_path, services, documents=(path,)) as running:
        yield running


async def post(platform: Platform, content: Any) -> Any:
    headers = {"authorization": platform.bearer()}
    return (await platform.http.post("/graphql", json=content, headers=headers)).json()


def refused(text: str, *, hardened: bool = False, **more: str) -> str:
    """Why a gateway does not start with a document."""
    with pytest.raises(Invalid) as why:
        trust(Documents(SCHEMA, is_hardened=hardened), [Entry("d", text, "app.json", **more)])
    return str(why.value)


async def test_a_document_is_asked_for_by_its_id_or_its_hash(trusting: Platform) -> None:
    digest = sha256(ROOT.encode()).hexdigest()
    persisted = {"persistedQuery": {"version": 1, "sha256Hash": digest}}

    by_id = await post(trusting, {"documentId": "root"})
    by_digest = await post(trusting, {"documentId": f"sha256:{digest}", "query": None})
    by_hash = await post(trusting, {"extensions": persisted})

    assert by_id == by_digest == by_hash == DATA


async def test_variables_and_the_name_of_an_operation_go_with_it(trusting: Platform) -> None:
    named = await post(trusting, {"documentId": "named", "variables": {"key": "none"}})
    second = await post(trusting, {"documentId": "both", "operationName": "Second"})
    unclear = await post(trusting, {"documentId": "both"})

    assert named == {"data": {"department": None}}
    assert second == {"data": {"__typename": "Query"}}
    assert unclear["errors"][0]["extensions"]["code"] == "OPERATION_RESOLUTION_FAILURE"


async def test_it_is_asked_for_by_get_but_changes_nothing_so(trusting: Platform) -> None:
    headers = {"authorization": trusting.bearer()}

    read = await trusting.http.get("/graphql?documentId=root", headers=headers)
    changed = await trusting.http.get("/graphql?documentId=close", headers=headers)

    assert read.json() == DATA
    assert (changed.status_code, trusting.services.asked["SubmitResponses"]) == (405, [])


async def test_each_request_of_a_batch_names_its_own(trusting: Platform) -> None:
    answers = await post(trusting, [{"documentId": "root"}, {"documentId": "none"}])

    assert answers[0] == DATA
    assert answers[1]["errors"][0]["extensions"]["code"] == "DOCUMENT_NOT_FOUND"


async def test_it_is_asked_for_over_what_stays_open(trusting: Platform) -> None:
    trusting.gateway.listeners.live.set()
    async with serving(trusting.gateway, trusting.settings) as url:
        async with socket(url) as client:
            await client.initialise(trusting.bearer())
            await client.send(type="subscribe", id="1", payload={"documentId": "root"})
            answer = await client.receive()
            await client.receive()
            await client.send(type="subscribe", id="2", payload={"documentId": "none"})
            unknown = await client.receive()
        headers = {"accept": "text/event-stream", "authorization": trusting.bearer()}
        address = f"{url.replace('ws', 'http', 1)}"
        async with httpx.AsyncClient(trust_env=False) as http:
            events = await http.post(address, json={"documentId": "root"}, headers=headers)

    assert answer["payload"] == DATA
    assert unknown["payload"][0]["extensions"]["code"] == "DOCUMENT_NOT_FOUND"
    assert '"organization":{"key":"root"}' in events.text


async def test_an_id_that_no_manifest_has_is_said(trusting: Platform) -> None:
    headers = {"accept": "application/graphql-response+json", "authorization": trusting.bearer()}
    answer = await trusting.http.post("/graphql", json={"documentId": "none"}, headers=headers)

    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["extensions"]["code"]) == (400, "DOCUMENT_NOT_FOUND")
    assert "data" not in answer.json()


@pytest.mark.parametrize(
    "content",
    [
        {"documentId": 1},
        {"documentId": ""},
        {"documentId": "x" * 257},
        {"documentId": "root", "query": ROOT},
        {
            "documentId": "root",
            "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}},
        },
    ],
)
async def test_what_names_its_document_badly_or_twice_is_no_request(
    trusting: Platform, content: Any
) -> None:
    assert (await post(trusting, content))["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


async def test_it_is_never_forgotten_and_takes_no_room_of_others(
    trusting: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request_documents, "CACHED_DOCUMENTS", 2)
    documents = trusting.gateway.documents
    trusted = documents.get(ROOT)
    for number in range(3):
        text = f"{{ a{number}: __typename }}"
        documents.keep(text, documents.get(text))
    await post(trusting, {"documentId": "root"})

    assert documents.get(ROOT) is trusted
    assert list(documents.known) == ["{ a1: __typename }", "{ a2: __typename }"]


def test_what_does_not_fit_stops_the_start_and_is_named() -> None:
    assert refused("{ nothing }") == (
        "app.json: document d: Cannot query field 'nothing' on type 'Query'. (line 1)"
    )
    assert refused("query {") == (
        "app.json: document d: Syntax Error: Expected Name, found <EOF>. (line 1)"
    )
    assert refused(ROOT, name="Other") == "app.json: document d (Other): it has no operation Other"
    assert refused(ROOT, name="Root", kind="mutation") == (
        "app.json: document d (Root): it is no mutation, but a query"
    )
    deep = "{ organization " + "{ children { edges { node " * 9 + "{ key } " + "} } }" * 9 + "}"
    assert "more than 8 levels" in refused(deep)
    assert "values with pages of one" in refused(WIDE % ("($n: Boolean!)", 100, "@skip(if: $n)"))
    trust(Documents(SCHEMA), [Entry("d", WIDE % ("($n: Int)", "$n", ""), "app.json")])


def test_an_id_means_one_document() -> None:
    digest = sha256(ROOT.encode()).hexdigest()
    documents = Documents(SCHEMA)
    trust(documents, [Entry("a", ROOT, "a.json"), Entry("a", ROOT, "b.json")])

    for key in ("a", digest, f"sha256:{digest}"):
        with pytest.raises(Invalid, match=f"b.json: document {key}: another document has the id"):
            trust(documents, [Entry(key, NAMED, "b.json")])


@pytest.mark.parametrize(
    "asking", ["__schema { queryType { name } }", '__type(name: "A") { name }']
)
def test_a_hardened_gateway_starts_with_no_document_that_asks_for_the_schema(asking: str) -> None:
    hidden = f"query {{ ...Hidden }} fragment Hidden on Query {{ ... on Query {{ {asking} }} }}"

    assert "it asks for the schema" in refused(hidden, hardened=True)
    trust(Documents(SCHEMA), [Entry("d", hidden, "app.json")])
    trust(Documents(SCHEMA, is_hardened=True), [Entry("d", "{ __typename }", "app.json")])


def test_our_own_are_trusted_where_the_gateway_is_hardened(tmp_path: Path) -> None:
    (tmp_path / OWN).mkdir()
    (tmp_path / OWN / "pages.json").write_text(json.dumps({"a": ROOT}))

    hardened = open_documents(SCHEMA, [], is_hardened=True, web=tmp_path)
    as_default = open_documents(SCHEMA, [], is_hardened=False, web=tmp_path)
    not_built = open_documents(SCHEMA, [], is_hardened=True, web=tmp_path / "none")

    assert (hardened.is_hardened, list(hardened.trusted)) == (True, [ROOT])
    assert (as_default.is_hardened, as_default.trusted, not_built.trusted) == (False, {}, {})
