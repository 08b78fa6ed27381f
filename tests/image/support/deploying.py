"""A deployment in containers: its keys, what each role is told, all of them running, and commands of the image."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from infra.local import keys, parts
from infra.local.children import Program
from infra.local.nats import Nats
from infra.local.postgres import Postgres
from infra.roles import BY_SERVICE, GATEWAY, MIGRATE, Role
from tests.image.support.engine import create
from tests.image.support.running import (
    InContainers,
    Started,
    environment_of,
    free_ports,
    start,
)

OWN_UID = 10001


def deploy(postgres: Postgres, broker: Nats, folder: Path) -> InContainers:
    """Keys as a mounted secret shows them: readable by the group."""
    made = keys.prepare(folder)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o770 if path.is_dir() else 0o640)
    ports = free_ports()
    return InContainers(
        folder, ports[GATEWAY.name], "UTC", None, postgres, broker, made, ports=ports
    )


def programs(uid: int, deployment: InContainers) -> Iterator[tuple[Role, Program, int]]:
    """Roles in the order of their start, what each is told, and the port of its probe."""
    # These folders belong to who made them.
    own = {
        "CXM_EMPLOYEE_EXP_WAVE_KEYS_DIR": str(deployment.data_dir / f"waves-{uid}"),
        "CXM_PROFILE_ERASURE_JOURNAL_DIR": str(deployment.data_dir / f"erasures-{uid}"),
    }
    for service, role in BY_SERVICE.items():
        program = parts.service_part(deployment, service).program
        yield role, tell(program, own), deployment.ports[service]
    health = deployment.ports["health"]
    address = {"CXM_GATEWAY_HEALTH_ADDRESS": f"127.0.0.1:{health}"}
    yield GATEWAY, tell(parts.gateway_part(deployment).program, address), health


def tell(program: Program, more: dict[str, str]) -> Program:
    """The program with these variables, where it has them."""
    known = program.environment or {}
    given = {name: value for name, value in more.items() if name in known}
    return replace(program, environment={**known, **given})


def to_end(uid: int, command: Sequence[str], deployment: InContainers) -> str:
    """What a container writes that does its work and ends."""
    folders = [deployment.data_dir, deployment.postgres.socket_dir]
    environment = environment_of(parts.migration(deployment))
    container = create(uid, command, environment, folders)
    container.start()
    status, logs = container.status(), container.logs()
    container.remove()
    assert status == 0, logs
    return logs


def migrate(uid: int, deployment: InContainers) -> None:
    """Bring all databases to their schema."""
    to_end(uid, MIGRATE.command(), deployment)


def mint(deployment: InContainers, role: str) -> tuple[str, ...]:
    """The command that makes a token."""
    return ("cxm", "token", "--role", role, "--data-dir", str(deployment.data_dir))


@contextmanager
def running(uid: int, deployment: InContainers) -> Iterator[dict[str, Started]]:
    """Every role, by name, in the order of their start."""
    with ExitStack() as stack:
        started: dict[str, Started] = {}
        for role, program, port in programs(uid, deployment):
            started[role.name] = start(role, uid, program, deployment, port=port)
            stack.callback(started[role.name].container.remove)
        yield started
