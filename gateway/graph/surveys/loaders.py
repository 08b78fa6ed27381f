"""Surveys, asked of survey."""

from collections.abc import Sequence

from cxm.survey.v1 import surveys_pb2 as pb
from gateway.graph.base.loaders import Loader, Ref, find_ref, request_loader
from gateway.request.context import Context


def surveys(context: Context) -> Loader[Ref, pb.Survey | None]:
    async def load(refs: list[Ref]) -> Sequence[pb.Survey | None]:
        request = pb.BatchGetSurveysRequest(
            ids=[ref.id for ref in refs if ref.id], keys=[ref.key for ref in refs if ref.key]
        )
        reply = await context.call("survey", context.clients.surveys.BatchGetSurveys, request)
        found = {Ref(id=item.id): item for item in reply.surveys}
        found |= {Ref(key=item.key): item for item in reply.surveys}
        return [find_ref(found, ref) for ref in refs]

    return request_loader(context, "surveys", load)
