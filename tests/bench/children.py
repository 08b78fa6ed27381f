"""`make bench-children TIMES=1000`: so many imports of a workbook and exports of Parquet, every process up.

Each starts a process of its own in survey. Prints how many were answered with what; ends with 1 if one failed.
"""

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import httpx
import polars as pl

from tests.support.platform import START_SECONDS, Running, eventually, up
from tests.support.workbook import workbook

MAPPING = """
[defaults]
survey = "children"
[columns]
id = "id"
department = "department"
occurred_at = "day"
[answers.recommend]
column = "score"
kind = "NPS"
[create]
survey = true
departments = true
"""
AT_ONCE = 2  # as many as one subject may have
ROWS = [("id", "department", "day", "score"), *((n, "one", "2026-03-01", n) for n in range(10))]
DAYS = {"from": "2026-01-01", "to": "2120-01-01"}


def post(client: httpx.Client, *, dry_run: bool) -> str:
    """What became of one import: `done`, or the status and the reason."""
    answer = client.post(
        "/imports/responses",
        params={"name": "a.xlsx", "dryRun": "true" if dry_run else "false"},
        files={"mapping": MAPPING.encode(), "file": workbook(ROWS)},
    )
    last = answer.text.strip().splitlines()[-1]
    return "done" if '"done"' in last and '"refused":0' in last else f"{answer.status_code} {last}"


def get(client: httpx.Client, department: str) -> str:
    """What became of one export: `done`, or the status and the reason."""
    query = DAYS | {"survey": "children", "department": department, "format": "parquet"}
    answer = client.get("/exports/responses", params=query)
    if answer.status_code != httpx.codes.OK:
        return f"{answer.status_code} {answer.text.strip()}"
    return "done" if pl.read_parquet(BytesIO(answer.content)).height == len(ROWS) - 1 else "short"


def repeat(times: int, what: str, call: Callable[[], str]) -> int:
    """Prints what became of so many calls; returns how many were not done."""
    started = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        became = Counter(threads.map(lambda _: call(), range(times)))
    seconds = time.monotonic() - started
    sys.stdout.write(f"{times} {what} in {seconds:.0f} s: {became['done']} done\n")
    for answer, count in (became - Counter(done=times)).most_common(5):
        sys.stdout.write(f"  {count} x {answer[:300]}\n")
    sys.stdout.flush()
    return times - became["done"]


def measure(platform: Running, times: int) -> int:
    headers = {"authorization": f"Bearer {platform.token('admin')}"}
    base = platform.url.removesuffix("/graphql")
    with httpx.Client(base_url=base, headers=headers, timeout=60, trust_env=False) as client:
        assert post(client, dry_run=False) == "done"
        failed = repeat(times, "imports of a workbook", lambda: post(client, dry_run=True))
        return failed + repeat(times, "exports of Parquet", lambda: get(client, "one"))


def main(times: int) -> int:
    with (
        tempfile.TemporaryDirectory(prefix="cxm-bench-") as name,
        up(Path(name) / "data", Path(name) / "output", "--no-demo") as platform,
    ):
        eventually(platform.is_ready, seconds=START_SECONDS)
        return measure(platform, times)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000) > 0)
