"""Every replica says which version it runs, on which schema, and by what clock."""

import json
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib.metadata import version
from typing import Any

import grpc
import pytest

from cxm.operate.v1 import operate_pb2_grpc
from cxm.operate.v1.operate_pb2 import GetHealthResponse, ProcessState
from services.kit.clock import machine_now
from services.kit.errors import Denied, Unavailable
from services.kit.rights.tokens import GATEWAY, Verifier, public_keys
from services.kit.rpc.servicing import SERVER_OPTIONS, RpcInterceptor
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.stub_services import Operate, StubServices

PROCESSES = """{ processes { service version clockAt clockAheadSeconds databaseAheadSeconds schema neededSchema } }"""
LOOPBACK = ("127.0.0.1", "127.0.0.2")


def state(version: str, ahead: timedelta = timedelta()) -> GetHealthResponse:
    said = ProcessState(
        version=version, schema="0020", needed_schema="0019", database_ahead_seconds=-1.5
    )
    said.clock_at.FromDatetime(machine_now() + ahead)
    return GetHealthResponse(process=said)


@asynccontextmanager
async def replicas(platform: Platform, *states: GetHealthResponse) -> AsyncIterator[int]:
    """A survey service of several, at one port of several addresses of this machine."""
    key = json.loads(platform.settings.key_file.read_text())
    verifier = Verifier(public_keys(key), issuers={GATEWAY: GATEWAY}, audience="survey")
    servers, port = [], 0
    for address, said in zip(LOOPBACK, states, strict=True):
        server = grpc.aio.server(interceptors=[RpcInterceptor(verifier)], options=SERVER_OPTIONS)
        services = StubServices(health={"survey": said})
        operate_pb2_grpc.add_OperateServiceServicer_to_server(Operate(services, "survey"), server)
        port = server.add_insecure_port(f"{address}:{port}")
        await server.start()
        servers.append(server)
    yield port
    for server in servers:
        await server.stop(None)


async def processes(platform: Platform) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await platform.data(PROCESSES))["processes"]
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a machine has one loopback address")
async def test_every_replica_says_what_it_runs(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    hour = timedelta(hours=1)
    addresses = platform.gateway.clients.addresses
    assert isinstance(addresses, dict)
    async with replicas(platform, state("0.2.0"), state("0.3.0", hour)) as port:
        addresses["survey"] = f"dns:///survey.test:{port}"
        pods = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port)) for host in LOOPBACK]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pods)
        gateway, *found = await processes(platform)

    assert (gateway["service"], gateway["version"]) == (None, version("cxm"))
    assert (gateway["clockAheadSeconds"], gateway["schema"]) == (0, None)
    assert [one["service"] for one in found] == [
        "PROFILE",
        "SURVEY",
        "SURVEY",
        "METRICS",
        "EMPLOYEE_EXP",
    ]
    agreeing, ahead = found[1:3]
    assert agreeing["version"] == "0.2.0"
    assert -60 < agreeing["clockAheadSeconds"] <= 0  # since its answer was made
    assert (agreeing["schema"], agreeing["neededSchema"]) == ("0020", "0019")
    assert agreeing["databaseAheadSeconds"] == -1.5
    assert ahead["version"] == "0.3.0"
    assert 3500 < ahead["clockAheadSeconds"] <= 3600


async def test_who_does_not_say_it_is_older_and_who_is_away_is_not_told(platform: Platform) -> None:
    platform.services.failures["GetHealth metrics"] = Unavailable("away")

    _, *found = await processes(platform)

    assert [one["service"] for one in found] == ["PROFILE", "SURVEY", "EMPLOYEE_EXP"]
    assert {one["version"] for one in found} == {None}


async def test_who_may_not_hears_why(platform: Platform) -> None:
    for service in ("profile", "survey", "metrics", "employee_exp"):
        platform.services.failures[f"GetHealth {service}"] = Denied("your role does not allow this")

    assert await platform.codes(PROCESSES, platform.bearer()) == ["FORBIDDEN"]
    assert await platform.codes(PROCESSES) == ["UNAUTHENTICATED"]
