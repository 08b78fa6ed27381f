"""How many responses without a token or an invitation a survey takes on one day."""

from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from services.kit.clock import day_date, instant_text
from services.survey.domain.refusal import Refusal

DAILY_LIMIT = 20_000
"""Where neither the survey nor the deployment says another one."""


class QuotaKey(NamedTuple):
    """A survey on a local day of the organisation."""

    survey_id: str
    local_day: int


class Quota(NamedTuple):
    """What a response counts against."""

    key: QuotaKey
    limit: int
    zone: ZoneInfo


def refuse_beyond(quota: Quota) -> Refusal:
    """Why a response is refused that is one too many; says until when."""
    tomorrow = day_date(quota.key.local_day) + timedelta(days=1)
    ends_at = datetime.combine(tomorrow, time.min, quota.zone).astimezone(UTC)
    return Refusal(
        ("survey",),
        "DAILY_LIMIT",
        f"the survey takes {quota.limit:,} responses a day without a token, and has them: send it again after "
        f"{instant_text(ends_at)}, or with an invitation",
    )
