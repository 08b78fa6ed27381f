"""Reading the scorecard of the root department."""

from typing import Any

from tests.unit.gateway.support.running import Platform

PERIOD = 'period: {from: "2026-01-01", to: "2026-02-01"}'


def read(selection: str, arguments: str = PERIOD) -> str:
    return "{ organization { scorecard(%s) { %s } } }" % (arguments, selection)  # noqa: UP031 - braces


async def scorecard(platform: Platform, selection: str, arguments: str = PERIOD) -> Any:
    return (await platform.data(read(selection, arguments)))["organization"]["scorecard"]
