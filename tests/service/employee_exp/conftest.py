"""Employee experience behind its real gRPC server, beside a real directory."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from nats.aio.client import Client

from cxm.employee_exp.v1.employee_exp_pb2_grpc import (
    EmployeeServiceStub,
    add_EmployeeServiceServicer_to_server,
)
from cxm.profile.v1.profile_pb2_grpc import (
    DirectoryServiceStub,
    add_DirectoryServiceServicer_to_server,
)
from services.employee_exp.employment.details.sealed_details import SealedDetails
from services.employee_exp.employment.editing import EmploymentEditor
from services.employee_exp.employment.row_ids import EmployeeRowIds
from services.employee_exp.employment.rpc import EmployeeRpc
from services.kit.directory.copy import DirectoryCopy
from services.kit.events.outbox import Outbox
from services.profile.directory.editing import DirectoryEditor
from services.profile.directory.founding import ensure_organization
from services.profile.directory.rpc import DirectoryRpc
from services.profile.directory.tree_cache import TreeCache
from tests.conftest import Identities, OpenDatabase, Serve
from tests.service.employee_exp.support.employees import Employees, noon
from tests.support.database import WholeDatabase

KEY = bytes(range(32))

if TYPE_CHECKING:
    from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceAsyncStub


@dataclass(frozen=True)
class RealProfile:
    """A real profile, and what waits there to be announced."""

    stub: "DirectoryServiceAsyncStub"
    outbox: Outbox
    database: WholeDatabase


@pytest.fixture
async def profile(new_database: OpenDatabase, serve: Serve, nats_client: Client) -> RealProfile:
    """Profile with the root and nothing else."""
    database = await new_database("profile")
    outbox = Outbox(database.pool, nats_client.jetstream())
    await ensure_organization(database, outbox, "UTC")
    rpc = DirectoryRpc(DirectoryEditor(database, outbox, TreeCache(database, noon)))
    channel = await serve("profile", add_DirectoryServiceServicer_to_server, rpc)
    return RealProfile(DirectoryServiceStub(channel), outbox, database)


@pytest.fixture
async def employees(
    profile: RealProfile,
    new_database: OpenDatabase,
    serve: Serve,
    nats_client: Client,
    identities: Identities,
) -> Employees:
    """The service, whose copy knows the departments `sales` and `service`."""
    database = await new_database("employee_exp")
    directory = DirectoryCopy(database, profile.stub, identities.service("employee_exp"), noon)
    outbox = Outbox(database.pool, nats_client.jetstream())
    rpc = EmployeeRpc(
        EmploymentEditor(database, outbox, directory, SealedDetails(KEY)),
        EmployeeRowIds(database, KEY),
    )
    channel = await serve("employee_exp", add_EmployeeServiceServicer_to_server, rpc)
    stub = EmployeeServiceStub(channel)
    service = Employees(stub, profile.stub, database, directory, identities, profile.outbox)
    await service.create_departments("sales", "service")
    await directory.start()
    return service
