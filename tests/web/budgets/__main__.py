"""`make web-bench`: what pages weigh and how fast they stand, against the bars that are promised.

Bytes are the same on every machine; times are medians of several runs, on this machine and under what else it does,
which is printed beside them. `--times told` prints the times and judges the bytes alone. Ends with status 1 where a bar
is missed.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from tests.support.chromium import ARGUMENTS, executable
from tests.support.person import Persons
from tests.support.platform import DEMO_SECONDS, eventually, up
from tests.web.budgets.drawing import drawing
from tests.web.budgets.figures import Figure
from tests.web.budgets.first_page import bytes_until_it_stands, first_verdict
from tests.web.budgets.respondents import largest_page


async def measure(persons: Persons, runs: int) -> list[Figure]:
    """All figures, those of bytes first."""
    return [
        await largest_page(persons),
        *await bytes_until_it_stands(persons),
        *await drawing(persons.browser, runs),
        *await first_verdict(persons, runs),
    ]


async def figures(runs: int) -> list[Figure]:
    """Of a platform of their own with the demo organisation."""
    with (
        tempfile.TemporaryDirectory(prefix="cxm-web-bench-") as made,
        up(Path(made) / "data", Path(made) / "output", "--demo-pulses", "2") as platform,
    ):
        eventually(platform.has_printed_its_page, seconds=DEMO_SECONDS)
        async with async_playwright() as playwright:
            chromium = await playwright.chromium.launch(
                executable_path=executable(), args=ARGUMENTS
            )
            try:
                return await measure(Persons(chromium, platform), runs)
            finally:
                await chromium.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="make web-bench")
    parser.add_argument("--runs", type=int, default=5, help="of each time")
    parser.add_argument("--times", choices=("judged", "told"), default="judged")
    arguments = parser.parse_args()
    found = asyncio.run(figures(arguments.runs))
    for figure in found:
        sys.stdout.write(f"{figure}\n")
    one, five, _ = os.getloadavg()
    sys.stdout.write(
        f"load of this machine: {one:.1f} in the last minute, {five:.1f} in the last five, "
        f"with {os.cpu_count()} processors\n"
    )
    missed = [
        figure for figure in found if figure.is_missed(judges_time=arguments.times == "judged")
    ]
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
