"""What whoever runs the platform may do; none of it shows data."""

import asyncio
from enum import Enum
from typing import Annotated

import strawberry

from cxm.operate.v1 import operate_pb2 as pb
from gateway.calls.clients import CONSUMING
from gateway.request.context import Info


@strawberry.enum(description="A service that consumes facts.")
class ConsumingService(Enum):
    SURVEY = strawberry.enum_value("survey", description="Copies the directory.")
    METRICS = strawberry.enum_value(
        "metrics", description="Records responses; copies the directory, surveys and employment."
    )
    EMPLOYEE_EXP = strawberry.enum_value("employee_exp", description="Copies the directory.")


@strawberry.type(description="What became of the dead letters of one service.")
class ReplayedDeadLetters:
    service: ConsumingService = strawberry.field(description="Whose they were.")
    replayed: int = strawberry.field(description="Applied now.")
    failed: int = strawberry.field(description="Cannot be applied still, and stay; see its log.")


@strawberry.type
class OperateMutation:
    @strawberry.field(
        description="Apply facts that were given up after 8 tries once more, e.g. after an upgrade. For "
        "operators. Repeatable: what was applied before changes nothing."
    )
    async def replay_dead_letters(
        self,
        info: Info,
        service: Annotated[
            ConsumingService | None, strawberry.argument(description="Absent: every one.")
        ] = None,
    ) -> list[ReplayedDeadLetters]:
        names = CONSUMING if service is None else (str(service.value),)
        return list(await asyncio.gather(*(_replay(info, name) for name in names)))


async def _replay(info: Info, service: str) -> ReplayedDeadLetters:
    call = info.context.clients.operate[service].ReplayDeadLetters
    reply = await info.context.call(service, call, pb.ReplayDeadLettersRequest())
    return ReplayedDeadLetters(
        service=ConsumingService(service), replayed=reply.replayed, failed=reply.failed
    )
