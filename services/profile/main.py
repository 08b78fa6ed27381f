"""The profile process: `python -m services.profile.main`."""

from datetime import timedelta
from functools import partial

from services.kit.auditing import serve_audit
from services.kit.config import read_settings
from services.kit.imports.import_job import Imports
from services.kit.process import Process
from services.kit.rights.key_files import read_key
from services.kit.service import SharedStores, run_directory_owner
from services.profile.announcements import announcing as announcements
from services.profile.config import Settings
from services.profile.consents import rpc as consents
from services.profile.customers import rpc as customers
from services.profile.customers.sealed_names import CustomerKeys
from services.profile.directory import rpc as directory
from services.profile.facts.wiring import open_facts
from services.profile.grants import rpc as grants
from services.profile.grants.storage import lock_granted
from services.profile.interactions import rpc as interactions
from services.profile.interactions.rpc import InteractionRules
from services.profile.points import rpc as points
from services.profile.privacy import rpc as privacy
from services.profile.privacy.journal import Journal
from services.profile.purchases import rpc as purchases
from services.profile.segments import rpc as segments
from services.profile.sessions import rpc as sessions
from services.profile.sessions.domain import Lifetime
from services.profile.sites import rpc as sites
from services.profile.subscriptions import rpc as subscriptions
from services.profile.users import rpc as users


def main() -> None:
    settings = read_settings(Settings)
    run_directory_owner("profile", settings, partial(wire, settings))


async def wire(settings: Settings, process: Process, shared: SharedStores) -> None:
    """Wire the nouns; Invalid if a key of the deployment cannot be read."""
    imports = Imports(settings.imports_at_once, settings.imports_per_subject)
    tree = await directory.wire(process, shared, time_zone=settings.time_zone, imports=imports)
    await sessions.wire(process, shared, tree, session_lifetime(settings))
    await users.wire(process, shared, tree, lock_granted)
    await grants.wire(process, shared, tree)
    keys = CustomerKeys(read_key(settings.customer_key_file), read_key(settings.seal_key_file))
    await customers.wire(process, shared, tree, imports, keys, settings.phone_country)
    zone = (await tree.read_tree()).zone
    facts = open_facts(shared.database, tree, zone, keys, settings.phone_country)
    await consents.wire(process, shared, tree, facts.aliases, imports)
    await purchases.wire(
        process, shared, tree, facts.attributor, facts.aliases, settings.currency, imports
    )
    await subscriptions.wire(
        process, shared, tree, facts.attributor, facts.aliases, settings.currency, imports
    )
    rules = InteractionRules(settings.interaction_months, settings.interaction_details_months)
    interactions.wire(process, facts, rules, imports)
    await points.wire(process, shared, tree, facts.aliases, imports)
    await sites.wire(process, shared, tree, keys, settings.phone_country)
    announcements.wire(process, shared)
    journal = Journal(settings.erasure_journal_dir, keys.refs)
    await privacy.wire(process, shared, tree, keys, journal, settings.phone_country)
    await segments.wire(process, shared, tree, keys)
    shared.operate(process, tree)
    serve_audit(process, tree, shared.database)


def session_lifetime(settings: Settings) -> Lifetime:
    """How long a browser's session holds."""
    idle = timedelta(minutes=settings.session_idle_minutes)
    return Lifetime(idle, timedelta(hours=settings.session_hours))


if __name__ == "__main__":
    main()
