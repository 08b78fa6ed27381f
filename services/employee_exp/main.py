"""The employee_exp process: `python -m services.employee_exp.main`."""

from services.employee_exp.config import Settings
from services.employee_exp.employment import rpc as employment
from services.kit.service import run_service


def main() -> None:
    run_service("employee_exp", Settings(), employment.wire)


if __name__ == "__main__":
    main()
