"""Which clients use what is to go is counted by their names, of which there are few."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gateway.deprecations import counting
from gateway.deprecations.counting import MOST_CLIENTS, OTHER, STRANGER, UNNAMED, DeprecatedUse
from gateway.deprecations.uses import Uses
from gateway.schema import schema
from tests.support.websocket import serving, socket
from tests.unit.gateway.support.running import Platform, open_platform
from tests.unit.gateway.support.stub_services import StubServices

PART = "Department.formerNames"
DEPRECATED = '{ department(key: "root") { formerNames } }'
KEPT = '{ department(key: "root") { name } }'


@pytest.fixture
async def going(
    services: StubServices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Platform]:
    """A gateway of a schema in which a field is to go."""
    field = schema._schema.type_map["Department"].fields["formerNames"]  # type: ignore[attr-defined]
    reason = "Goes with 9.0.0, removed after 2099-12-31."
    monkeypatch.setattr(field, "deprecation_reason", reason)
    monkeypatch.setattr(counting._USED, "values", {})
    async with open_platform(tmp_path, services) as running:
        yield running


async def ask(platform: Platform, query: str, **headers: str) -> Any:
    sent = {"authorization": platform.bearer(), **headers}
    return (await platform.http.post("/graphql", json={"query": query}, headers=sent)).json()


def counted() -> dict[tuple[str, ...], float]:
    return dict(counting._USED.values)


async def test_an_operation_is_counted_by_part_and_client(going: Platform) -> None:
    await ask(going, KEPT, **{"x-cxm-client": "portal"})
    assert counted() == {}

    for header in ("x-cxm-client", "apollographql-client-name"):
        assert "errors" not in await ask(going, DEPRECATED, **{header: "portal"})
    await ask(going, DEPRECATED)

    assert counted() == {(PART, "portal"): 2, (PART, UNNAMED): 1}


async def test_a_document_that_is_known_is_counted_each_time(going: Platform) -> None:
    for _ in range(3):
        await ask(going, DEPRECATED, **{"x-cxm-client": "portal"})

    assert counted() == {(PART, "portal"): 3}


async def test_each_of_a_batch_is_counted(going: Platform) -> None:
    headers = {"authorization": going.bearer(), "x-cxm-client": "batcher"}
    content = [{"query": DEPRECATED}, {"query": KEPT}, {"query": DEPRECATED}]
    await going.http.post("/graphql", json=content, headers=headers)

    assert counted() == {(PART, "batcher"): 2}


async def test_over_a_socket_the_name_is_said_once(going: Platform) -> None:
    async with serving(going.gateway, going.settings) as url, socket(url) as client:
        await client.send(
            type="connection_init",
            payload={"Authorization": going.bearer(), "X-CXM-Client": "wall"},
        )
        assert (await client.receive())["type"] == "connection_ack"
        for key in ("1", "2"):
            await client.subscribe(key, DEPRECATED)
            assert (await client.receive())["type"] == "next"
            assert (await client.receive())["type"] == "complete"

    assert counted() == {(PART, "wall"): 2}


def test_names_are_few_and_strangers_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting._USED, "values", {})
    use, uses = DeprecatedUse(), Uses(frozenset({PART}))

    def count(name: str, *, is_known: bool = True) -> str:
        before = counted()
        counting.client_is(name)
        use.count(uses, {}, is_known=is_known)
        ((_, client),) = (key for key, value in counted().items() if before.get(key) != value)
        return client

    assert count("x", is_known=False) == STRANGER
    assert count("") == UNNAMED
    assert count("a name, with\nlines") == count("x" * 41) == OTHER
    assert [count(f"app-{number}") for number in range(MOST_CLIENTS)][-1] == "app-49"
    assert count("one-more") == OTHER
    assert count("app-0") == "app-0"
    assert len(counted()) == MOST_CLIENTS + 3
