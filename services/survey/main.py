"""The survey process: `python -m services.survey.main`. Surveys in, responses in, envelopes out."""

from functools import partial

from services.kit import clock
from services.kit.config import read_settings
from services.kit.db.store_room import StoreRoom, open_store_room
from services.kit.imports.import_job import Imports
from services.kit.process import Process
from services.kit.rights.key_files import read_key
from services.kit.service import Shared, run_service
from services.survey.attribution.labels import Labels
from services.survey.attribution.lookup import DirectoryLookup
from services.survey.config import Settings
from services.survey.exporting import rpc as exporting
from services.survey.importing import rpc as importing
from services.survey.invitations import rpc as invitations
from services.survey.privacy import events as privacy
from services.survey.reading import rpc as reading
from services.survey.reconciliation import rpc as reconciliation
from services.survey.responses import rpc as responses
from services.survey.responses.domain.quota import DAILY_LIMIT
from services.survey.responses.intake import Intake
from services.survey.responses.judging import Judging
from services.survey.surveys import rpc as surveys


def main() -> None:
    settings = read_settings(Settings)
    run_service("survey", settings, partial(wire, settings))


async def wire(settings: Settings, process: Process, shared: Shared) -> None:
    """Wire every noun; Invalid if the key of the customers' hashes cannot be read, or the disk not be measured."""
    key = read_key(settings.customer_key_file)
    room = open_store_room(settings.store_path, settings.watermarks)
    process.background(room.follow)
    limit = settings.anonymous_daily_limit
    imports = Imports(settings.imports_at_once, settings.imports_per_subject)
    wire_nouns(process, shared, key, daily_limit=limit, room=room, imports=imports)


def wire_nouns(
    process: Process,
    shared: Shared,
    customer_key: bytes,
    now: clock.Clock = clock.now,
    daily_limit: int = DAILY_LIMIT,
    room: StoreRoom | None = None,
    imports: Imports | None = None,
) -> Intake:
    """Wire each noun with those below it; returns what takes responses in."""
    lookup, labels = DirectoryLookup(shared.directory), Labels(shared.database.pool)
    cache, editing = surveys.wire(process, shared, lookup, now)
    tokens = invitations.wire(process, shared, cache, lookup, labels, customer_key, now)
    judging = Judging(cache, lookup, tokens, customer_key, now, daily_limit)
    intake = responses.wire(process, shared, judging, labels, room or StoreRoom())
    importing.wire(process, shared, editing, intake, imports or Imports())
    exporting.wire(process, shared, customer_key)
    reading.wire(process, shared, customer_key)
    reconciliation.wire(process, shared)
    privacy.wire(shared, customer_key, now)
    return intake


if __name__ == "__main__":
    main()
