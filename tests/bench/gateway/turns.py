"""Both servers are asked the same by turns, so that a busy machine is busy for both."""

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from tests.bench.gateway.servers import Server

TICK = 1e-9
"""In the place of no time at all, which short turns on a coarse clock show."""


@dataclass
class Measured:
    """One server, one document, one number of connections: all turns of it."""

    cpu_us: list[float] = field(default_factory=list)
    """Of the server's process per request, by turn."""
    milliseconds: list[float] = field(default_factory=list)
    """Of each request."""
    per_second: list[float] = field(default_factory=list)

    @property
    def us(self) -> float:
        """Microseconds of CPU per request, of the median turn."""
        return statistics.median(self.cpu_us)

    def figures(self) -> dict[str, float]:
        """As they are kept in the file."""
        return {
            "cpu_us": _rounded(self.us),
            "p50_ms": _rounded(float(np.percentile(self.milliseconds, 50))),
            "p99_ms": _rounded(float(np.percentile(self.milliseconds, 99))),
            "per_s": _rounded(statistics.median(self.per_second)),
            "requests": len(self.milliseconds),
        }


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")


def ratio(ours: Measured, theirs: Measured) -> float:
    """Our CPU per request over theirs, of the median pair of turns."""
    pairs = zip(ours.cpu_us, theirs.cpu_us, strict=True)
    return _rounded(statistics.median(one / max(other, TICK) for one, other in pairs))


async def measure(
    servers: Sequence[Server], bodies: Sequence[bytes], connections: int, turns: int, seconds: float
) -> list[Measured]:
    """What a request costs each server, in so many turns of so many seconds."""
    found = [Measured() for _ in servers]
    for turn in range(turns):
        pairs = list(zip(servers, found, strict=True))
        for server, measured in pairs[
            :: -1 if turn % 2 else 1
        ]:  # who comes first is not always one
            await _turn(server, measured, bodies, connections, seconds)
    return found


async def _turn(
    server: Server, measured: Measured, bodies: Sequence[bytes], connections: int, seconds: float
) -> None:
    before, began = server.cpu_seconds(), time.perf_counter()
    took = await server.client.load(bodies, connections, seconds)
    used, lasted = server.cpu_seconds() - before, time.perf_counter() - began
    measured.cpu_us.append(used * 1e6 / len(took))
    measured.milliseconds += [1_000 * each for each in took]
    measured.per_second.append(len(took) / lasted)
