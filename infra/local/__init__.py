"""The platform on one machine: the supervisor behind `make up`, and the command `cxm`."""

SERVICES = ("profile", "survey", "metrics", "employee_exp")
