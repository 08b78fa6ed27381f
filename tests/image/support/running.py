"""Every role in a container: started, asked for its health, and ended while it answers a call."""

import queue
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import grpc
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_reflection.v1alpha.reflection_pb2 import ServerReflectionRequest, ServerReflectionResponse

from infra.local.children import Program
from infra.local.parts import Deployment
from infra.roles import GATEWAY, SERVICES, Role
from services.kit.rights.access import Grant, Viewer
from services.kit.rights.access import Role as Holder
from services.kit.rights.tokens import GATEWAY as ISSUER
from services.kit.rights.tokens import Signer
from tests.image.support.engine import Container, create
from tests.support.platform import free_port
from tests.support.probes import OPTIONS, is_healthy

START_SECONDS = 60.0  # a busy machine
MESSAGE = b'{"query": "{ __typename }"}'


@dataclass(frozen=True)
class InContainers(Deployment):
    """A deployment whose processes are reached at ports."""

    ports: dict[str, int] = field(default_factory=dict)

    def address(self, service: str) -> str:
        return f"127.0.0.1:{self.ports[service]}"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a container ended while it answered a call."""

    status: int
    answered: bool


@dataclass(frozen=True)
class Started:
    """A role that runs.

    `seconds` from its start until it was ready, without those in which its thread could run and others had the CPU.
    """

    role: Role
    container: Container
    seconds: float
    proc: dict[str, str]


def environment_of(program: Program) -> dict[str, str]:
    """What a process is told, without what the tests' own environment holds."""
    given = program.environment or {}
    return {name: value for name, value in given.items() if name.startswith("CXM_")}


def start(
    role: Role, uid: int, program: Program, deployment: InContainers, *, port: int
) -> Started:
    """Start a role as a user and wait until its probe says ready, and live."""
    assert role.probe is not None
    folders = {deployment.data_dir, deployment.postgres.socket_dir}
    container = create(uid, role.command(), environment_of(program), sorted(folders))
    address = f"127.0.0.1:{port}"
    began = time.monotonic()
    container.start()
    while not is_healthy(role.probe, role.probe.ready, address):
        assert time.monotonic() < began + START_SECONDS, container.logs()
        time.sleep(0.02)
    seconds = time.monotonic() - began
    pid = container.pid()
    waited = int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9
    while not is_healthy(role.probe, role.probe.live, address):
        assert time.monotonic() < began + START_SECONDS, f"{role.name} is ready and not live"
        time.sleep(0.02)
    return Started(role, container, seconds - waited, _proc(pid))


def _proc(pid: int) -> dict[str, str]:
    """What the kernel says of a process; `root`: how its root is mounted."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    status = {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
    mounts = [line.split() for line in Path(f"/proc/{pid}/mountinfo").read_text().splitlines()]
    status["root"] = next(mount[5] for mount in mounts if mount[4] == "/")
    return status


def end_service(started: Started, service: str, deployment: InContainers) -> Ended:
    """SIGTERM while a call is under way, which is answered to its end after the process said NOT_SERVING."""
    signer = Signer.from_file(deployment.keys.process(ISSUER))
    viewer = Viewer("image", (Grant(Holder.OPERATOR),))
    token = signer.mint(viewer, issuer=ISSUER, audience=service, seconds=60)
    questions: queue.Queue[bool] = queue.Queue()

    def ask() -> Iterator[ServerReflectionRequest]:
        while questions.get():
            yield ServerReflectionRequest(list_services="")

    with grpc.insecure_channel(deployment.address(service), options=OPTIONS) as channel:
        watch = channel.unary_stream(
            "/grpc.health.v1.Health/Watch",
            request_serializer=HealthCheckRequest.SerializeToString,
            response_deserializer=HealthCheckResponse.FromString,
        )
        talk = channel.stream_stream(
            "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
            request_serializer=ServerReflectionRequest.SerializeToString,
            response_deserializer=ServerReflectionResponse.FromString,
        )
        health = watch(HealthCheckRequest())
        call = talk(ask(), metadata=(("authorization", f"Bearer {token}"),), timeout=20)
        questions.put(True)
        assert next(call).list_services_response.service
        started.container.terminate()
        assert any(told.status == HealthCheckResponse.NOT_SERVING for told in health)
        health.cancel()
        questions.put(True)
        answered = bool(next(call).list_services_response.service)
        questions.put(False)
        assert call.code() is grpc.StatusCode.OK
    return Ended(started.container.status(), answered)


def end_gateway(started: Started, deployment: InContainers) -> Ended:
    """SIGTERM while a request arrives; its second half is sent after new connections are refused."""
    head = (
        f"POST /graphql HTTP/1.1\r\nhost: cxm\r\nconnection: close\r\ncontent-type: application/json\r\n"
        f"content-length: {len(MESSAGE)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", deployment.port), timeout=20) as connection:
        connection.sendall(head.encode() + MESSAGE[:10])
        time.sleep(0.2)  # it must have read the half before the signal
        started.container.terminate()
        while _is_open(deployment.port):
            time.sleep(0.02)
        connection.sendall(MESSAGE[10:])
        reply = b"".join(iter(lambda: connection.recv(4096), b""))
    return Ended(started.container.status(), reply.startswith(b"HTTP/1.1 200"))


def _is_open(port: int) -> bool:
    with socket.socket() as candidate:
        return candidate.connect_ex(("127.0.0.1", port)) == 0


def free_ports() -> dict[str, int]:
    """A port for each role that listens, and one for the gateway's health."""
    return {name: free_port() for name in (*SERVICES, GATEWAY.name, "health")}
