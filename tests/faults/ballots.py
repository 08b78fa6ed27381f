"""`make ballots LINKS=1000`: so many links, 20 posts of each at once, and the service killed again and again meanwhile.

Posts are repeated until they are answered. In the end each link was spent once, each stands for one ballot, and the
release, which is killed too, says that it counted them all and lost none. Ends with one line, and status 1 if not.
"""

import asyncio
import os
import random
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

import asyncpg
import grpc

from cxm.employee_exp.v1 import ballots_pb2 as pb
from cxm.employee_exp.v1.ballots_pb2_grpc import BallotServiceStub
from infra.local.sockets import socket_dir
from services.employee_exp.sealing.wave_keys import WaveKeys
from services.employee_exp.waves.convert import stored_report
from services.employee_exp.waves.domain.wave import ReleaseReport
from services.kit.clock import now
from services.kit.rpc.servicing import open_channel
from tests.support.database import superuser_url
from tests.support.harm import BACK_SECONDS, IN_A_ROW, kill
from tests.support.open_wave import OpenWave, WaveStore
from tests.support.platform import START_SECONDS, Running, eventually, up

ROOT = "0190a000-0000-7000-8000-000000000000"
PARALLEL = 20
CONNECTIONS = 200  # posts on their way at once
SERVICE = "services.employee_exp.main"
PAUSE_SECONDS = (0.3, 2.0)
RETRY_SECONDS = 0.1
RELEASE_SECONDS = 120.0
COUNTS = """
SELECT (SELECT count(*) FROM employee_exp_invitation WHERE spent),
    (SELECT count(*) FROM employee_exp_spool) + (SELECT count(*) FROM employee_exp_ballot)"""
CLOSE = "UPDATE employee_exp_wave SET state = 'closed', closed_at = $2 WHERE id = $1"
REPORT = "SELECT report FROM employee_exp_wave WHERE id = $1"


@dataclass(frozen=True)
class BallotResult:
    """Links that were spent, ballots stored, posts that heard that theirs was taken, and what the release counted."""

    links: int
    posts: int
    taken: int
    spent: int
    stored: int
    answered: int
    lost: int
    kills: int

    @property
    def holds(self) -> bool:
        """A reply may be lost with the process that gave it; then the same post hears that the link is spent."""
        exact = self.links == self.spent == self.stored == self.answered
        return exact and self.taken <= self.links and self.lost == 0

    def __str__(self) -> str:
        return (
            f"links={self.links} posts={self.posts} kills={self.kills} taken={self.taken} spent={self.spent}"
            f" stored={self.stored} answered={self.answered} lost={self.lost}"
        )


async def run(platform: Running, links: int, kills: int, seed: int) -> BallotResult:
    """Open a wave on a running platform, post, kill, close, and wait for its release."""
    url = superuser_url(platform.data_dir, "cxm_employee_exp")
    store = WaveStore(url, WaveKeys(platform.data_dir / "secrets" / "waves"))
    wave = await store.open([ROOT], [-1], [(0, (1,))] * links, at=now())
    posting = asyncio.create_task(_post_all(platform, wave, seed))
    killed = await _kill(platform, kills, seed, until=posting)
    taken = await posting
    connection = await asyncpg.connect(url)
    [(spent, stored)] = await connection.fetch(COUNTS)
    await connection.execute(CLOSE, UUID(wave.id), now())
    killed += await _kill(platform, min(kills, 1), seed)
    report = await _released(connection, wave)
    await connection.close()
    posts = links * PARALLEL
    return BallotResult(links, posts, taken, spent, stored, report.answered, report.lost, killed)


async def _post_all(platform: Running, wave: OpenWave, seed: int) -> int:
    """How many posts heard that their answers were taken."""
    dice = random.Random(seed)
    tokens = [one.token for one in wave.invited for _ in range(PARALLEL)]
    waiting = asyncio.Semaphore(CONNECTIONS)
    async with open_channel(f"unix:{socket_dir(platform.data_dir)}/employee_exp.sock") as channel:
        stub = BallotServiceStub(channel)

        async def post(token: str) -> bool:
            answers = [pb.BallotAnswer(question="recommend", score=dice.randrange(11))]
            request = pb.SendBallotRequest(token=token, answers=answers)
            async with waiting:
                while True:
                    try:
                        return (await stub.SendBallot(request, timeout=10)).taken
                    except grpc.aio.AioRpcError:
                        await asyncio.sleep(RETRY_SECONDS)

        # The posts of one link come close together, and so do those of many links.
        return sum(await asyncio.gather(*map(post, tokens)))


async def _kill(
    platform: Running, kills: int, seed: int, until: "asyncio.Task[int] | None" = None
) -> int:
    """Kill the service at random moments, as long as there are posts; how often."""
    dice = random.Random(seed)
    for number in range(kills):
        if number % IN_A_ROW == 0:
            ready = partial(eventually, platform.is_ready, seconds=BACK_SECONDS)
            await asyncio.to_thread(ready)
        await asyncio.sleep(dice.uniform(*PAUSE_SECONDS))
        if until is not None and until.done():
            return number
        await asyncio.to_thread(kill, platform, SERVICE)
    return kills


async def _released(
    connection: "asyncpg.Connection[asyncpg.Record]", wave: OpenWave
) -> ReleaseReport:
    for _ in range(round(RELEASE_SECONDS / RETRY_SECONDS)):
        if (content := await connection.fetchval(REPORT, UUID(wave.id))) is not None:
            return stored_report(content)
        await asyncio.sleep(RETRY_SECONDS)
    raise TimeoutError("the wave was not released in time")


def main() -> int:
    links, kills = int(os.environ.get("LINKS", "1000")), int(os.environ.get("KILLS", "10"))
    with tempfile.TemporaryDirectory() as directory:
        base = Path(directory)
        with up(base / "data", base / "output", "--no-demo") as platform:
            eventually(platform.is_ready, seconds=START_SECONDS)
            result = asyncio.run(run(platform, links, kills, seed=1))
    sys.stdout.write(f"{result}\n")
    return 0 if result.holds else 1


if __name__ == "__main__":
    sys.exit(main())
