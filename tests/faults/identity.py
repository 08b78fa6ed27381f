"""`make identity KILLS=10`: customers joined and parted at two replicas of profile, which are killed again and again.

16 writers repeat what is not answered. In the end every person is what its live links join, the history replays to what
there is, no two values of a unique kind have met but by force, and every item that was acknowledged is stored. Ends
with one line, and status 1 if not; or if the same recount does not notice an alias that is moved by hand.
"""

import asyncio
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import asyncpg
import grpc

from cxm.profile.v1 import customers_pb2 as pb
from cxm.profile.v1.customers_pb2_grpc import CustomerServiceStub
from infra.local.keys import Keys
from services.kit.rights.access import Grant, Role, Viewer
from services.kit.rights.tokens import GATEWAY, Signer
from services.kit.rpc.servicing import Metadata, open_channel
from tests.support.database import superuser_url
from tests.support.fleet import fleet
from tests.support.harm import BACK_SECONDS
from tests.support.identity import flaws
from tests.support.platform import START_SECONDS, Running, eventually

WRITERS: Final = 16
REPLICAS: Final = 2
SERVICE: Final = "services.profile.main"
LISTEN: Final = "CXM_PROFILE_LISTEN="
PAUSE_SECONDS: Final = (0.3, 1.5)
RETRY_SECONDS: Final = 0.1
TOKEN_SECONDS: Final = 3_600
POOL: Final = {"CUSTOMER": 200, "EMAIL": 200, "CARD": 100, "ACCOUNT": 50}
REPEATED: Final = (
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.CANCELLED,
    grpc.StatusCode.DEADLINE_EXCEEDED,
)
LIVE: Final = (
    "SELECT a, b FROM profile_customer_link WHERE ended_at IS NULL ORDER BY random() LIMIT 1"
)
WAITING: Final = (
    "SELECT id FROM profile_customer_conflict WHERE settled IS NULL ORDER BY random() LIMIT 1"
)
NUMBERS: Final = "SELECT id FROM profile_customer_alias"
MOVED: Final = """
UPDATE profile_customer_alias SET person = (SELECT min(id) FROM profile_customer_alias)
WHERE id = (SELECT max(id) FROM profile_customer_alias WHERE person = id)"""


@dataclass
class Writers:
    """Calls of all writers; what was answered, and the numbers that were acknowledged."""

    stub: Any
    metadata: Metadata
    database: "asyncpg.Pool[asyncpg.Record]"
    is_over: bool = False
    done: Counter[str] = field(default_factory=Counter)
    acknowledged: set[int] = field(default_factory=set)

    async def work(self, seed: int) -> None:
        """Write until it is over."""
        dice = random.Random(seed)
        while not self.is_over:
            method, request = await self._some(dice)
            reply = await self._answered(method, request)
            if isinstance(reply, pb.UpsertCustomersResponse):
                self.acknowledged |= {int(result.id) for result in reply.results}

    async def _some(self, dice: random.Random) -> tuple[str, Any]:
        """An RPC and its request."""
        doing = dice.choices(("upsert", "link", "unlink", "settle"), (4, 2, 3, 2))[0]
        if doing == "link":
            highest = await self.database.fetchval(f"SELECT max(id) FROM ({NUMBERS}) AS a") or 2
            a, b = dice.randint(1, highest), dice.randint(1, highest)
            return "LinkCustomers", pb.LinkCustomersRequest(a=a, b=b, reason="dice")
        if doing == "unlink" and (found := await self.database.fetchrow(LIVE)):
            return "UnlinkCustomers", pb.UnlinkCustomersRequest(**found, reason="dice")
        if doing == "settle" and (waiting := await self.database.fetchval(WAITING)):
            settlement = dice.choice(
                (pb.SETTLEMENT_JOIN, pb.SETTLEMENT_APART, pb.SETTLEMENT_DISMISS)
            )
            request = pb.SettleConflictRequest(
                id=str(waiting), settlement=settlement, reason="dice"
            )
            return "SettleConflict", request
        items = [some_item(dice) for _ in range(dice.randint(1, 10))]
        return "UpsertCustomers", pb.UpsertCustomersRequest(items=items)

    async def _answered(self, method: str, request: Any) -> Any:
        """The reply, however often it takes; None where the call was refused."""
        call: Callable[..., Any] = getattr(self.stub, method)
        while True:
            try:
                reply = await call(request, metadata=self.metadata, timeout=10)
            except grpc.aio.AioRpcError as error:
                self.done[error.code().name] += 1
                if error.code() not in REPEATED:
                    return None
                await asyncio.sleep(RETRY_SECONDS)
            else:
                self.done[method] += 1
                return reply


def some_item(dice: random.Random) -> pb.CustomerItem:
    """A customer of few, so that writers meet."""
    kinds = [dice.choice(list(POOL)) for _ in range(dice.randint(1, 3))]
    named = [(kind, dice.randrange(POOL[kind])) for kind in kinds]
    identifiers = [
        pb.Identifier(kind=kind, value=f"m{n}@x.lv" if kind == "EMAIL" else f"{kind}-{n}")
        for kind, n in named
    ]
    return pb.CustomerItem(identifiers=identifiers, attributes={"plan": str(dice.randrange(3))})


@dataclass(frozen=True)
class IdentityResult:
    """What was done while replicas were killed, and what is wrong in the end."""

    done: Counter[str]
    kills: int
    aliases: int
    lost: int
    wrong: list[str]
    is_noticed: bool

    @property
    def holds(self) -> bool:
        is_tried = all(
            self.done[name] for name in ("UpsertCustomers", "LinkCustomers", "UnlinkCustomers")
        )
        return is_tried and not self.wrong and not self.lost and self.is_noticed

    def __str__(self) -> str:
        told = " ".join(f"{name}={count}" for name, count in sorted(self.done.items()))
        return (
            f"{told} kills={self.kills} aliases={self.aliases} lost={self.lost} wrong={len(self.wrong)}"
            f" noticed={self.is_noticed} {'; '.join(self.wrong[:3])}"
        )


def replicas(platform: Running) -> dict[int, str]:
    """Addresses of the replicas of profile, by process id."""
    found = {}
    for pid in platform.pids():
        process = Path(f"/proc/{pid}")
        try:
            command = process.joinpath("cmdline").read_bytes().replace(b"\0", b" ").decode()
            variables = process.joinpath("environ").read_bytes().decode().split("\0")
        except OSError:
            continue  # it has just ended
        listens = [each.removeprefix(LISTEN) for each in variables if each.startswith(LISTEN)]
        if SERVICE in command and listens:
            found[pid] = listens[0]
    return found


async def are_back(platform: Running, metadata: Metadata) -> None:
    """Wait until every replica answers by itself; AssertionError where it takes too long."""
    deadline = time.monotonic() + BACK_SECONDS
    while True:
        found = replicas(platform).values()
        if len(found) == REPLICAS and all([await _answers(each, metadata) for each in found]):
            return
        assert time.monotonic() < deadline, "a replica did not come back"
        await asyncio.sleep(RETRY_SECONDS)


async def _answers(address: str, metadata: Metadata) -> bool:
    async with open_channel(f"ipv4:{address}") as channel:
        stub: Any = CustomerServiceStub(channel)
        try:
            await stub.ListIdentifierKinds(
                pb.ListIdentifierKindsRequest(), metadata=metadata, timeout=2
            )
        except grpc.aio.AioRpcError:
            return False
    return True


async def kill(platform: Running, metadata: Metadata, kills: int, seed: int) -> int:
    """Kill a replica at random moments, each once all are there again and have worked."""
    dice = random.Random(seed)
    for _ in range(kills):
        await are_back(platform, metadata)
        await asyncio.sleep(dice.uniform(*PAUSE_SECONDS))
        os.kill(dice.choice(list(replicas(platform))), signal.SIGKILL)
    await are_back(platform, metadata)
    await asyncio.sleep(max(PAUSE_SECONDS))
    return kills


async def run(platform: Running, kills: int, seed: int) -> IdentityResult:
    """Write, kill, and count again."""
    signer = Signer.from_file(Keys(platform.data_dir / "secrets").process("gateway"))
    admin = Viewer("dice", (Grant(Role.ADMIN),))
    token = signer.mint(admin, issuer=GATEWAY, audience="profile", seconds=TOKEN_SECONDS)
    address = "ipv4:" + ",".join(replicas(platform).values())
    url = superuser_url(platform.data_dir, "cxm_profile")
    async with (
        asyncpg.create_pool(url, min_size=1, max_size=4) as database,
        open_channel(address) as channel,
    ):
        metadata = (("authorization", f"Bearer {token}"),)
        writers = Writers(CustomerServiceStub(channel), metadata, database)
        working = [asyncio.create_task(writers.work(seed + n)) for n in range(WRITERS)]
        killed = await kill(platform, metadata, kills, seed)
        writers.is_over = True
        await asyncio.gather(*working)
        wrong = await flaws(database)
        known = {row["id"] for row in await database.fetch(NUMBERS)}
        await database.execute(MOVED)
        is_noticed = bool(await flaws(database))
    lost = len(writers.acknowledged - known)
    return IdentityResult(writers.done, killed, len(known), lost, wrong, is_noticed)


def main() -> int:
    kills = int(os.environ.get("KILLS", "10"))
    with tempfile.TemporaryDirectory() as directory:
        base = Path(directory)
        with fleet(base / "data", base / "output", replicas=REPLICAS) as platform:
            eventually(platform.is_ready, seconds=START_SECONDS)
            result = asyncio.run(run(platform, kills, seed=1))
    sys.stdout.write(f"{result}\n")
    return 0 if result.holds else 1


if __name__ == "__main__":
    sys.exit(main())
