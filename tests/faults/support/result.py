"""What a run lost or counted twice: survey's rows against the ledger, and scores against both."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg

from tests.faults.support.clients import DEPARTMENTS, Ledger
from tests.support.database import superuser_url
from tests.support.platform import Asked, ServiceAway
from tests.support.settled import is_settled

AWAY_SECONDS = 30.0  # a service starts again and reads its log
SETTLE_SECONDS = 30.0  # a busy machine; what a killed consumer held comes again after 4
SCORES = """query ($key: String!, $from: Date!, $to: Date!) { department(key: $key) {
  scorecard(period: {from: $from, to: $to}) { nps { base distribution { value count } } } } }"""
# Two ways to the same number: the standing rows hold exactly 90 days, any other period is read from the cube.
STANDING_DAYS, OTHER_DAYS = 90, 100

Counts = Counter[tuple[str, int]]


@dataclass(frozen=True)
class FaultResult:
    """How a run ended: what was done to the platform how many times, and what became of the acknowledged."""

    harm: str
    times: int
    acked: int
    lost: int
    twice: int

    def __str__(self) -> str:
        return f"{self.harm}={self.times} acked={self.acked} lost={self.lost} twice={self.twice}"


def stored_ids(data_dir: Path) -> set[str]:
    """The ids of the responses that survey stored."""

    async def run() -> set[str]:
        connection = await asyncpg.connect(superuser_url(data_dir, "cxm_survey"))
        rows = await connection.fetch("SELECT id::text FROM survey_response")
        await connection.close()
        return {row[0] for row in rows}

    return asyncio.run(run())


def scores(platform: Asked, days: int) -> Counts:
    """How often each department was given each score in the days up to today, as the public API tells."""
    today = datetime.now(UTC).date()
    found: Counts = Counter()
    for key in DEPARTMENTS:
        period = {"from": str(today - timedelta(days - 1)), "to": str(today + timedelta(1))}
        score = platform.ask(SCORES, {"key": key, **period})["department"]["scorecard"]["nps"]
        for bucket in score["distribution"] or ():
            found[key, bucket["value"]] = bucket["count"]
    return +found


def wait_for_result(
    platform: Asked, ledger: Ledger, harm: str, times: int, *, seconds: float = SETTLE_SECONDS
) -> FaultResult:
    """Wait until scores hold all that was acknowledged and nothing is on its way, or for so long that they never will.

    A copy may come seconds after all is counted: whoever held it was killed before it was acknowledged. A service that
    was harmed may still be away: it is asked again, AWAY_SECONDS longer than `seconds` at most.
    """
    deadline = time.monotonic() + seconds
    while True:
        settled = is_settled(platform.data_dir)  # before it is counted
        try:
            lost, twice = _compared(platform, ledger)
        except ServiceAway:
            if time.monotonic() > deadline + AWAY_SECONDS:
                raise
        else:
            result = FaultResult(harm, times, len(ledger.acked), lost, twice)
            if (settled and not result.lost) or time.monotonic() > deadline:
                return result
        time.sleep(1)


def _compared(platform: Asked, ledger: Ledger) -> tuple[int, int]:
    """How many of the acknowledged are lost, and how many more are stored or counted than were."""
    stored, given = stored_ids(platform.data_dir), ledger.scores()
    lost, twice = len(ledger.acked.keys() - stored), len(stored - ledger.acked.keys())
    readings = [scores(platform, days) for days in (STANDING_DAYS, OTHER_DAYS)]
    lost += max((given - counted).total() for counted in readings)
    twice += max((counted - given).total() for counted in readings)
    return lost, twice
