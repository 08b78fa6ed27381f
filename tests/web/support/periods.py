"""Periods of the demo organisation, whose answers end now."""

from datetime import timedelta
from typing import Final

from services.kit.clock import now

_TODAY = now().date()
YEAR: Final = f"from={_TODAY - timedelta(days=364)}&to={_TODAY + timedelta(days=2)}"
"""The last year, for an address; today too, where a day ends before that of UTC or after it."""
