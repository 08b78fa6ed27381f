"""`make security-soak`: all attacks at once for MINUTES, and honest people beside them.

One line of figures; status 1 if an honest call failed or 1 in 100 took a second, or if memory or logs grew without end.
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
from tests.security.support.soaking.honest import Honest
from tests.security.support.soaking.memory import Memory
from tests.support.platform import START_SECONDS, Running, eventually, up

SLOWEST_SECONDS = 1.0  # of 99 in 100 honest calls
STEEPEST_MIB_A_MINUTE = 4.0  # of a run of some minutes; a short one shows only that it works
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
    for task in (watching, *people):
        task.cancel()
    await asyncio.gather(watching, *people, return_exceptions=True)
    await asking.close()
    return honest, memory, json.loads(output)


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
    is_flat = minutes < 3 or all(slope < STEEPEST_MIB_A_MINUTE for _, slope in growth.values())
    is_quick = all(slow < SLOWEST_SECONDS for slow in slowest.values())
    return int(not (is_flat and is_quick and not honest.failures and logs < LARGEST_LOGS_MIB))


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
