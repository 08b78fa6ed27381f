"""The metrics process: `python -m services.metrics.main`."""

from functools import partial

from services.kit.config import read_settings
from services.kit.process import Process
from services.kit.rpc.servicing import open_channel
from services.kit.service import Shared, run_service
from services.metrics import events
from services.metrics.alerts import rpc as alerts
from services.metrics.answer_log import wiring as answer_log
from services.metrics.config import Settings
from services.metrics.cube import standing
from services.metrics.customers import events as customers
from services.metrics.definitions import rpc as definitions
from services.metrics.drivers import rpc as drivers
from services.metrics.employment import events as employment
from services.metrics.linkage import rpc as linkage
from services.metrics.rebuild import events as lost
from services.metrics.rebuild import runner as rebuild
from services.metrics.reconciliation import rpc as reconciliation
from services.metrics.released import events as released
from services.metrics.scores import rpc as scores
from services.metrics.targets import rpc as targets


def main() -> None:
    settings = read_settings(Settings)
    run_service("metrics", settings, partial(wire, settings))


async def wire(settings: Settings, process: Process, shared: Shared) -> None:
    """Ready means: surveys and definitions are read, and every partition of the cube is loaded."""
    survey = await process.enter(open_channel(settings.survey_address))
    log = await answer_log.wire(process, shared, survey)
    cube = await standing.wire(process, shared, log)
    registry = await definitions.wire(process, shared, log.surveys)
    wired = scores.wire(process, shared, cube, registry)
    announcer = wired.announcer
    targets.wire(process, shared, wired)
    drivers.wire(process, shared, wired)
    linkage.wire(process, shared, wired.reader)
    alerts.wire(process, shared, cube, wired)
    rebuilding = rebuild.wire(process, shared, log, announcer.announce_everywhere)
    reconciliation.wire(process, shared, log, rebuilding)
    employment.wire(shared, announcer.announce_staff)
    released.wire(shared, announcer.announce_released)
    customers.wire(process, shared, log.dictionary, announcer.announce_purchases)
    lost.wire(shared, rebuilding)
    events.wire(shared, log, announcer.announce)


if __name__ == "__main__":
    main()
