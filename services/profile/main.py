"""The profile process: `python -m services.profile.main`."""

from functools import partial

from services.kit.service import run_directory_owner
from services.profile.config import Settings
from services.profile.directory import rpc as directory


def main() -> None:
    settings = Settings()
    run_directory_owner("profile", settings, partial(directory.wire, time_zone=settings.time_zone))


if __name__ == "__main__":
    main()
