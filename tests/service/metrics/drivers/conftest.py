"""Fixtures: the service of analyses over real answers."""

from typing import TYPE_CHECKING

import pytest

from cxm.metrics.v1.drivers_pb2_grpc import DriverServiceStub, add_DriverServiceServicer_to_server
from services.metrics.drivers.asking import DriverAsking
from services.metrics.drivers.rpc import DriverRpc
from services.metrics.drivers.running import DriverRunner
from tests.conftest import Serve
from tests.service.metrics.conftest import Metrics
from tests.support.builders import (
    make_department,
)

if TYPE_CHECKING:
    pass

from tests.service.metrics.drivers.support.driving import Drivers, service_survey


@pytest.fixture
async def drivers(metrics: Metrics, serve: Serve) -> Drivers:
    departments = [make_department("d1"), make_department("shop", "d1"), make_department("d2")]
    await metrics.fill(departments, surveys=[service_survey()])
    replica, announced = metrics.replica, list[tuple[str, str]]()

    async def announce(department: str, metric: str) -> None:
        announced.append((department, metric))

    reader, database = replica.reader, replica.database
    runner = DriverRunner(database, replica.cube, replica.directory, announce)
    asking = DriverAsking(database, reader.definitions, replica.surveys, runner.asked.set)
    servicer = DriverRpc(replica.directory, database.read, replica.surveys, asking)
    channel = await serve("metrics", add_DriverServiceServicer_to_server, servicer)
    return Drivers(metrics, runner, DriverServiceStub(channel), announced)
