"""gRPC: cxm.metrics.v1.DefinitionService."""

from cxm.metrics.v1 import definitions_pb2 as pb
from cxm.metrics.v1.definitions_pb2_grpc import DefinitionServiceServicer
from services.kit.directory import DirectoryCopy
from services.kit.errors import Unauthenticated
from services.kit.rights.access import Action, authorize
from services.kit.rpc.servicing import Context, viewer
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.definitions import convert
from services.metrics.definitions.registry import Definitions
from services.metrics.definitions.resolving import definition_of


class DefinitionRpc(DefinitionServiceServicer):
    """The metrics there are, and new ones."""

    def __init__(
        self, directory: DirectoryCopy, surveys: SurveyCopy, definitions: Definitions
    ) -> None:
        self.directory = directory
        self.surveys = surveys
        self.definitions = definitions

    async def RegisterMetric(
        self, request: pb.RegisterMetricRequest, context: Context
    ) -> pb.RegisterMetricResponse:
        """A new metric, or the next version of one; admins of the whole organisation only."""
        authorize(viewer(context), Action.WRITE_METRICS, None, self.directory.tree)
        await self.surveys.refresh()
        kept = await self.definitions.register(definition_of(self.surveys, request.draft))
        return pb.RegisterMetricResponse(definition=convert.definition(kept))

    async def ListDefinitions(
        self, request: pb.ListDefinitionsRequest, context: Context
    ) -> pb.ListDefinitionsResponse:
        """The newest version of every metric, or all versions; for everyone who is signed in."""
        if not viewer(context).grants:
            raise Unauthenticated("this needs a bearer token")
        await self.definitions.refresh()
        found = self.definitions.all if request.all_versions else self.definitions.newest.values()
        return pb.ListDefinitionsResponse(definitions=[convert.definition(d) for d in found])
