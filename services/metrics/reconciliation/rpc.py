"""Door 1, for operators: cxm.metrics.v1.ReconciliationService."""

from cxm.metrics.v1 import reconciliation_pb2 as pb
from cxm.metrics.v1.reconciliation_pb2_grpc import ReconciliationServiceServicer
from services.kit.db.database import reaching
from services.kit.directory import DirectoryCopy
from services.kit.rights.access import Action, authorize
from services.kit.rpc.servicing import Context, viewer
from services.metrics.rebuild.runner import Rebuild
from services.metrics.reconciliation.runner import ReconciliationRunner


class ReconciliationRpc(ReconciliationServiceServicer):
    """What operators start, and how far it is."""

    def __init__(
        self, directory: DirectoryCopy, runner: ReconciliationRunner, rebuild: Rebuild
    ) -> None:
        self.directory = directory
        self.runner = runner
        self.rebuild = rebuild

    async def StartReconciliation(
        self, request: pb.StartReconciliationRequest, context: Context
    ) -> pb.StartReconciliationResponse:
        """Compare from now on, unless that is going on already."""
        self._authorize(context)
        with reaching("the answer log"):
            await self.runner.start()
            return pb.StartReconciliationResponse(reconciliation=await self.runner.read())

    async def GetReconciliation(
        self, request: pb.GetReconciliationRequest, context: Context
    ) -> pb.GetReconciliationResponse:
        """The comparison that runs, else the last one."""
        self._authorize(context)
        with reaching("the answer log"):
            return pb.GetReconciliationResponse(reconciliation=await self.runner.read())

    async def StartRebuild(
        self, request: pb.StartRebuildRequest, context: Context
    ) -> pb.StartRebuildResponse:
        """Make the log anew from now on, unless that is going on already."""
        self._authorize(context)
        with reaching("the answer log"):
            await self.rebuild.start()
            return pb.StartRebuildResponse(rebuild=await self.rebuild.read())

    async def GetRebuild(
        self, request: pb.GetRebuildRequest, context: Context
    ) -> pb.GetRebuildResponse:
        """The rebuild that runs, else the last one."""
        self._authorize(context)
        with reaching("the answer log"):
            return pb.GetRebuildResponse(rebuild=await self.rebuild.read())

    def _authorize(self, context: Context) -> None:
        authorize(viewer(context), Action.RECONCILE, None, self.directory.tree)
