"""The employee_exp process: `python -m services.employee_exp.main`."""

from functools import partial

from services.employee_exp.config import Settings
from services.employee_exp.employment import rpc as employment
from services.employee_exp.employment.rpc import EmploymentKeys
from services.employee_exp.sealing.wave_keys import WaveKeys
from services.kit.config import read_settings
from services.kit.imports.import_job import Imports
from services.kit.process import Process
from services.kit.rights.key_files import read_key
from services.kit.service import Shared, run_service


def main() -> None:
    settings = read_settings(Settings)
    run_service("employee_exp", settings, partial(wire, settings))


async def wire(settings: Settings, process: Process, shared: Shared) -> None:
    """Invalid if a key of the deployment cannot be read, Unavailable if those of waves cannot be kept."""
    WaveKeys(settings.wave_keys_dir).prepare()
    imports = Imports(settings.imports_at_once, settings.imports_per_subject)
    keys = EmploymentKeys(read_key(settings.import_key_file), read_key(settings.seal_key_file))
    employment.wire(process, shared, imports, keys)


if __name__ == "__main__":
    main()
