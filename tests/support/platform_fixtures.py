"""Fixtures: a platform of every process, started as a stranger would, with an empty organisation."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from tests.support.platform import START_SECONDS, Running, eventually, up


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
