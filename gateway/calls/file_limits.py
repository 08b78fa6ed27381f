"""How many files may be on their way, and how slow and how long."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileLimits:
    """Of one process of the gateway; what an operator may choose."""

    imports_at_once: int
    """Of all kinds together; each service has places of its own."""
    exports_at_once: int
    of_a_subject: int
    """Imports, and as many exports."""
    still_seconds: float
    least_bytes_a_second: int
    upload_seconds: float
    export_seconds: float
