"""docs/keys.md names every key there is with its holders, and a process is given the keys that it says."""

import re
from pathlib import Path

from infra.local import keys, parts
from infra.local.children import Program
from infra.local.keys import FILES, LOST, PROCESSES
from infra.local.nats import Nats
from infra.local.postgres import Postgres

DOCUMENT = Path(__file__).parents[2] / "docs" / "keys.md"
WAVES = "waves"
"""A directory whose keys a service makes."""
ROW = re.compile(r"^\| `([^`]+)`[^|]* \| ([^|]+) \|", re.MULTILINE)


def told(text: str) -> dict[str, set[str]]:
    """The holders of each key that a document names; of the processes alone."""
    return {
        name: set(re.findall(r"[a-z_]+", who)) & {*PROCESSES} for name, who in ROW.findall(text)
    }


def test_the_table_of_keys_is_that_of_the_code() -> None:
    made = {name: set(holders) for name, holders in FILES.items()} | {WAVES: {"employee_exp"}}

    assert told(DOCUMENT.read_text()) == made


def test_what_is_lost_with_a_key_is_told_alike() -> None:
    last = {
        row.split("|")[1].strip(" `"): row.rstrip("| ").rpartition("| ")[2]
        for row in DOCUMENT.read_text().splitlines()
        if row.startswith("| `")
    }

    assert {name: last[name] for name in LOST} == LOST
    assert {name for name in FILES if name.endswith(".key")} == set(LOST)


def test_a_key_that_is_left_out_or_given_to_another_is_found() -> None:
    text = DOCUMENT.read_text()

    without = "\n".join(line for line in text.splitlines() if "`seal.key`" not in line)
    assert told(text).keys() - told(without).keys() == {"seal.key"}
    moved = text.replace("| `customer.key` | profile, survey |", "| `customer.key` | metrics |")
    assert told(moved)["customer.key"] == {"metrics"}


def given(program: Program, directory: Path) -> set[str]:
    """The keys that a process is given."""
    values = (program.environment or {}).values()
    return {Path(value).name for value in values if value.startswith(f"{directory}/")}


def test_a_process_is_given_the_keys_that_the_table_says(
    postgres: Postgres, nats_broker: Nats, tmp_path: Path
) -> None:
    made = keys.prepare(tmp_path)
    deployment = parts.Deployment(tmp_path, 8000, "UTC", None, postgres, nats_broker, made)
    programs = {
        "gateway": parts.gateway_part(deployment).program,
        **{
            name: parts.service_part(deployment, name).program
            for name in set(PROCESSES) - {"gateway"}
        },
    }

    for process, program in programs.items():
        expected = {
            name for name, holders in told(DOCUMENT.read_text()).items() if process in holders
        }
        assert given(program, made.directory) == expected
