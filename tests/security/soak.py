"""`make security-soak`: all attacks at once for MINUTES, and honest people beside them.

One line of figures; status 1 if an honest call failed or 1 in 100 took a second, if memory or logs grew without end,
or if an attack or a kind of honest call was never made.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

from tests.security.support.asking import Asking
from tests.security.support.building import build
from tests.security.support.small_world import small_world
from tests.security.support.soaking import attacks
from tests.security.support.soaking.honest import KINDS, Honest
from tests.security.support.soaking.memory import Memory
from tests.support.platform import START_SECONDS, Running, eventually, up

SLOWEST_SECONDS = 1.0  # of 99 in 100 honest calls
STEEPEST_MIB_A_MINUTE = 4.0
LEAST_MINUTES = 3  # of a run by which memory and times are judged; a shorter one shows it works
LARGEST_LOGS_MIB = 400
SAMPLE_SECONDS = 5.0
STARTED_AFTER = 3.0  # seconds of quiet


async def soak(platform: Running, minutes: float) -> tuple[Honest, Memory, dict[str, Any]]:
    """What became of honest calls, what processes held, and how often each attack was made."""
    asking = Asking(platform.url, platform.data_dir)
    await build(asking, small_world(datetime.now(UTC).date()))
    honest, memory = Honest(asking), Memory()
    people = honest.start()
    await asyncio.sleep(STARTED_AFTER)
    attacker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.security.soak", "attack", platform.url, str(minutes * 60)),
        env={**os.environ, "CXM_TOKEN": platform.token("analyst")},
        stdout=asyncio.subprocess.PIPE,
    )
    watching = asyncio.create_task(_watch(platform, memory))
    output, _ = await attacker.communicate()
    await _end(watching, *people)
    await asking.close()
    return honest, memory, json.loads(output)


async def _end(*tasks: "asyncio.Task[None]") -> None:
    """Cancel them; what one of them died of before is raised, for then nobody looked."""
    for task in tasks:
        task.cancel()
    for ended in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(ended, Exception):
            raise ended


async def _watch(platform: Running, memory: Memory) -> None:
    started = time.monotonic()
    while True:
        memory.sample(platform, (time.monotonic() - started) / 60)
        await asyncio.sleep(SAMPLE_SECONDS)


def p99(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=100)[98] if len(seconds) > 1 else max(seconds, default=0.0)


def report(
    minutes: float, honest: Honest, memory: Memory, made: dict[str, Any], logs: float
) -> int:
    """The figures, and the status."""
    slowest = {kind: p99(seconds) for kind, seconds in honest.seconds.items()}
    growth = memory.growth()
    for failure in honest.failures[:5]:
        sys.stdout.write(f"failure: {failure}\n")
    told = " ".join(f"{name}={mib:.0f}MiB{slope:+.1f}/min" for name, (mib, slope) in growth.items())
    calls = " ".join(
        f"{kind}={len(honest.seconds[kind])},p99={slow:.2f}s" for kind, slow in slowest.items()
    )
    attacked = " ".join(f"{name}={times}" for name, times in made.items())
    sys.stdout.write(f"attacks: {attacked}\nmemory: {told}\n")
    sys.stdout.write(
        f"soak: minutes={minutes:g} failures={len(honest.failures)} stored={honest.stored} {calls} logs={logs:.0f}MiB\n"
    )
    is_flat = minutes < LEAST_MINUTES or all(
        slope < STEEPEST_MIB_A_MINUTE for _, slope in growth.values()
    )
    is_quick = minutes < LEAST_MINUTES or all(slow < SLOWEST_SECONDS for slow in slowest.values())
    missing = [kind for kind in KINDS if kind not in slowest]
    if minutes >= LEAST_MINUTES:  # some attacks take longer than a short run
        missing += [name for name, times in made.items() if not times]
    if missing:
        sys.stdout.write(f"never made: {', '.join(missing)}\n")
    is_right = not honest.failures and not missing and honest.stored > 0
    return int(not (is_flat and is_quick and is_right and logs < LARGEST_LOGS_MIB))


def main() -> int:
    minutes = float(os.environ.get("MINUTES", "10"))
    with tempfile.TemporaryDirectory(prefix="cxm-soak") as name:
        folder = Path(name)
        with up(folder / "data", folder / "output", "--no-demo") as platform:
            eventually(platform.is_ready, seconds=START_SECONDS)
            found = asyncio.run(soak(platform, minutes))
            logs = sum(p.stat().st_size for p in (folder / "data" / "logs").iterdir()) / 1024**2
            return report(minutes, *found, logs)


if __name__ == "__main__":
    if sys.argv[1:2] == ["attack"]:
        counts = asyncio.run(attacks.main(sys.argv[2], float(sys.argv[3])))
        sys.stdout.write(json.dumps(counts))
    else:
        sys.exit(main())
