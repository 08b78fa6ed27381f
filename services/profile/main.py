"""The profile process: `python -m services.profile.main`."""

from functools import partial

from services.kit.auditing import serve_audit
from services.kit.process import Process
from services.kit.service import SharedStores, run_directory_owner
from services.profile.config import Settings
from services.profile.directory import rpc as directory
from services.profile.grants import rpc as grants
from services.profile.grants.storage import lock_granted
from services.profile.users import rpc as users


def main() -> None:
    settings = Settings()
    run_directory_owner("profile", settings, partial(wire, settings))


async def wire(settings: Settings, process: Process, shared: SharedStores) -> None:
    """Wire the nouns."""
    tree = await directory.wire(process, shared, time_zone=settings.time_zone)
    await users.wire(process, shared, tree, lock_granted)
    await grants.wire(process, shared, tree)
    serve_audit(process, tree, shared.database)


if __name__ == "__main__":
    main()
