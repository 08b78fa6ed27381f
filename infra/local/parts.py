"""The processes of the platform: command, environment and readiness check of each."""

import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import grpc
import httpx
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse

from infra.local import datadir
from infra.local import nats as broker
from infra.local import postgres as database
from infra.local.children import Program
from infra.local.keys import Keys
from infra.local.nats import Nats
from infra.local.postgres import Postgres
from infra.local.supervising.supervisor import Part
from infra.roles import BY_SERVICE, GATEWAY, MIGRATE, SERVICES

HOST = "127.0.0.1"
CHECK_SECONDS = 2.0
NOT_READY = "not ready"  # what /readyz of a process says before the reason


@dataclass(frozen=True)
class Deployment:
    """One deployment: what every process's environment is made of."""

    data_dir: Path
    port: int
    time_zone: str
    otlp_endpoint: str | None
    postgres: Postgres
    nats: Nats
    keys: Keys
    oidc_issuer: str | None = None
    is_hardened: bool = False
    documents: tuple[Path, ...] = ()
    """Manifests of trusted documents."""

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def health_socket(self, process: str) -> Path:
        """Where a process answers /healthz, /readyz and /metrics, apart from its clients."""
        name = "gateway" if process == "gateway" else f"{process}-health"
        return self.postgres.socket_dir / f"{name}.sock"

    def address(self, service: str) -> str:
        """The gRPC address of a service."""
        return f"unix:{self.postgres.socket_dir}/{service}.sock"


def nats_part(server: Nats) -> Part:
    async def is_ready(pid: int) -> bool:
        return await broker.is_ready(server, pid)

    return Part(server.program, is_ready, stop_seconds=2.0)


def postgres_part(server: Postgres) -> Part:
    async def is_ready(_pid: int) -> bool:
        return await database.is_ready(server)

    # After a kill its workers may hold the shared memory for a moment: try longer than others.
    return Part(server.program, is_ready, stop_seconds=12.0, most_fast_crashes=12)


def migration(deployment: Deployment) -> Program:
    """Brings the databases of all services to the current schema, and ends."""
    owners: dict[str, str] = {}
    for service in SERVICES:
        url = {"OWNER_DATABASE_URL": deployment.postgres.service_url(service, "owner")}
        owners |= _environment(service, url)
    return _program(deployment, "migrate", MIGRATE.command(sys.executable), owners)


def service_part(deployment: Deployment, service: str) -> Part:
    settings = (
        _own_settings(deployment, service)
        | _traces(deployment)
        | {
            "LISTEN": deployment.address(service),
            "HEALTH_ADDRESS": f"unix:{deployment.health_socket(service)}",
            "DATABASE_URL": deployment.postgres.service_url(service, "intake"),
            "READ_DATABASE_URL": deployment.postgres.service_url(service, "read"),
            "NATS_URL": deployment.nats.url_of(service),
            "STREAM_BYTES": str(deployment.nats.stream_bytes),
            "KEY_FILE": str(deployment.keys.process(service)),
            "TRUSTED_KEYS_FILE": str(deployment.keys.trusted),
        }
    )
    command = BY_SERVICE[service].command(sys.executable)
    program = _program(deployment, service, command, _environment(service, settings))

    async def waits_for() -> str:
        return await ask_why(deployment.health_socket(service))

    return Part(program, serves(deployment.address(service)), waits_for)


def _traces(deployment: Deployment) -> dict[str, str]:
    return {"OTLP_ENDPOINT": deployment.otlp_endpoint} if deployment.otlp_endpoint else {}


def _own_settings(deployment: Deployment, service: str) -> dict[str, str]:
    """What only this service reads."""
    profile = {"PROFILE_ADDRESS": deployment.address("profile")}
    survey = {"SURVEY_ADDRESS": deployment.address("survey")}
    match service:
        case "profile":
            keys = {
                "CUSTOMER_KEY_FILE": str(deployment.keys.customers),
                "SEAL_KEY_FILE": str(deployment.keys.seals),
            }
            journal = {"ERASURE_JOURNAL_DIR": str(datadir.journal(deployment.data_dir))}
            return keys | journal | {"TIME_ZONE": deployment.time_zone}
        case "survey":
            keys = {"CUSTOMER_KEY_FILE": str(deployment.keys.customers)}
            return profile | keys | {"STORE_PATH": str(deployment.data_dir)}
        case "metrics":
            return profile | survey
        case "employee_exp":
            return profile | _staff_settings(deployment)
        case _:
            return {}


def _staff_settings(deployment: Deployment) -> dict[str, str]:
    keys = deployment.keys
    files = {
        "RELEASE_DATABASE_URL": deployment.postgres.service_url("employee_exp", "release"),
        "IMPORT_KEY_FILE": str(keys.imports),
        "SEAL_KEY_FILE": str(keys.seals),
        "LINK_KEY_FILE": str(keys.links),
        "WAVE_KEYS_DIR": str(keys.waves),
        "PUBLIC_ADDRESS": deployment.url,
        "CLOCK_FILE": str(datadir.clock_file(deployment.data_dir)),
    }
    # Who has a mail server says so; otherwise mails are files, and no link stands in a log.
    if "CXM_EMPLOYEE_EXP_MAIL_URL" in os.environ:
        return files
    return files | {"MAIL_URL": (deployment.data_dir.resolve() / "mail").as_uri()}


def gateway_part(deployment: Deployment) -> Part:
    addresses = {f"{name.upper()}_ADDRESS": deployment.address(name) for name in SERVICES}
    settings = (
        addresses
        | _traces(deployment)
        | {
            "HOST": HOST,
            "PORT": str(deployment.port),
            "PUBLIC_ADDRESS": deployment.url,
            "HEALTH_ADDRESS": f"unix:{deployment.health_socket('gateway')}",
            "CONNECTIONS_PER_ADDRESS": "4096",  # every client has the address of this machine
            "NATS_URL": deployment.nats.url_of("gateway"),
            "KEY_FILE": str(deployment.keys.process("gateway")),
            "ISSUER_KEYS_FILE": str(deployment.keys.issuer_public),
        }
        | ({"OIDC_ISSUER": deployment.oidc_issuer} if deployment.oidc_issuer else {})
        | ({"MODE": "hardened"} if deployment.is_hardened else {})
        | ({"DOCUMENTS": _paths(deployment.documents)} if deployment.documents else {})
    )

    async def is_ready(_pid: int) -> bool:
        return (await ask_health(deployment, "healthz")) is not None

    environment = _environment("gateway", settings)
    program = _program(deployment, "gateway", GATEWAY.command(sys.executable), environment)
    return Part(program, is_ready)


def _paths(paths: Iterable[Path]) -> str:
    """As settings hold a list; processes run in another folder."""
    return json.dumps([str(path.resolve()) for path in paths])


async def ask_health(deployment: Deployment, name: str) -> httpx.Response | None:
    """What the gateway answers where clients cannot be in the way; None while it cannot be reached."""
    # No TLS on a socket; loading certificates for each check would cost more than the check.
    transport = httpx.AsyncHTTPTransport(uds=str(deployment.health_socket("gateway")), verify=False)
    async with httpx.AsyncClient(transport=transport, timeout=CHECK_SECONDS) as client:
        try:
            return await client.get(f"http://gateway/{name}")
        except httpx.HTTPError:
            return None


async def ask_why(health_socket: Path) -> str:
    """For what a process waits that somebody has to do; "" where there is nothing, or it does not answer."""
    transport = httpx.AsyncHTTPTransport(uds=str(health_socket), verify=False)
    async with httpx.AsyncClient(transport=transport, timeout=CHECK_SECONDS) as client:
        try:
            reply = await client.get("http://process/readyz")
        except httpx.HTTPError:
            return ""
    return reply.text.partition(f"{NOT_READY}: ")[2].strip()


def serves(address: str) -> Callable[[int], Awaitable[bool]]:
    """Whether a service says that calls should come to it."""
    # Own connections: a shared one would wait longer and longer between its attempts.
    options = [("grpc.use_local_subchannel_pool", 1)]

    async def is_ready(_pid: int) -> bool:
        async with grpc.aio.insecure_channel(address, options=options) as channel:
            try:
                check = channel.unary_unary(
                    "/grpc.health.v1.Health/Check",
                    request_serializer=HealthCheckRequest.SerializeToString,
                    response_deserializer=HealthCheckResponse.FromString,
                )
                reply = await check(HealthCheckRequest(), timeout=CHECK_SECONDS)
            except grpc.aio.AioRpcError:
                return False
        return bool(reply.status == HealthCheckResponse.SERVING)

    return is_ready


def _program(
    deployment: Deployment, name: str, command: tuple[str, ...], own: dict[str, str]
) -> Program:
    log = deployment.data_dir / "logs" / f"{name}.log"
    return Program(name, command, log, {**os.environ, **own}, directory=deployment.data_dir)


def _environment(service: str, settings: dict[str, str]) -> dict[str, str]:
    return {f"CXM_{service.upper()}_{name}": value for name, value in settings.items()}
