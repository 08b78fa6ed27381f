"""The roles of the platform, one process each: command, ports and probe.

`cxm up`, the tests of the image and those of the chart read them here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

SERVICES: Final = ("profile", "survey", "metrics", "employee_exp")


@dataclass(frozen=True, slots=True)
class Probe:
    """How a process is asked for its health, and at which of its ports.

    `live` fails when only a restart helps, and needs no database; `ready`: calls should come here. By gRPC they are
    names of `grpc.health.v1.Health`, by HTTP paths.
    """

    kind: Literal["grpc", "http"]
    port: str
    live: str
    ready: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A process; one without a probe does its work and ends. `ports`: by name, in a container of its own."""

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    ports: Mapping[str, int] = field(default_factory=dict)
    probe: Probe | None = None

    def command(self, python: str = "python3") -> tuple[str, ...]:
        """What to run. -P: no module comes from the current directory."""
        return (python, "-P", "-m", self.module, *self.arguments)


def _service(service: str) -> Role:
    return Role(
        name=service.replace("_", "-"),
        module=f"services.{service}.main",
        ports={"grpc": 50051, "health": 8001},
        probe=Probe("grpc", "grpc", live="live", ready=""),
    )


GATEWAY: Final = Role(
    name="gateway",
    module="gateway.main",
    ports={"http": 8000, "health": 8001},
    probe=Probe("http", "health", live="/healthz", ready="/readyz"),
)
MIGRATE: Final = Role(name="migrate", module="services.kit.db.migrate", arguments=SERVICES)
BY_SERVICE: Final = {service: _service(service) for service in SERVICES}
ROLES: Final = (GATEWAY, *BY_SERVICE.values(), MIGRATE)
