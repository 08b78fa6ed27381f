"""The employee_exp process: `python -m services.employee_exp.main`."""

from functools import partial

from services.employee_exp.config import Settings
from services.employee_exp.employment import rpc as employment
from services.kit.imports.import_job import Imports
from services.kit.service import run_service


def main() -> None:
    settings = Settings()
    imports = Imports(settings.imports_at_once, settings.imports_per_subject)
    run_service("employee_exp", settings, partial(employment.wire, imports))


if __name__ == "__main__":
    main()
