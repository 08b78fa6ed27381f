"""The brake for who has no token: how many responses a call may bring, and how many an address may send."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from gateway.strangers.addresses import counted_as
from gateway.strangers.buckets import Buckets
from services.kit.clock import Clock
from services.kit.errors import Invalid, RateLimited

SURVEYS = 4
"""To all surveys together an address may send as many responses as to so many of them."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is taken without a token: items of one call; of one address to one survey so many at once, then a second."""

    items: int
    burst: int
    rate: float


class Brake:
    """Takes responses from the bucket of their survey and address, and from that of their address."""

    def __init__(self, allowance: Allowance, now: Clock) -> None:
        self.allowance = allowance
        self.of_survey = Buckets(allowance.burst, allowance.rate)
        self.of_address = Buckets(SURVEYS * allowance.burst, SURVEYS * allowance.rate)
        self.now = now

    def admit(self, address: str, counts: Mapping[str, int]) -> None:
        """Let a call with so many items for each survey pass; Invalid for too many, RateLimited for too fast."""
        total = sum(counts.values())
        if total > self.allowance.items:
            raise Invalid(
                f"without a token a call takes at most {self.allowance.items} responses: send fewer at once",
                reason="TOO_MANY",
            )
        whose, now = counted_as(address), self.now().timestamp()
        seconds = self.of_address.seconds_until(whose, total, now)
        for survey, count in counts.items():
            seconds = max(seconds, self.of_survey.seconds_until((whose, survey), count, now))
        if seconds > 0:
            raise too_fast(ceil(seconds))
        self.of_address.take(whose, total, now)
        for survey, count in counts.items():
            self.of_survey.take((whose, survey), count, now)


def too_fast(seconds: int) -> RateLimited:
    """The refusal of who sends faster than is taken."""
    return RateLimited(
        f"your address sends faster than is taken without a token: wait {seconds} s, then send the same again",
        retry_after=seconds,
    )
