"""`make bench-customers CUSTOMERS=100000`, second part: what interactions cost to store, and timelines to read.

Interactions of two years of known customers, five each, are stored in calls of 1,000 by four callers at once; then some
one in a call. Timelines of 50 are read by calls to profile, first as the rows came, then with every month sorted by
person. CPU is that of all processes but the caller. Ends with status 1 where a bar is missed.
"""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import customers_pb2
from cxm.profile.v1 import interactions_pb2 as pb
from cxm.profile.v1.customers_pb2_grpc import CustomerServiceStub
from cxm.profile.v1.interactions_pb2_grpc import InteractionServiceStub
from infra.local.keys import Keys
from infra.local.sockets import socket_dir
from services.kit.rights.access import Grant, Role, Viewer
from services.kit.rights.tokens import GATEWAY, Signer
from services.kit.rpc.servicing import Metadata, open_channel
from services.profile.facts.months import Month, month_of
from tests.bench.support.cpu import tree_seconds
from tests.support.database import fetch
from tests.support.platform import START_SECONDS, Running, eventually, up

CALL: Final = 1_000
CALLERS: Final = 4
EACH: Final = 5
MONTHS: Final = 23
ALONE: Final = 2_000
READ: Final = 2_000
PAGE: Final = 50
MOST_BULK_US: Final = 40.0
MOST_ALONE_US: Final = 500.0
MOST_BYTES: Final = 130.0
TOKEN_SECONDS: Final = 3_600
KINDS: Final = ("VISITED", "VIEWED", "CALLED", "USED", "ORDERED")
SIZE: Final = """
SELECT sum(pg_total_relation_size(inhrelid))::text FROM pg_inherits WHERE inhparent = 'profile_interaction'::regclass"""
SORT: Final = "SELECT profile_sort_month('profile_interaction', '{0}', '{1}', '{2}')::text"


@dataclass
class Recording:
    """Calls of some callers."""

    stub: Any
    metadata: Metadata
    platform: Running

    def cpu_seconds(self) -> float:
        """Of all processes of the platform."""
        return tree_seconds(self.platform.process.pid)

    async def record(self, items: Sequence[pb.InteractionItem]) -> None:
        request = pb.RecordInteractionsRequest(items=items)
        await self.stub.RecordInteractions(request, metadata=self.metadata, timeout=60)

    async def fill(self, calls: Iterator[list[pb.InteractionItem]], count: int, name: str) -> float:
        """CPU microseconds of each of so many, by some callers at once; told in a line."""
        worked, start = self.cpu_seconds(), time.perf_counter()

        async def caller() -> None:
            for call in calls:
                await self.record(call)

        await asyncio.gather(*(caller() for _ in range(CALLERS)))
        seconds = time.perf_counter() - start
        cpu = 1e6 * (self.cpu_seconds() - worked) / count
        sys.stdout.write(f"{name}: a_second={count / seconds:.0f} cpu_us_each={cpu:.0f}\n")
        return cpu

    async def read(self, numbers: Sequence[int], name: str) -> None:
        """How long a page takes; told in a line."""
        taken, worked = [], self.cpu_seconds()
        for number in numbers:
            request = pb.ListTimelineRequest(number=number, first=PAGE)
            start = time.perf_counter()
            await self.stub.ListTimeline(request, metadata=self.metadata, timeout=30)
            taken.append(1_000 * (time.perf_counter() - start))
        cpu = 1e3 * (self.cpu_seconds() - worked) / len(taken)
        p99 = statistics.quantiles(taken, n=100)[98]
        sys.stdout.write(
            f"{name}: p50_ms={statistics.median(taken):.1f} p99_ms={p99:.1f} cpu_ms={cpu:.1f}\n"
        )


def interaction(number: int, at: datetime, id_: str) -> pb.InteractionItem:
    """Of a known customer."""
    when = Timestamp()
    when.FromDatetime(at)
    customer = customers_pb2.Identifier(kind="CUSTOMER", value=f"C-{number}")
    kind = KINDS[number % len(KINDS)]
    return pb.InteractionItem(
        customer=customer, at=when, kind=kind, id=id_, source="bench", department="root"
    )


def calls(customers: int, now: datetime) -> Iterator[list[pb.InteractionItem]]:
    """By rising time: so they come, and so those of one customer lie apart."""
    dice = random.Random(1)
    span = MONTHS * 30 * 86_400
    count = customers * EACH
    for first in range(0, count, CALL):
        yield [
            interaction(
                dice.randrange(customers), now - timedelta(seconds=span * (1 - n / count)), str(n)
            )
            for n in range(first, first + CALL)
        ]


def sort_months(platform: Running, now: datetime) -> None:
    """All months that are over, as the keeper does it."""
    zone = ZoneInfo("UTC")
    this = month_of(now, zone)
    for back in range(MONTHS + 1, 0, -1):
        month: Month = this.plus(-back)
        begins, ends = month.begins(zone), month.plus(1).begins(zone)
        is_there = f"SELECT coalesce(to_regclass('profile_interaction_{month.name}')::text, '')"
        if fetch(platform.data_dir, "cxm_profile", is_there) != [""]:
            fetch(platform.data_dir, "cxm_profile", SORT.format(month.name, begins, ends))


async def measure(platform: Running, customers: int) -> bool:
    """Whether the bars hold."""
    signer = Signer.from_file(Keys(platform.data_dir / "secrets").process("gateway"))
    admin = Viewer("bench", (Grant(Role.ADMIN),))
    token = signer.mint(admin, issuer=GATEWAY, audience="profile", seconds=TOKEN_SECONDS)
    async with open_channel(f"unix:{socket_dir(platform.data_dir)}/profile.sock") as channel:
        metadata = (("authorization", f"Bearer {token}"),)
        numbers = await _customers(CustomerServiceStub(channel), metadata, customers)
        recording = Recording(InteractionServiceStub(channel), metadata, platform)
        now, count = datetime.now(UTC), customers * EACH
        bulk = await recording.fill(calls(customers, now), count, f"stored={count} in bulk")
        size = int(
            await asyncio.to_thread(lambda: fetch(platform.data_dir, "cxm_profile", SIZE)[0])
        )
        sys.stdout.write(f"as they came: bytes_each={size / count:.0f}\n")
        alone = ([interaction(n % customers, now, f"alone {n}")] for n in range(ALONE))
        one = await recording.fill(alone, ALONE, "one in a call")
        some = random.Random(2).sample(numbers, min(READ, len(numbers)))
        await recording.read(some, "timeline as they came")
        await asyncio.to_thread(sort_months, platform, now)
        size = int(
            await asyncio.to_thread(lambda: fetch(platform.data_dir, "cxm_profile", SIZE)[0])
        )
        sys.stdout.write(f"sorted: bytes_each={size / (count + ALONE):.0f}\n")
        await recording.read(some, "timeline sorted")
    return bulk <= MOST_BULK_US and one <= MOST_ALONE_US and size / count <= MOST_BYTES


async def _customers(stub: Any, metadata: Metadata, customers: int) -> list[int]:
    numbers: list[int] = []
    for first in range(0, customers, CALL):
        items = [
            customers_pb2.CustomerItem(
                identifiers=[customers_pb2.Identifier(kind="CUSTOMER", value=f"C-{number}")]
            )
            for number in range(first, first + CALL)
        ]
        request = customers_pb2.UpsertCustomersRequest(items=items)
        reply = await stub.UpsertCustomers(request, metadata=metadata, timeout=60)
        numbers += [int(result.id) for result in reply.results]
    return numbers


def main() -> int:
    customers = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as directory:
        base = Path(directory)
        with up(base / "data", base / "output", "--no-demo") as platform:
            eventually(platform.is_ready, seconds=START_SECONDS)
            holds = asyncio.run(measure(platform, customers))
    sys.stdout.write(
        f"{'holds' if holds else 'MISSED'}: CPU of an interaction at most {MOST_BULK_US:.0f} us in bulk,"
        f" {MOST_ALONE_US:.0f} us alone, at most {MOST_BYTES:.0f} bytes\n"
    )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
