"""`make bench-customers CUSTOMERS=100000`: how fast customers are linked and parted, every process up.

First so many customers are stored, each with an id and an e-mail address: twice as many aliases. Then, at that size
and by one caller in calls of 1,000: new cards of known customers and new devices of known addresses, a fiftieth of the
cards refused; and links are ended one by one. CPU is that of all processes but the caller, so it tells more on a busy
machine. Ends with status 1 where a bar is missed.
"""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cxm.profile.v1 import customers_pb2 as pb
from cxm.profile.v1.customers_pb2_grpc import CustomerServiceStub
from infra.local.keys import Keys
from infra.local.sockets import socket_dir
from services.kit.rights.access import Grant, Role, Viewer
from services.kit.rights.tokens import GATEWAY, Signer
from services.kit.rpc.servicing import Metadata, open_channel
from tests.bench.support.cpu import tree_seconds
from tests.support.platform import START_SECONDS, Running, eventually, up

CALL: Final = 1_000
MEASURED: Final = 20
"""Calls of each kind that are measured."""
ENDED: Final = 500
LEAST_LINKS: Final = 5_000
MOST_UNLINK_MS: Final = 10.0
TOKEN_SECONDS: Final = 3_600
NOISE: Final = 50


@dataclass
class Linking:
    """Calls of one caller."""

    stub: Any
    metadata: Metadata
    platform: Running

    def cpu_seconds(self) -> float:
        """Of all processes of the platform."""
        return tree_seconds(self.platform.process.pid)

    async def upsert(self, items: Sequence[pb.CustomerItem]) -> pb.UpsertCustomersResponse:
        request = pb.UpsertCustomersRequest(items=items)
        reply: pb.UpsertCustomersResponse = await self.stub.UpsertCustomers(
            request, metadata=self.metadata, timeout=30
        )
        return reply

    async def timed(self, name: str, items: Iterator[pb.CustomerItem]) -> float:
        """Links a second of some calls, each item one link; told in a line."""
        calls = [[next(items) for _ in range(CALL)] for _ in range(MEASURED)]
        refused, worked = 0, self.cpu_seconds()
        start = time.perf_counter()
        for call in calls:
            refused += (await self.upsert(call)).conflicts
        seconds = time.perf_counter() - start
        rate = MEASURED * CALL / seconds
        cpu = 1e6 * (self.cpu_seconds() - worked) / (MEASURED * CALL)
        sys.stdout.write(
            f"{name}: links_a_second={rate:.0f} cpu_us_a_link={cpu:.0f} refused={refused}\n"
        )
        return rate

    async def ended(self, pairs: Sequence[tuple[int, int]]) -> float:
        """The 99th percentile of milliseconds in which a link is ended; told in a line."""
        taken, worked = [], self.cpu_seconds()
        for a, b in pairs:
            request = pb.UnlinkCustomersRequest(a=a, b=b, reason="measured")
            start = time.perf_counter()
            await self.stub.UnlinkCustomers(request, metadata=self.metadata, timeout=30)
            taken.append(1_000 * (time.perf_counter() - start))
        p99 = statistics.quantiles(taken, n=100)[98]
        cpu = 1e3 * (self.cpu_seconds() - worked) / len(taken)
        sys.stdout.write(
            f"unlink: p50_ms={statistics.median(taken):.1f} p99_ms={p99:.1f} cpu_ms={cpu:.1f}\n"
        )
        return p99


def item(*identifiers: tuple[str, str]) -> pb.CustomerItem:
    """A customer by kinds and values."""
    sent = [pb.Identifier(kind=kind, value=value) for kind, value in identifiers]
    return pb.CustomerItem(identifiers=sent, source="measured")


def customer(number: int) -> tuple[str, str]:
    return "CUSTOMER", f"C-{number}"


def address(number: int) -> tuple[str, str]:
    return "EMAIL", f"customer{number}@example.com"


def cards(customers: int) -> Iterator[pb.CustomerItem]:
    """New cards of known customers; a fiftieth are known cards of another customer."""
    for number in range(customers):
        is_wrong = number % NOISE == NOISE - 1
        card = number - 1 if is_wrong else number
        yield item(customer(number), ("CARD", f"card-{card}"))


def joined(customers: int) -> Iterator[pb.CustomerItem]:
    """Devices that are one with addresses of known customers; a fiftieth are of two."""
    for number in range(customers):
        is_wrong = number % NOISE == NOISE - 1
        device = number - 1 if is_wrong else number
        yield item(("DEVICE", f"device-{device}"), address(number))


def links(replies: Sequence[pb.StoredCustomer], dice: random.Random) -> list[tuple[int, int]]:
    """A link of each person."""
    chosen = [dice.choice(each.links) for each in replies]
    return [(link.a, link.b) for link in chosen]


async def measure(platform: Running, customers: int) -> bool:
    """Whether the bars hold."""
    signer = Signer.from_file(Keys(platform.data_dir / "secrets").process("gateway"))
    admin = Viewer("bench", (Grant(Role.ADMIN),))
    token = signer.mint(admin, issuer=GATEWAY, audience="profile", seconds=TOKEN_SECONDS)
    async with open_channel(f"unix:{socket_dir(platform.data_dir)}/profile.sock") as channel:
        metadata = (("authorization", f"Bearer {token}"),)
        linking = Linking(CustomerServiceStub(channel), metadata, platform)
        start = time.perf_counter()
        numbers: list[int] = []
        for first in range(0, customers, CALL):
            items = [item(customer(n), address(n)) for n in range(first, first + CALL)]
            numbers += [int(result.id) for result in (await linking.upsert(items)).results]
        rate = customers / (time.perf_counter() - start)
        sys.stdout.write(f"aliases={2 * customers} filled: links_a_second={rate:.0f}\n")
        rates = [
            await linking.timed("new cards", cards(customers)),
            await linking.timed("new devices", joined(customers)),
        ]
        dice = random.Random(1)
        some = dice.sample(numbers[: MEASURED * CALL], ENDED)
        found = []
        for number in some:
            request = pb.GetCustomerRequest(number=number)
            reply = await linking.stub.GetCustomer(request, metadata=linking.metadata)
            found.append(reply.customer)
        p99 = await linking.ended(links(found, dice))
    return min(rates) >= LEAST_LINKS and p99 <= MOST_UNLINK_MS


def main() -> int:
    customers = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as directory:
        base = Path(directory)
        with up(base / "data", base / "output", "--no-demo") as platform:
            eventually(platform.is_ready, seconds=START_SECONDS)
            holds = asyncio.run(measure(platform, customers))
    sys.stdout.write(
        f"{'holds' if holds else 'MISSED'}: links a second at least {LEAST_LINKS},"
        f" unlink p99 at most {MOST_UNLINK_MS:.0f} ms\n"
    )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
