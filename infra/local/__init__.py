"""The platform on one machine: a supervisor, and the demo organisation."""

SERVICES = ("profile", "survey", "metrics", "employee_exp")
