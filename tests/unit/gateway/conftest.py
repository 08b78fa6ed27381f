"""The gateway in front of small services."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.gateway.house import House, department, nps, survey, touchpoint
from tests.unit.gateway.running import Platform, open_platform


@pytest.fixture
def house() -> House:
    children = [department(f"d{number}") for number in range(3)]
    return House(
        departments=[department("root", None), *children, department("team", "d0")],
        touchpoints=[touchpoint("invoice", "d0")],
        surveys=[survey("relationship")],
        scores=[nps(30.0, 100)],
    )


@pytest.fixture
async def platform(house: House, tmp_path: Path) -> AsyncIterator[Platform]:
    async with open_platform(tmp_path, house) as running:
        yield running
