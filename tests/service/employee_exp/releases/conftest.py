"""Open waves, as in support/staff.py."""

from tests.service.employee_exp.support.staff import staff

__all__ = ["staff"]
