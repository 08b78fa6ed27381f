"""Profile behind its real gRPC server, with a clock that tests set."""

from typing import TYPE_CHECKING

import pytest
from nats.aio.client import Client

from cxm.profile.v1.consents_pb2_grpc import (
    ConsentServiceStub,
    add_ConsentServiceServicer_to_server,
)
from cxm.profile.v1.customers_pb2_grpc import (
    CustomerServiceStub,
    add_CustomerServiceServicer_to_server,
)
from cxm.profile.v1.privacy_pb2_grpc import (
    PrivacyServiceStub,
    add_PrivacyServiceServicer_to_server,
)
from cxm.profile.v1.profile_pb2_grpc import (
    DirectoryServiceStub,
    add_DirectoryServiceServicer_to_server,
)
from services.kit.db.database import Database
from services.kit.events.outbox import Outbox
from services.profile.consents.rpc import ConsentRpc
from services.profile.customers.rpc import CustomerRpc
from services.profile.customers.sealed_names import SealedNames
from services.profile.directory.editing import DirectoryEditor
from services.profile.directory.founding import ensure_organization
from services.profile.directory.rpc import DirectoryRpc
from services.profile.directory.tree_cache import TreeCache
from services.profile.privacy.announcing import ErasureEvents
from services.profile.privacy.requesting import ErasureDesk
from services.profile.privacy.rpc import PrivacyRpc
from services.profile.privacy.running import ErasureRunner
from tests.conftest import Identities, OpenDatabase, Serve
from tests.service.profile.support.consents import Consents
from tests.service.profile.support.customers import KEYS, Customers
from tests.service.profile.support.erasures import Erasures
from tests.service.profile.support.profile import OpenProfile, Profile, SettableClock
from tests.support.database import WholeDatabase

if TYPE_CHECKING:
    from cxm.profile.v1.consents_pb2_grpc import ConsentServiceAsyncStub
    from cxm.profile.v1.customers_pb2_grpc import CustomerServiceAsyncStub
    from cxm.profile.v1.privacy_pb2_grpc import PrivacyServiceAsyncStub
    from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceAsyncStub


@pytest.fixture
def watch() -> SettableClock:
    return SettableClock()


@pytest.fixture
async def database(new_database: OpenDatabase) -> WholeDatabase:
    return await new_database("profile")


@pytest.fixture
async def open_profile(
    nats_client: Client, serve: Serve, watch: SettableClock, identities: Identities
) -> OpenProfile:
    """Start a replica of profile on a database."""

    async def start(database: Database) -> Profile:
        outbox = Outbox(database.pool, nats_client.jetstream())
        await ensure_organization(database, outbox, "UTC")
        rpc = DirectoryRpc(DirectoryEditor(database, outbox, TreeCache(database, watch)))
        channel = await serve("profile", add_DirectoryServiceServicer_to_server, rpc)
        stub: DirectoryServiceAsyncStub = DirectoryServiceStub(channel)
        return Profile(stub, database, outbox, watch, identities)

    return start


@pytest.fixture
async def profile(open_profile: OpenProfile, database: Database) -> Profile:
    started = await open_profile(database)
    await database.pool.execute("DELETE FROM outbox")
    return started


@pytest.fixture
async def customers(
    profile: Profile, database: Database, serve: Serve, watch: SettableClock, identities: Identities
) -> Customers:
    rpc = CustomerRpc(database, TreeCache(database, watch), KEYS, "LV")
    channel = await serve("profile", add_CustomerServiceServicer_to_server, rpc)
    stub: CustomerServiceAsyncStub = CustomerServiceStub(channel)
    return Customers(stub, database, identities)


@pytest.fixture
async def consents(
    profile: Profile, database: Database, serve: Serve, watch: SettableClock, identities: Identities
) -> Consents:
    rpc = ConsentRpc(database, TreeCache(database, watch), KEYS, "LV")
    channel = await serve("profile", add_ConsentServiceServicer_to_server, rpc)
    stub: ConsentServiceAsyncStub = ConsentServiceStub(channel)
    return Consents(stub, identities)


@pytest.fixture
async def erasures(
    profile: Profile,
    customers: Customers,
    database: WholeDatabase,
    serve: Serve,
    watch: SettableClock,
    identities: Identities,
) -> Erasures:
    """Beside `customers`, on the same database."""
    told = ErasureEvents(profile.outbox)
    desk = ErasureDesk(database, told, SealedNames(KEYS), "LV", watch)
    rpc = PrivacyRpc(desk, TreeCache(database, watch))
    channel = await serve("profile", add_PrivacyServiceServicer_to_server, rpc)
    stub: PrivacyServiceAsyncStub = PrivacyServiceStub(channel)
    runner = ErasureRunner(database, told, KEYS.refs, watch)
    return Erasures(stub, database, runner, watch, identities)
