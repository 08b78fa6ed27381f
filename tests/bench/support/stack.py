"""The processes that are measured, as durable as in production: PostgreSQL, NATS, profile, survey and metrics."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from infra.local import children, datadir, keys, nats, parts, postgres
from infra.local.parts import Deployment
from infra.local.supervising.supervisor import Part, Supervisor
from infra.roles import SERVICES
from services.kit.rights.access import Grant, Role, Viewer
from services.kit.rights.tokens import GATEWAY, Signer
from services.kit.rpc.servicing import Metadata
from tests.bench.support.cpu import tree_seconds

MEASURED = ("survey", "metrics", "postgres", "nats")
TOKEN_SECONDS = 3600
STARTED = ("nats", "postgres", "profile", "survey", "metrics")


@dataclass(frozen=True)
class Stack:
    """A running stack."""

    deployment: Deployment
    supervisor: Supervisor

    def metadata(self, service: str) -> Metadata:
        """Metadata of an integration's and analyst's call, as the gateway would send it."""
        viewer = Viewer("bench", (Grant(Role.ADMIN),))
        signer = Signer.from_file(self.deployment.keys.process(GATEWAY))
        token = signer.mint(viewer, issuer=GATEWAY, audience=service, seconds=TOKEN_SECONDS)
        return (("authorization", f"Bearer {token}"),)

    def cpu_seconds(self) -> dict[str, float]:
        """CPU used so far by each part that is measured."""
        return {name: tree_seconds(self.supervisor.pid(name)) for name in MEASURED}

    def by_name(self) -> dict[str, Part]:
        """The parts by name."""
        return {part.name: part for phase in self.supervisor.phases for part in phase}


@asynccontextmanager
async def running(data_dir: Path) -> AsyncIterator[Stack]:
    """The stack with an empty organisation, in UTC; ended on leaving."""
    data_dir = datadir.make(data_dir)
    made = keys.prepare(data_dir)
    broker, database = nats.prepare(data_dir), await postgres.prepare(data_dir)
    deployment = Deployment(data_dir, 0, "UTC", None, database, broker, made)
    supervisor = Supervisor(lambda _: None, data_dir / "processes.json")
    try:
        await supervisor.start(parts.nats_part(broker), parts.postgres_part(database))
        await nats.check_durable(broker)
        for service in SERVICES:
            await postgres.create_service(database, service)
        await children.run_to_end(parts.migration(deployment))
        await supervisor.start(parts.service_part(deployment, "profile"))
        await supervisor.start(
            *(parts.service_part(deployment, name) for name in ("survey", "metrics"))
        )
        yield Stack(deployment, supervisor)
    finally:
        await supervisor.stop()
