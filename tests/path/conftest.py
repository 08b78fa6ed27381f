"""Every process up, driven as a stranger would: one command, then the public API."""

import os
from pathlib import Path

import pytest

from tests.support.platform_fixtures import platform, start_platform

__all__ = ["data", "platform", "start_platform"]


@pytest.fixture
def data() -> Path:
    """The folder of real data sets; a test that needs one is skipped where there is none."""
    folder = os.environ.get("CXM_TEST_DATA")
    if not folder:
        pytest.skip("CXM_TEST_DATA is not set: no real data sets here")
    return Path(folder)
