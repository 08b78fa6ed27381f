"""promtool of Prometheus, which tests rules."""

import shutil
import subprocess
from pathlib import Path

import pytest


def promtool_says(tests: Path) -> str:
    """What is not as the tests of rules expect; empty: all is. Skips where promtool is not there."""
    if (promtool := shutil.which("promtool")) is None:
        pytest.skip("promtool is not here: apt-get install prometheus")
    command = [promtool, "test", "rules", str(tests)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return "" if run.returncode == 0 else run.stdout + run.stderr
