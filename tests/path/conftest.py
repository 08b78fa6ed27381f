"""Every process up, driven as a stranger would: one command, then the public API."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from tests.path.running import START_SECONDS, Running, eventually, up


class StartPlatform(Protocol):
    """Starts `cxm up --no-demo` with more arguments, and waits until it is ready."""

    def __call__(self, *arguments: str) -> Running: ...


@pytest.fixture
def start_platform(tmp_path: Path) -> Iterator[StartPlatform]:
    """A platform with an empty organisation, started by the test."""
    with ExitStack() as stack:

        def start(*arguments: str) -> Running:
            started = up(tmp_path / "data", tmp_path / "output", "--no-demo", *arguments)
            platform = stack.enter_context(started)
            eventually(platform.is_ready, seconds=START_SECONDS)
            return platform

        yield start


@pytest.fixture
def platform(start_platform: StartPlatform) -> Running:
    """A platform with an empty organisation, of one test's own."""
    return start_platform()


@pytest.fixture
def data() -> Path:
    """The folder of real data sets; a test that needs one is skipped where there is none."""
    folder = os.environ.get("CXM_TEST_DATA")
    if not folder:
        pytest.skip("CXM_TEST_DATA is not set: no real data sets here")
    return Path(folder)
