"""The gateway in front of stub services."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.gateway.support.running import Platform, open_platform
from tests.unit.gateway.support.stub_services import (
    StubServices,
    department,
    nps,
    survey,
    touchpoint,
)


@pytest.fixture
def services() -> StubServices:
    children = [department(f"d{number}") for number in range(3)]
    return StubServices(
        departments=[department("root", None), *children, department("team", "d0")],
        touchpoints=[touchpoint("invoice", "d0")],
        surveys=[survey("relationship")],
        scores=[nps(30.0, 100)],
    )


@pytest.fixture
async def platform(services: StubServices, tmp_path: Path) -> AsyncIterator[Platform]:
    async with open_platform(tmp_path, services) as running:
        yield running
