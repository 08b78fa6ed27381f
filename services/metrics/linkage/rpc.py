"""gRPC: cxm.metrics.v1.LinkageService."""

from cxm.metrics.v1 import linkage_pb2 as pb
from cxm.metrics.v1.linkage_pb2_grpc import (
    LinkageServiceServicer,
    add_LinkageServiceServicer_to_server,
)
from services.kit.directory.copy import DirectoryCopy
from services.kit.process import Process
from services.kit.rights.access import Action, authorize
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, viewer
from services.kit.service import Shared
from services.metrics.linkage import convert
from services.metrics.linkage.linking import Linking
from services.metrics.scores.reader import ScoreReader


class LinkageRpc(LinkageServiceServicer):
    """Of departments under one whose scores the viewer may read; so all of them."""

    def __init__(self, directory: DirectoryCopy, reader: ScoreReader) -> None:
        self.directory = directory
        self.linking = Linking(reader)

    @needs(Action.READ_SCORES, Scope.NAMED_DEPARTMENT)
    async def GetLinkage(
        self, request: pb.GetLinkageRequest, context: Context
    ) -> pb.GetLinkageResponse:
        """Points, and where there are enough departments what links them."""
        who = viewer(context)
        await self.directory.know_visible(who, ids=[request.department_id])
        tree = self.directory.tree
        authorize(who, Action.READ_SCORES, request.department_id, tree)
        query = convert.query(request, tree.today_number)
        found = await self.linking.linkage(request.department_id, query, tree)
        return convert.linkage(found, tree)


def wire(process: Process, shared: Shared, reader: ScoreReader) -> None:
    """Answer cxm.metrics.v1.LinkageService."""
    process.serve(
        "cxm.metrics.v1.LinkageService",
        add_LinkageServiceServicer_to_server,
        LinkageRpc(shared.directory, reader),
    )
