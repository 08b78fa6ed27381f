"""gRPC: cxm.metrics.v1.DefinitionService."""

from cxm.metrics.v1 import definitions_pb2 as pb
from cxm.metrics.v1.definitions_pb2_grpc import (
    DefinitionServiceServicer,
    add_DefinitionServiceServicer_to_server,
)
from services.kit.directory.copy import DirectoryCopy
from services.kit.process import Process
from services.kit.rights.access import Action
from services.kit.rights.audit.entries import actor_of
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, viewer
from services.kit.service import Shared
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.definitions import convert
from services.metrics.definitions.registry import Definitions
from services.metrics.definitions.resolving import define_metric


class DefinitionRpc(DefinitionServiceServicer):
    """The metrics there are, and new ones."""

    def __init__(
        self, directory: DirectoryCopy, surveys: SurveyCopy, definitions: Definitions
    ) -> None:
        self.directory = directory
        self.surveys = surveys
        self.definitions = definitions

    @needs(Action.WRITE_METRICS, Scope.ORGANISATION)
    async def RegisterMetric(
        self, request: pb.RegisterMetricRequest, context: Context
    ) -> pb.RegisterMetricResponse:
        """A new metric, or the next version of one; admins of the whole organisation only."""
        await self.surveys.refresh()
        definition = define_metric(self.surveys, convert.draft(request.draft))
        tree = self.directory.tree
        actor = actor_of(viewer(context), Action.WRITE_METRICS, tree, tree.root_id)
        kept = await self.definitions.register(definition, actor, tree.clock())
        return pb.RegisterMetricResponse(definition=convert.definition(kept, self.surveys.layouts))

    @needs(None, Scope.ANY_TOKEN)
    async def ListDefinitions(
        self, request: pb.ListDefinitionsRequest, context: Context
    ) -> pb.ListDefinitionsResponse:
        """The newest version of every metric, or all versions; for everyone who is signed in."""
        await self.definitions.refresh()
        found = self.definitions.all if request.all_versions else self.definitions.newest.values()
        known = self.surveys.layouts
        return pb.ListDefinitionsResponse(definitions=[convert.definition(d, known) for d in found])


async def wire(process: Process, shared: Shared, surveys: SurveyCopy) -> Definitions:
    """Read every definition, and answer cxm.metrics.v1.DefinitionService."""
    definitions = Definitions(shared.database)
    await definitions.open()
    process.serve(
        "cxm.metrics.v1.DefinitionService",
        add_DefinitionServiceServicer_to_server,
        DefinitionRpc(shared.directory, surveys, definitions),
    )
    return definitions
