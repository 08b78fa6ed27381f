"""A power cut takes nothing that the broker acknowledged; `make power-cut` does it to the whole platform."""

import re
import subprocess
import sys

import pytest


def test_the_broker_keeps_what_it_acknowledged_and_one_that_syncs_by_default_is_caught() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.broker_cut"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.stdout.startswith("skipped"):
        pytest.skip(done.stdout.strip())

    assert done.returncode == 0, done.stderr
    durable, default = (int(lost) for lost in re.findall(r"lost=(\d+)", done.stdout))
    assert durable == 0, done.stdout
    assert default > 0, done.stdout
