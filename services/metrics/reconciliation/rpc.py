"""gRPC, for operators: cxm.metrics.v1.ReconciliationService."""

from cxm.metrics.v1 import reconciliation_pb2 as pb
from cxm.metrics.v1.reconciliation_pb2_grpc import (
    ReconciliationServiceServicer,
    add_ReconciliationServiceServicer_to_server,
)
from services.kit.db.database import reaching
from services.kit.directory.copy import DirectoryCopy
from services.kit.process import Process
from services.kit.rights.access import Action
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, viewer
from services.kit.service import Shared
from services.metrics.answer_log.wiring import WiredLog
from services.metrics.rebuild.runner import Rebuild
from services.metrics.reconciliation import convert
from services.metrics.reconciliation.comparing import Reconciler
from services.metrics.reconciliation.runner import ReconciliationRunner


class ReconciliationRpc(ReconciliationServiceServicer):
    """What operators start, and how far it is."""

    def __init__(
        self, directory: DirectoryCopy, runner: ReconciliationRunner, rebuild: Rebuild
    ) -> None:
        self.directory = directory
        self.runner = runner
        self.rebuild = rebuild

    @needs(Action.RECONCILE, Scope.ORGANISATION)
    async def StartReconciliation(
        self, request: pb.StartReconciliationRequest, context: Context
    ) -> pb.StartReconciliationResponse:
        """Compare from now on, unless that is going on already."""
        with reaching("the answer log"):
            await self.runner.start(self._entry(context, Deed.RECONCILIATION_STARTED))
            return pb.StartReconciliationResponse(
                reconciliation=convert.reconciliation(await self.runner.read())
            )

    @needs(Action.RECONCILE, Scope.ORGANISATION)
    async def GetReconciliation(
        self, request: pb.GetReconciliationRequest, context: Context
    ) -> pb.GetReconciliationResponse:
        """The comparison that runs, else the last one."""
        with reaching("the answer log"):
            return pb.GetReconciliationResponse(
                reconciliation=convert.reconciliation(await self.runner.read())
            )

    @needs(Action.RECONCILE, Scope.ORGANISATION)
    async def StartRebuild(
        self, request: pb.StartRebuildRequest, context: Context
    ) -> pb.StartRebuildResponse:
        """Make the log anew from now on, unless that is going on already."""
        with reaching("the answer log"):
            await self.rebuild.start(self._entry(context, Deed.REBUILD_STARTED))
            return pb.StartRebuildResponse(rebuild=convert.rebuild(await self.rebuild.read()))

    @needs(Action.RECONCILE, Scope.ORGANISATION)
    async def GetRebuild(
        self, request: pb.GetRebuildRequest, context: Context
    ) -> pb.GetRebuildResponse:
        """The rebuild that runs, else the last one."""
        with reaching("the answer log"):
            return pb.GetRebuildResponse(rebuild=convert.rebuild(await self.rebuild.read()))

    def _entry(self, context: Context, deed: Deed) -> AuditEntry:
        tree = self.directory.tree
        actor = actor_of(viewer(context), Action.RECONCILE, tree, tree.root_id)
        return AuditEntry(tree.clock(), actor, deed)


def wire(process: Process, shared: Shared, log: WiredLog, rebuild: Rebuild) -> None:
    """Compare every hour, and answer cxm.metrics.v1.ReconciliationService."""
    pool = shared.database.pool
    reconciler = Reconciler(
        pool, log.dictionary, log.surveys, log.watermarks, log.stored, shared.identity
    )
    runner = ReconciliationRunner(pool, reconciler, shared.directory)
    process.background(runner.run)
    process.serve(
        "cxm.metrics.v1.ReconciliationService",
        add_ReconciliationServiceServicer_to_server,
        ReconciliationRpc(shared.directory, runner, rebuild),
    )
