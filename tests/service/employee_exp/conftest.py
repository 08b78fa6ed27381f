"""Employee experience behind its real gRPC server, beside a real directory."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nats.aio.client import Client

from cxm.employee_exp.v1.employee_exp_pb2_grpc import (
    EmployeeServiceStub,
    add_EmployeeServiceServicer_to_server,
)
from cxm.employee_exp.v1.waves_pb2_grpc import (
    WaveServiceStub,
    add_WaveServiceServicer_to_server,
)
from cxm.profile.v1.grants_pb2_grpc import GrantServiceStub, add_GrantServiceServicer_to_server
from cxm.profile.v1.profile_pb2_grpc import (
    DirectoryServiceStub,
    add_DirectoryServiceServicer_to_server,
)
from services.employee_exp.employment.details.sealed_details import SealedDetails
from services.employee_exp.employment.editing import EmploymentEditor
from services.employee_exp.employment.row_ids import EmployeeRowIds
from services.employee_exp.employment.rpc import EmployeeRpc
from services.employee_exp.invitations.inviting import Inviter
from services.employee_exp.invitations.runner import WaveRunner
from services.employee_exp.invitations.sending import MailSender
from services.employee_exp.invitations.storage import forget_employee
from services.employee_exp.releases.previewing import foresee_release
from services.employee_exp.sealing.wave_keys import WaveKeys
from services.employee_exp.waves.closing import WaveCloser
from services.employee_exp.waves.editing import WaveEditor
from services.employee_exp.waves.heads import HeadsOfProfile
from services.employee_exp.waves.opening import WaveOpener
from services.employee_exp.waves.people import PeopleFinder
from services.employee_exp.waves.rpc import WaveRpc
from services.kit.directory.copy import DirectoryCopy
from services.kit.events.outbox import Outbox
from services.profile.directory.editing import DirectoryEditor
from services.profile.directory.founding import ensure_organization
from services.profile.directory.rpc import DirectoryRpc
from services.profile.directory.tree_cache import TreeCache
from services.profile.grants.editing import GrantEditor
from services.profile.grants.rpc import GrantRpc
from tests.conftest import Identities, OpenDatabase, Serve
from tests.service.employee_exp.support.employees import Employees, noon
from tests.service.employee_exp.support.waves import (
    ADDRESS,
    LINK_KEY,
    Outgoing,
    Watch,
    Waves,
)
from tests.support.database import WholeDatabase

KEY = bytes(range(32))

if TYPE_CHECKING:
    from cxm.profile.v1.grants_pb2_grpc import GrantServiceAsyncStub
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
        forget=[forget_employee],
    )
    channel = await serve("employee_exp", add_EmployeeServiceServicer_to_server, rpc)
    stub = EmployeeServiceStub(channel)
    service = Employees(stub, profile.stub, database, directory, identities, profile.outbox)
    await service.create_departments("sales", "service")
    await directory.start()
    return service


@pytest.fixture
async def grants(profile: RealProfile, serve: Serve) -> "GrantServiceAsyncStub":
    """The grants of profile."""
    rpc = GrantRpc(GrantEditor(profile.database), TreeCache(profile.database, noon))
    channel = await serve("profile", add_GrantServiceServicer_to_server, rpc)
    stub: GrantServiceAsyncStub = GrantServiceStub(channel)
    return stub


@pytest.fixture
async def waves(
    employees: Employees,
    profile: RealProfile,
    grants: "GrantServiceAsyncStub",
    serve: Serve,
    tmp_path: Path,
) -> Waves:
    """Waves, whose clock the test moves; the runner looks when it is asked to."""
    database, directory, watch = employees.database, employees.directory, Watch()
    directory.now = watch
    directory.version = -1
    await directory.refresh()
    keys, mail = WaveKeys(tmp_path / "wave-keys"), Outgoing()
    keys.prepare(is_new=True)
    people = PeopleFinder(SealedDetails(KEY))
    inviter = Inviter(LINK_KEY, watch)
    heads = HeadsOfProfile(grants, employees.identities.service("employee_exp"))
    opener = WaveOpener(database, directory, keys, heads.find, people.find, inviter)
    closer = WaveCloser(database, directory, inviter.settle)
    rpc = WaveRpc(WaveEditor(database, directory), opener, closer, foresee_release)
    channel = await serve("employee_exp", add_WaveServiceServicer_to_server, rpc)
    sender = MailSender(database, directory, mail, people.find_addressees, LINK_KEY, ADDRESS)
    runner = WaveRunner(database, directory, opener, closer, sender)
    stub = WaveServiceStub(channel)
    return Waves(stub, employees, watch, runner, keys, mail, grants, profile.database)
