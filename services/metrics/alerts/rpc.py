"""gRPC: cxm.metrics.v1.AlertService."""

from collections.abc import Sequence

from cxm.metrics.v1 import alerts_pb2 as pb
from cxm.metrics.v1.alerts_pb2_grpc import AlertServiceServicer, add_AlertServiceServicer_to_server
from services.kit.db.database import Sessions
from services.kit.directory.copy import DirectoryCopy
from services.kit.process import Process
from services.kit.rights.access import Action, Viewer, authorize
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_page, viewer
from services.kit.service import Shared
from services.metrics.alerts import convert, storage
from services.metrics.alerts.acknowledging import AlertAcknowledging
from services.metrics.alerts.domain import Alert
from services.metrics.alerts.raising import AlertRaising
from services.metrics.alerts.storage import AlertFilter
from services.metrics.alerts.watching import AlertWatcher
from services.metrics.alerts.week_store import WeekStore
from services.metrics.cube.cube import Cube
from services.metrics.scores.rpc import WiredScores


class AlertRpc(AlertServiceServicer):
    """Who reads the scores of a department reads its alerts."""

    def __init__(
        self, directory: DirectoryCopy, sessions: Sessions, acknowledging: AlertAcknowledging
    ) -> None:
        self.directory = directory
        self.sessions = sessions
        self.acknowledging = acknowledging

    @needs(Action.READ_SCORES, Scope.NAMED_DEPARTMENT)
    async def ListAlerts(
        self, request: pb.ListAlertsRequest, context: Context
    ) -> pb.ListAlertsResponse:
        """Of a department and all under it today."""
        check_page(request.first)
        who = viewer(context)
        await self.directory.know_visible(who, ids=[request.department_id])
        tree = self.directory.tree
        authorize(who, Action.READ_SCORES, request.department_id, tree)
        wanted = AlertFilter(
            tree.subtree(request.department_id),
            request.open if request.HasField("open") else None,
            request.after or None,
        )
        async with self.sessions() as session:
            found = await storage.list_alerts(session, wanted, request.first + 1)
        return pb.ListAlertsResponse(
            alerts=self._messages(found[: request.first], who), more=len(found) > request.first
        )

    @needs(Action.ACKNOWLEDGE_ALERTS, Scope.ANY_DEPARTMENT)
    async def AcknowledgeAlert(
        self, request: pb.AcknowledgeAlertRequest, context: Context
    ) -> pb.AcknowledgeAlertResponse:
        """By who may in the alert's department."""
        who = viewer(context)
        found = await self.acknowledging.acknowledge(who, request.id, convert.action(request))
        return pb.AcknowledgeAlertResponse(alert=self._messages([found], who)[0])

    def _messages(self, alerts: Sequence[Alert], who: Viewer) -> list[pb.Alert]:
        return [convert.alert(alert, who, self.directory.tree) for alert in alerts]


def wire(process: Process, shared: Shared, cube: Cube, scores: WiredScores) -> None:
    """Answer cxm.metrics.v1.AlertService, and raise alerts."""
    reader, database, directory = scores.reader, shared.database, shared.directory
    announce = scores.announcer.announce_alert
    process.serve(
        "cxm.metrics.v1.AlertService",
        add_AlertServiceServicer_to_server,
        AlertRpc(directory, database.read, AlertAcknowledging(database, directory, announce)),
    )
    store = WeekStore(directory, reader, cube)
    raising = AlertRaising(database, directory, reader, store, shared.outbox, announce)
    shared.restore(raising.announce_all)
    process.background(AlertWatcher(raising, store).run)
