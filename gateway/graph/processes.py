"""Which versions run, on which schemas, and by what clocks."""

import asyncio
from datetime import UTC, datetime

import strawberry

from cxm.operate.v1 import operate_pb2 as pb
from cxm.operate.v1.operate_pb2_grpc import OperateServiceStub
from gateway.errors import log_fault
from gateway.graph.base.scalars import DateTime
from gateway.graph.health import ANSWER_SECONDS, PlatformService
from gateway.request.context import Context, Info
from services.kit.clock import apart_seconds, instant_text, machine_now
from services.kit.config import VERSION
from services.kit.errors import Broken, Late, RateLimited, Unavailable
from services.kit.rpc.replicas import replicas_of
from services.kit.rpc.servicing import open_channel

_OLD = "Null of a version before 0.2.0, which does not say it"


@strawberry.type(description="One process that runs.")
class PlatformProcess:
    service: PlatformService | None = strawberry.field(
        default=None,
        description="Of which service it is a replica; null: the gateway that answers this.",
    )
    version: str | None = strawberry.field(default=None, description=f"Of cxm, e.g. 0.2.0. {_OLD}.")
    clock_at: DateTime | None = strawberry.field(
        default=None, description=f"When it answered, by the clock of its machine. {_OLD}."
    )
    clock_ahead_seconds: float | None = strawberry.field(
        default=None,
        description="By at least how many seconds its clock is ahead of that of the gateway; negative: behind; 0: "
        f"they agree, as far as asking tells. {_OLD}.",
    )
    database_ahead_seconds: float | None = strawberry.field(
        default=None,
        description="By at least how many seconds the clock of its database is ahead of its own; negative: behind. "
        f"{_OLD}, and of the gateway, which has none.",
    )
    schema: str | None = strawberry.field(
        default=None, description=f"The schema of its database. {_OLD}, and of the gateway."
    )
    needed_schema: str | None = strawberry.field(
        default=None,
        description="The schema that its code was written for; it runs on a later one too, and waits for it on an "
        f"older one. {_OLD}, and of the gateway.",
    )


@strawberry.type
class ProcessQuery:
    @strawberry.field(
        description="Every process that answers within 3 seconds: of each service every replica, of the gateway the "
        "one that is asked. For operators and admins, null for others, and while no service answers."
    )
    async def processes(self, info: Info) -> list[PlatformProcess] | None:
        context = info.context
        context.signed_in()
        services = (_ask_all(context, service) for service in PlatformService)
        found = [process for replies in await asyncio.gather(*services) for process in replies]
        return [_own(), *found] if found else None


async def _ask_all(context: Context, service: PlatformService) -> list[PlatformProcess]:
    replicas = await replicas_of(context.clients.addresses[str(service.value)])
    asked = (_ask(context, service, address) for address in replicas)
    return [process for process in await asyncio.gather(*asked) if process is not None]


async def _ask(context: Context, service: PlatformService, address: str) -> PlatformProcess | None:
    """None if it does not answer, or cannot."""
    name, since = str(service.value), machine_now()
    async with open_channel(address) as channel:
        method = OperateServiceStub(channel).GetHealth
        request = pb.GetHealthRequest()
        try:
            reply = await context.call(name, method, request, within=ANSWER_SECONDS)
        except (Unavailable, Late, RateLimited, Broken) as failure:
            log_fault(failure, f"process of {name}")
            return None
    return _process(service, reply, since, machine_now())


def _process(
    service: PlatformService, reply: pb.GetHealthResponse, since: datetime, until: datetime
) -> PlatformProcess:
    if not reply.HasField("process"):
        return PlatformProcess(service=service)
    said = reply.process
    told = said.clock_at.ToDatetime(UTC)
    return PlatformProcess(
        service=service,
        version=said.version,
        clock_at=DateTime(instant_text(told)),
        clock_ahead_seconds=apart_seconds(told, since, until),
        database_ahead_seconds=said.database_ahead_seconds,
        schema=said.schema,
        needed_schema=said.needed_schema,
    )


def _own() -> PlatformProcess:
    at = DateTime(instant_text(machine_now()))
    return PlatformProcess(version=VERSION, clock_at=at, clock_ahead_seconds=0.0)
