"""How requests are counted, and which are not."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.doors import measured


async def answer(request: Request) -> Response:
    return Response(status_code=int(request.path_params["status"]))


@pytest.mark.parametrize("status", [200, 303, 422])
async def test_of_the_door_of_employees_only_failures_are_counted(status: int) -> None:
    """The control: the door of respondents."""
    app = measured.MeasuredDoors(
        Starlette(routes=[Route("/{door}/{status}", answer, methods=["GET", "POST"])])
    )
    before = {labels: list(series.counts) for labels, series in measured._DURATION.series.items()}
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
        for door in ("r", "w"):
            await client.post(f"/{door}/{status}")
            await client.post(f"/{door}/503")

    counted = {
        labels
        for labels, series in measured._DURATION.series.items()
        if series.counts != before.get(labels)
    }
    assert counted == {
        ("respondents", str(status // 100)),
        ("respondents", "5"),
        ("employees", "5"),
    }
