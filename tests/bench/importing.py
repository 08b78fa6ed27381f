"""`make bench-import ROWS=1000000`: rows a second and memory of one import, every process up.

Every hundredth row is wrong. Prints the rate and the CPU a row of the first run and of the second, which stores nothing
(`--update`: and corrects nothing), and the highest resident memory of each process since its start. `--no-ids`: without
the column of ids.
"""

import csv
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.support.cpu import tree_seconds
from tests.support.platform import START_SECONDS, Running, cxm, eventually, up

MAPPING = """
[defaults]
survey = "relationship"
[columns]
id = "id"
department = "department"
occurred_at = "day"
[answers.recommend]
column = "score"
kind = "NPS"
[answers.why]
column = "words"
kind = "TEXT"
[format]
dates = ["%Y-%m-%d"]
[create]
survey = true
departments = true
"""
DEPARTMENTS = 200
REFUSED_SOME = 2  # the exit status: all was read, and some rows were refused
PROCESSES = ("services.profile", "services.survey", "services.metrics", "gateway.main")
MEASURED = (*PROCESSES, "postgres", "nats")


def write(path: Path, rows: int) -> None:
    """A file of responses; without its id column rows are known by their cells."""
    dice = random.Random(1)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "department", "day", "score", "words"))
        for number in range(rows):
            score = 11 if number % 100 == 99 else dice.randrange(11)
            day = f"2026-{dice.randrange(1, 7):02}-{dice.randrange(1, 29):02}"
            words = f"words {number}" if number % 3 == 0 else ""
            writer.writerow((number, f"d{dice.randrange(DEPARTMENTS)}", day, score, words))


def processes(platform: Running, names: tuple[str, ...]) -> dict[str, int]:
    """Process ids by name."""
    found: dict[str, int] = {}
    for pid in platform.pids():
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        found |= {name: pid for name in names if name in command}
    return found


def memory(platform: Running) -> dict[str, int]:
    """Highest resident MB by process."""
    megabytes = {}
    for name, pid in processes(platform, PROCESSES).items():
        status = Path(f"/proc/{pid}/status").read_text()
        megabytes[name] = int(status.split("VmHWM:")[1].split()[0]) // 1024
    return megabytes


def cpu(platform: Running) -> dict[str, float]:
    """CPU seconds so far by process, with those under it."""
    return {name: tree_seconds(pid) for name, pid in processes(platform, MEASURED).items()}


def load(platform: Running, folder: Path, mapping: str, *options: str) -> str:
    """One run of the command: seconds, status, summary."""
    (folder / "mapping.toml").write_text(mapping)
    started = time.monotonic()
    files = ["--mapping", str(folder / "mapping.toml"), "--errors", str(folder / "errors.csv")]
    done = cxm(
        "import", "responses", str(folder / "rows.csv"), *files, *options, "--url", platform.url,
        CXM_TOKEN=platform.token("integration"),
    )  # fmt: skip
    seconds = time.monotonic() - started
    assert done.returncode == REFUSED_SOME, done.stdout + done.stderr
    refused = sum(1 for _ in (folder / "errors.csv").open()) - 1
    counts = next(line for line in done.stdout.splitlines() if line.startswith("stored "))
    return f"{seconds:.1f} s, status {done.returncode}, {refused} in the report: {counts}"


def main(rows: int, *, ids: bool, update: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="cxm-bench-") as name:
        folder = Path(name)
        write(folder / "rows.csv", rows)
        size = (folder / "rows.csv").stat().st_size / 1e6
        with up(folder / "data", folder / "output", "--no-demo") as platform:
            eventually(platform.is_ready, seconds=START_SECONDS)
            mapping = MAPPING if ids else MAPPING.replace('id = "id"\n', "")
            for run in ("first", "second"):
                started, before = time.monotonic(), cpu(platform)
                summary = load(platform, folder, mapping, *(["--update"] if update else []))
                rate = rows / (time.monotonic() - started)
                used = {
                    name: (at - before[name]) * 1e6 / rows for name, at in cpu(platform).items()
                }
                each = ", ".join(f"{name} {us:.1f}" for name, us in used.items())
                sys.stdout.write(
                    f"{run} run: {rows:,} rows, {size:.0f} MB: {rate:,.0f} rows/s; {summary}\n"
                    f"  CPU us a row: {sum(used.values()):.1f} ({each})\n"
                    f"  MB: {memory(platform)}\n"
                )
                sys.stdout.flush()


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000,
        ids="--no-ids" not in sys.argv,
        update="--update" in sys.argv,
    )
