"""Asking for analyses of drivers, how far one is, and cancelling it."""

from typing import Annotated

import strawberry

from cxm.metrics.v1 import drivers_pb2 as pb
from gateway.graph.base.mutations import Input, UserError, mutate
from gateway.graph.scores.drivers import DriverAnalysis, DriverMethod, analysis_of
from gateway.graph.scores.scorecard import PeriodInput, ScoreFilter, scope_of
from gateway.graph.scores.values import TreeReading
from gateway.request.context import Context, Info
from services.kit.clock import new_id
from services.kit.errors import Invalid, NotFound


@strawberry.input(
    description="What is analysed: name the outcome by `metric` or by `question`, one of them."
)
class StartDriverAnalysisInput:
    id: strawberry.ID | None = strawberry.field(
        default=None,
        description="UUID made by the sender, so that the same call again starts nothing and answers with the same "
        "analysis, which has an id of its own; absent: a new one.",
    )
    department: str = strawberry.field(description="Key of the department.")
    survey: str = strawberry.field(description="Key of the survey that asks outcome and drivers.")
    metric: str | None = strawberry.field(
        default=None,
        description="Key of a metric: the question on a scale that it reads in the survey is the outcome.",
    )
    question: str | None = strawberry.field(
        default=None, description="Key of a question on a scale, the outcome."
    )
    drivers: list[str] | None = strawberry.field(
        default=None,
        description="Keys of 2 to 25 questions on a scale; absent: those that ask the standard items of service "
        "quality (available, competent, fast, personal, relevant).",
    )
    method: DriverMethod | None = strawberry.field(
        default=None, description="Default: SHAPLEY up to 12 drivers, JOHNSON from 13 on."
    )
    period: PeriodInput = strawberry.field(description="Days of the answers.")
    include_subtree: bool = strawberry.field(
        default=True, description="With all under it, or what is directly there."
    )
    tree: TreeReading = strawberry.field(
        default=TreeReading.TODAY, description="How the subtree is read over time."
    )
    filter: ScoreFilter | None = strawberry.field(
        default=None, description="Which answers count, without a survey; default: all."
    )


@strawberry.input(description="Which analysis is cancelled.")
class CancelDriverAnalysisInput:
    id: strawberry.ID = strawberry.field(description="Of the analysis.")


@strawberry.type(description="What became of an analysis.")
class DriverAnalysisPayload:
    analysis: DriverAnalysis | None = strawberry.field(
        default=None, description="As it is now; null when it was refused."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list,
        description="Why it was refused, e.g. UNKNOWN_QUESTION, NOT_A_SCALE, TOO_MANY_FOR_SHAPLEY, ANALYSES_BUSY.",
    )


@strawberry.type
class DriverQuery:
    @strawberry.field(
        description="An analysis of drivers, and how far it is. Null for one that is not there, or not yours to see."
    )
    async def driver_analysis(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Of the analysis.")],  # noqa: A002
    ) -> DriverAnalysis | None:
        context, request = info.context, pb.GetDriverAnalysisRequest(id=id)
        try:
            reply = await context.call(
                "metrics", context.clients.drivers.GetDriverAnalysis, request
            )
        except NotFound:
            return None
        return analysis_of(reply.analysis)


@strawberry.type
class DriverMutation:
    @strawberry.field(
        description="Ask for an analysis of drivers: how strongly answers to some questions go together with an "
        "outcome. It is worked on after this call; `driverAnalysis` tells how far it is. One at a time for each "
        "subject. Admins and analysts, and department heads in their departments."
    )
    async def start_driver_analysis(
        self, info: Info, given: Input[StartDriverAnalysisInput]
    ) -> DriverAnalysisPayload:
        return await mutate(DriverAnalysisPayload, _start(info.context, given))

    @strawberry.field(
        description="Cancel an analysis that is not done; one that has ended stays as it is. Repeatable. As "
        "`startDriverAnalysis`."
    )
    async def cancel_driver_analysis(
        self, info: Info, given: Input[CancelDriverAnalysisInput]
    ) -> DriverAnalysisPayload:
        return await mutate(DriverAnalysisPayload, _cancel(info.context, given))


async def _start(context: Context, given: StartDriverAnalysisInput) -> DriverAnalysisPayload:
    if given.metric is not None and given.question is not None:
        raise Invalid(
            "name the outcome once: a metric or a question",
            reason="OUTCOME_TWICE",
            field=["question"],
        )
    scope = scope_of(given.period, given.include_subtree, given.tree, given.filter)
    request = pb.StartDriverAnalysisRequest(
        id=given.id or new_id(),
        department=given.department,
        survey=given.survey,
        drivers=given.drivers or [],
        scope=scope.message(),
    )
    if given.metric is not None:
        request.metric = given.metric
    if given.question is not None:
        request.question = given.question
    if given.method is not None:
        request.method = pb.DriverMethod.Value(f"DRIVER_METHOD_{given.method.name}")
    reply = await context.call("metrics", context.clients.drivers.StartDriverAnalysis, request)
    return DriverAnalysisPayload(analysis=analysis_of(reply.analysis))


async def _cancel(context: Context, given: CancelDriverAnalysisInput) -> DriverAnalysisPayload:
    request = pb.CancelDriverAnalysisRequest(id=given.id)
    reply = await context.call("metrics", context.clients.drivers.CancelDriverAnalysis, request)
    return DriverAnalysisPayload(analysis=analysis_of(reply.analysis))
