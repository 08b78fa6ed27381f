"""What whoever runs the platform may do: dead letters, reconciliation, rebuild. None of it shows data."""

import asyncio
from enum import Enum
from typing import Annotated

import strawberry

from cxm.metrics.v1 import reconciliation_pb2 as pb
from cxm.operate.v1.operate_pb2 import ReplayDeadLettersRequest
from gateway.calls.clients import CONSUMING
from gateway.graph.base.scalars import DateTime
from gateway.request.context import Info

_FAILED = "Why it came to no end; null unless state is FAILED."
_STARTED = "Null while state is NEVER."


@strawberry.enum(description="How far work is that outlasts a request.")
class WorkState(Enum):
    NEVER = strawberry.enum_value(pb.WORK_STATE_NEVER, description="None was started yet.")
    RUNNING = strawberry.enum_value(pb.WORK_STATE_RUNNING, description="It goes on: ask again.")
    DONE = strawberry.enum_value(pb.WORK_STATE_DONE, description="It has ended.")
    FAILED = strawberry.enum_value(
        pb.WORK_STATE_FAILED, description="It came to no end, and changed nothing: start it again."
    )


@strawberry.enum(description="What is compared.")
class Quantity(Enum):
    RESPONSES = strawberry.enum_value(
        pb.QUANTITY_RESPONSES, description="How many responses there are."
    )
    ANSWERS = strawberry.enum_value(
        pb.QUANTITY_ANSWERS,
        description="How many answered the question. Of a single choice: those that chose the option; of a "
        "multiple choice: those to whom it was offered.",
    )
    SUM = strawberry.enum_value(
        pb.QUANTITY_SUM,
        description="Of all scores given; of a choice: how often the option was chosen.",
    )


@strawberry.type(description="A number behind scores that is not what is stored.")
class Difference:
    department: str = strawberry.field(description="Key; the id of one that is not known.")
    survey: str = strawberry.field(description="Key; the id of one that is not known.")
    month: str = strawberry.field(description="Of the responses' local days, e.g. 2026-01.")
    quantity: Quantity = strawberry.field(description="What was compared.")
    question: str | None = strawberry.field(
        description="Key; the id of one that is not asked now. Null for RESPONSES."
    )
    option: str | None = strawberry.field(description="Key; null unless the question is a choice.")
    stored: int = strawberry.field(description="As responses are stored.")
    counted: int = strawberry.field(description="As scores count it.")


@strawberry.type(
    description="A comparison of what scores are counted from with the responses that are stored, by department, "
    "survey and month. Responses that come in meanwhile are no differences."
)
class Reconciliation:
    state: WorkState = strawberry.field(description="Whether it goes on.")
    started_at: DateTime | None = strawberry.field(description=_STARTED)
    error: str | None = strawberry.field(description=_FAILED)
    compared: int = strawberry.field(
        description="Departments by survey and month that have responses; 0 unless state is DONE."
    )
    differing: int = strawberry.field(description="Differences in all; 0 unless state is DONE.")
    differences: list[Difference] = strawberry.field(
        description="The first 100, by department, survey and month."
    )


@strawberry.type(description="What scores are counted from, made anew from the stored responses.")
class Rebuild:
    state: WorkState = strawberry.field(
        description="Whether it goes on; scores stay as they were until it is DONE."
    )
    started_at: DateTime | None = strawberry.field(description=_STARTED)
    error: str | None = strawberry.field(description=_FAILED)
    done: int = strawberry.field(description="Responses taken over.")
    total: int = strawberry.field(description="Responses to take over; 0 until that is known.")


@strawberry.type
class OperationQuery:
    @strawberry.field(
        description="The comparison that runs, else the last one; one is made every hour. For operators and admins,"
        " null for others."
    )
    async def reconciliation(self, info: Info) -> Reconciliation | None:
        call = info.context.clients.reconciliation.GetReconciliation
        reply = await info.context.call("metrics", call, pb.GetReconciliationRequest())
        return _reconciliation(reply.reconciliation)

    @strawberry.field(
        description="The rebuild that runs, else the last one. For operators and admins, null for others."
    )
    async def rebuild(self, info: Info) -> Rebuild | None:
        call = info.context.clients.reconciliation.GetRebuild
        reply = await info.context.call("metrics", call, pb.GetRebuildRequest())
        return _rebuild(reply.rebuild)


@strawberry.enum(description="A service that consumes facts.")
class ConsumingService(Enum):
    PROFILE = strawberry.enum_value("profile", description="Takes receipts of erasures.")
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
class OperationMutation:
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

    @strawberry.field(
        description="Compare what scores are counted from with the stored responses, from now on; `reconciliation` "
        "has what is found. For operators. While one runs this starts no other."
    )
    async def start_reconciliation(self, info: Info) -> Reconciliation:
        call = info.context.clients.reconciliation.StartReconciliation
        reply = await info.context.call("metrics", call, pb.StartReconciliationRequest())
        return _reconciliation(reply.reconciliation)

    @strawberry.field(
        description="Make what scores are counted from anew from the stored responses, while responses come in; "
        "`rebuild` tells how far it is. For operators. While one runs this starts no other."
    )
    async def start_rebuild(self, info: Info) -> Rebuild:
        call = info.context.clients.reconciliation.StartRebuild
        reply = await info.context.call("metrics", call, pb.StartRebuildRequest())
        return _rebuild(reply.rebuild)


def _reconciliation(message: pb.Reconciliation) -> Reconciliation:
    return Reconciliation(
        state=WorkState(message.state),
        started_at=DateTime(message.started_at) if message.started_at else None,
        error=message.error or None,
        compared=message.compared,
        differing=message.differing,
        differences=list(map(_difference, message.differences)),
    )


def _difference(message: pb.Difference) -> Difference:
    return Difference(
        department=message.department,
        survey=message.survey,
        month=message.month,
        quantity=Quantity(message.quantity),
        question=message.question or None,
        option=message.option or None,
        stored=message.stored,
        counted=message.counted,
    )


def _rebuild(message: pb.Rebuild) -> Rebuild:
    return Rebuild(
        state=WorkState(message.state),
        started_at=DateTime(message.started_at) if message.started_at else None,
        error=message.error or None,
        done=message.done,
        total=message.total,
    )


async def _replay(info: Info, service: str) -> ReplayedDeadLetters:
    call = info.context.clients.operate[service].ReplayDeadLetters
    reply = await info.context.call(service, call, ReplayDeadLettersRequest())
    return ReplayedDeadLetters(
        service=ConsumingService(service), replayed=reply.replayed, failed=reply.failed
    )
