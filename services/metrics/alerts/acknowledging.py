"""Saying what is done about an alert."""

from dataclasses import replace

from services.kit import clock
from services.kit.db.database import Database
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Invalid, NotFound
from services.kit.rights.access import Action, Viewer, authorize
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_entries
from services.metrics.alerts import storage
from services.metrics.alerts.domain import Alert, AlertAction
from services.metrics.alerts.raising import AnnounceAlerts

ACTION = Action.ACKNOWLEDGE_ALERTS


class AlertAcknowledging:
    """What was said is written into the audit log and announced; also of an alert that is over."""

    def __init__(
        self, database: Database, directory: DirectoryCopy, announce: AnnounceAlerts
    ) -> None:
        self.database = database
        self.directory = directory
        self.announce = announce

    async def acknowledge(self, who: Viewer, id_: str, action: AlertAction | None) -> Alert:
        """The alert as it is now; NotFound where the viewer sees none, Denied where its role may not."""
        if action is None:
            raise Invalid(
                "say what is done about it: ACTING or NO_ACTION",
                reason="ACTION_MISSING",
                field=["action"],
            )
        async with self.database.write.begin() as session:
            alert = await storage.lock_alert(session, id_)
            if alert is None:
                raise _unknown()
            tree = self.directory.tree
            try:
                authorize(who, ACTION, alert.department_id, tree)
            except NotFound as error:
                raise _unknown() from error
            if alert.action is action:
                return alert
            at = clock.now()
            actor = actor_of(who, ACTION, tree, alert.department_id)
            await storage.acknowledge_alert(session, id_, action, actor.subject, at)
            keys = (tree.departments[alert.department_id].key, alert.metric)
            ids = (id_, alert.department_id)
            entry = AuditEntry(at, actor, Deed.ALERT_ACKNOWLEDGED, ids, keys)
            await write_entries(session, [entry])
        await self.announce(tree.line(alert.department_id), alert.metric)
        return replace(alert, action=action, acknowledged_by=actor.subject, acknowledged_at=at)


def _unknown() -> NotFound:
    return NotFound("no such alert", reason="UNKNOWN_ALERT", field=["id"])
