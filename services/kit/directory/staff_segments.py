"""Segments that say that what counts as answers of customers was given by staff."""

from typing import Final

STAFF_SEGMENTS: Final = frozenset(
    ("employee", "employees", "staff", "darbinieki", "darbuotojai", "zaposleni", "вработени")
)
"""As `letters.plain` or `casefold` leave them."""
