"""The employee_exp process: `python -m services.employee_exp.main`."""

from functools import partial

from services.employee_exp.ballots import rpc as ballots
from services.employee_exp.config import RELEASE_POOL_SIZE, Settings
from services.employee_exp.employment import rpc as employment
from services.employee_exp.employment.details.sealed_details import SealedDetails
from services.employee_exp.employment.rpc import EmploymentKeys
from services.employee_exp.invitations.inviting import Inviter
from services.employee_exp.invitations.runner import WaveRunner
from services.employee_exp.invitations.sending import MailSender
from services.employee_exp.invitations.storage import forget_employee
from services.employee_exp.releases import rpc as releases
from services.employee_exp.releases.announcing import ReleaseAnnouncer
from services.employee_exp.releases.measured.publishing import MeasuredPublisher
from services.employee_exp.releases.previewing import foresee_release
from services.employee_exp.releases.reading import ResultsReader
from services.employee_exp.releases.releasing import WaveReleaser
from services.employee_exp.releases.runner import ReleaseRunner
from services.employee_exp.sealing.wave_keys import WaveKeys
from services.employee_exp.waves import rpc as waves
from services.employee_exp.waves.closing import WaveCloser
from services.employee_exp.waves.editing import WaveEditor
from services.employee_exp.waves.heads import open_heads
from services.employee_exp.waves.opening import WaveOpener
from services.employee_exp.waves.people import PeopleFinder
from services.employee_exp.waves.storage import was_any_opened
from services.kit import clock
from services.kit.config import read_settings
from services.kit.db.database import open_database
from services.kit.imports.import_job import Imports
from services.kit.mail.opening import open_mail
from services.kit.process import Process
from services.kit.rights.key_files import read_key
from services.kit.service import Shared, run_service


def main() -> None:
    settings = read_settings(Settings)
    run_service("employee_exp", settings, partial(wire, settings))


async def wire(settings: Settings, process: Process, shared: Shared) -> None:
    """Invalid if a key of the deployment cannot be read, Unavailable if those of waves cannot be kept."""
    keys = WaveKeys(settings.wave_keys_dir)
    async with shared.database.write() as session:
        keys.prepare(is_new=not await was_any_opened(session))
    imports = Imports(settings.imports_at_once, settings.imports_per_subject)
    seal_key = read_key(settings.seal_key_file)
    staff_keys = EmploymentKeys(read_key(settings.import_key_file), seal_key)
    employment.wire(process, shared, imports, staff_keys, [forget_employee])
    people = PeopleFinder(SealedDetails(seal_key))
    closer = await wire_waves(settings, process, shared, keys, people)
    closer.closed = (await wire_releases(settings, process, shared, keys, people, imports)).closed


async def wire_waves(
    settings: Settings, process: Process, shared: Shared, keys: WaveKeys, people: PeopleFinder
) -> WaveCloser:
    """Waves and the invitations to them; what time brings runs beside."""
    database, directory = shared.database, shared.directory
    link_key = read_key(settings.link_key_file)
    inviter = Inviter(link_key, directory.now)
    heads = await open_heads(process, settings.profile_address, shared.identity)
    opener = WaveOpener(database, directory, keys, heads.find, people.find, inviter)
    closer = WaveCloser(database, directory, inviter.settle)
    editor = WaveEditor(database, directory)
    waves.wire(process, waves.WaveRpc(editor, opener, closer, foresee_release))
    mail = open_mail(settings.mail_url, settings.mail_from, clock.now)
    process.stack.push_async_callback(mail.close)
    sender = MailSender(
        database, directory, mail, people.find_addressees, link_key, settings.public_address
    )
    runner = WaveRunner(database, directory, opener, closer, sender)
    process.background(runner.run)
    process.background(runner.run_mails)
    shared.watch(runner.look_at_mails)
    return closer


async def wire_releases(
    settings: Settings,
    process: Process,
    shared: Shared,
    keys: WaveKeys,
    people: PeopleFinder,
    imports: Imports,
) -> ReleaseRunner:
    """Ballots, and what becomes of them: beside, as a role of its own."""
    directory = shared.directory
    flusher = ballots.wire(process, shared, keys, people.find_language)
    url = settings.release_database_url
    release = await process.enter(open_database(url, url, pool_size=RELEASE_POOL_SIZE))
    announcer = ReleaseAnnouncer(shared.outbox, lambda: directory.tree.zone)
    shared.restore(announcer.announce_all)
    releaser = WaveReleaser(release, keys, flusher, announcer, directory.now)
    runner = ReleaseRunner(shared.database, releaser)
    process.background(runner.run)
    publisher = MeasuredPublisher(release, directory, announcer)
    reader = ResultsReader(shared.database)
    releases.wire(process, releases.ReleaseRpc(directory, reader, publisher, imports))
    return runner


if __name__ == "__main__":
    main()
