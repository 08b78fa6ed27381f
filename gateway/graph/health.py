"""How far each service is with its facts, and what it gave up: counts and never data."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import UTC
from enum import Enum

import strawberry
from google.protobuf.timestamp_pb2 import Timestamp

from cxm.operate.v1 import operate_pb2 as pb
from gateway.errors import log_fault
from gateway.graph.base.scalars import DateTime
from gateway.request.context import Context, Info
from services.kit.clock import instant_text
from services.kit.errors import Broken, Late, RateLimited, Unavailable
from services.kit.events.streams import DURABLES

ANSWER_SECONDS = 3.0
_SILENT = "Null if the service does not answer."
_UNKNOWN = (
    "Told by the services whose facts they are, so it is known while this one does not answer; "
    "null if one of them, or the broker, does not."
)


@strawberry.enum(description="A service of the platform.")
class PlatformService(Enum):
    PROFILE = strawberry.enum_value("profile", description="Departments, touchpoints and rights.")
    SURVEY = strawberry.enum_value("survey", description="Surveys and responses.")
    METRICS = strawberry.enum_value("metrics", description="Scores.")
    EMPLOYEE_EXP = strawberry.enum_value("employee_exp", description="Employment.")


@strawberry.type(
    description="Facts that a service gave up after 8 tries, of one subject and for one reason; `replayDeadLetters` "
    "tries them again."
)
class DeadLetters:
    place: str = strawberry.field(
        description="Where they were heard: the service and what it does, e.g. metrics-copy-surveys."
    )
    subject: str = strawberry.field(
        description="What they tell of, e.g. cxm.survey.survey.changed.v1."
    )
    error: str = strawberry.field(
        description="The kind of the last failure, e.g. DecodeError; the log of the service has more."
    )
    count: int = strawberry.field(description="How many; at least 1.")
    first_at: DateTime = strawberry.field(description="When the first was given up.")
    last_at: DateTime = strawberry.field(description="When the last was given up.")


@strawberry.type(description="How far one service is with its facts, and what it gave up.")
class ServiceHealth:
    service: PlatformService = strawberry.field(description="Which.")
    is_answering: bool = strawberry.field(description="Whether it answered, within 3 seconds.")
    unpublished: int | None = strawberry.field(
        description=f"Facts that it has stored and not yet published. {_SILENT}"
    )
    stuck_seconds: int | None = strawberry.field(
        description=f"For how many seconds it could publish nothing; 0 when all is. {_SILENT}"
    )
    unapplied: int | None = strawberry.field(
        description=f"Facts that others have published and it has still to apply. {_UNKNOWN}"
    )
    unapplied_seconds: int | None = strawberry.field(
        description="For at most how many seconds the oldest of them waits; 0 without any. Null where unapplied is."
    )
    dead_letter_count: int | None = strawberry.field(
        description=f"Facts that it gave up after 8 tries, in all. {_SILENT}"
    )
    dead_letters: list[DeadLetters] | None = strawberry.field(
        description=f"Of what kind they are; the 20 kinds with the most. {_SILENT}"
    )


@strawberry.type
class HealthQuery:
    @strawberry.field(
        description="Every service, whether it answers, how far it is and what it gave up. For operators and admins, "
        "null for others."
    )
    async def health(self, info: Info) -> list[ServiceHealth] | None:
        context = info.context
        context.signed_in()
        services = [str(service.value) for service in PlatformService]
        replies = await asyncio.gather(*(_ask(context, service) for service in services))
        waiting = {
            one.durable: one
            for reply in replies
            for one in (reply.unapplied if reply is not None else ())
        }
        return [
            _health(service, reply, waiting)
            for service, reply in zip(services, replies, strict=True)
        ]


async def _ask(context: Context, service: str) -> pb.GetHealthResponse | None:
    """None if it does not answer, or cannot."""
    method = context.clients.operate[service].GetHealth
    try:
        return await context.call(service, method, pb.GetHealthRequest(), within=ANSWER_SECONDS)
    except (Unavailable, Late, RateLimited, Broken) as failure:
        log_fault(failure, f"health of {service}")
        return None


def _health(
    service: str, reply: pb.GetHealthResponse | None, waiting: Mapping[str, pb.Unapplied]
) -> ServiceHealth:
    unapplied = _unapplied(service, waiting)
    return ServiceHealth(
        service=PlatformService(service),
        is_answering=reply is not None,
        unpublished=reply.unpublished if reply else None,
        stuck_seconds=reply.stuck_seconds if reply else None,
        unapplied=unapplied and unapplied[0],
        unapplied_seconds=unapplied and unapplied[1],
        dead_letter_count=reply.dead if reply else None,
        dead_letters=_dead(reply.dead_letters) if reply else None,
    )


def _unapplied(service: str, waiting: Mapping[str, pb.Unapplied]) -> tuple[int, int] | None:
    """Facts and seconds over all places of a service; None if one is not known."""
    places = [durable.name for durable in DURABLES if durable.name.startswith(f"{service}-")]
    if not waiting.keys() >= set(places):
        return None
    found = [waiting[place] for place in places]
    return sum(one.facts for one in found), max((one.seconds for one in found), default=0)


def _dead(kinds: Iterable[pb.DeadLetters]) -> list[DeadLetters]:
    return [
        DeadLetters(
            place=kind.durable,
            subject=kind.subject,
            error=kind.error,
            count=kind.count,
            first_at=_at(kind.first_at),
            last_at=_at(kind.last_at),
        )
        for kind in kinds
    ]


def _at(instant: Timestamp) -> DateTime:
    return DateTime(instant_text(instant.ToDatetime(UTC)))
