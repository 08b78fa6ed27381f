"""Profile behind its real gRPC server, with a clock that tests set."""

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from nats.aio.client import Client

from cxm.profile.v1 import profile_pb2 as pb
from cxm.profile.v1.consents_pb2_grpc import (
    ConsentServiceStub,
    add_ConsentServiceServicer_to_server,
)
from cxm.profile.v1.customers_pb2_grpc import (
    CustomerServiceStub,
    add_CustomerServiceServicer_to_server,
)
from cxm.profile.v1.interactions_pb2_grpc import (
    InteractionServiceStub,
    add_InteractionServiceServicer_to_server,
)
from cxm.profile.v1.points_pb2_grpc import (
    PointServiceStub,
    add_PointServiceServicer_to_server,
)
from cxm.profile.v1.privacy_pb2_grpc import (
    PrivacyServiceStub,
    add_PrivacyServiceServicer_to_server,
)
from cxm.profile.v1.profile_pb2_grpc import (
    DirectoryServiceStub,
    add_DirectoryServiceServicer_to_server,
)
from cxm.profile.v1.purchases_pb2_grpc import (
    PurchaseServiceStub,
    add_PurchaseServiceServicer_to_server,
)
from cxm.profile.v1.segments_pb2_grpc import (
    SegmentServiceStub,
    add_SegmentServiceServicer_to_server,
)
from cxm.profile.v1.subscriptions_pb2_grpc import (
    SubscriptionServiceStub,
    add_SubscriptionServiceServicer_to_server,
)
from services.kit.db.database import Database
from services.kit.events.outbox import Outbox
from services.profile.consents.rpc import ConsentRpc
from services.profile.customers.rpc import CustomerRpc
from services.profile.customers.sealed_names import SealedNames
from services.profile.customers.upserting import CustomerWriter
from services.profile.directory.editing import DirectoryEditor
from services.profile.directory.founding import ensure_organization
from services.profile.directory.rpc import DirectoryRpc
from services.profile.directory.tree_cache import TreeCache
from services.profile.facts.attributing import FactAttributor
from services.profile.facts.dictionary import FactDictionary
from services.profile.facts.identifying import AliasFinder
from services.profile.facts.wiring import open_facts
from services.profile.interactions.rpc import InteractionRpc, InteractionRules
from services.profile.points.rpc import PointRpc
from services.profile.privacy.announcing import ErasureEvents
from services.profile.privacy.journal import Journal
from services.profile.privacy.ordering import ErasureOrders
from services.profile.privacy.reapplying import ErasureReapplier
from services.profile.privacy.requesting import ErasureDesk
from services.profile.privacy.rpc import PrivacyRpc
from services.profile.privacy.running import ErasureRunner
from services.profile.purchases.rpc import PurchaseRpc
from services.profile.segments.rpc import SegmentRpc
from services.profile.subscriptions.rpc import SubscriptionRpc
from tests.conftest import Identities, OpenDatabase, Serve
from tests.service.profile.support.consents import Consents
from tests.service.profile.support.customers import KEYS, Customers
from tests.service.profile.support.erasures import Erasures
from tests.service.profile.support.interactions import Interactions
from tests.service.profile.support.points import Points
from tests.service.profile.support.profile import OpenProfile, Profile, SettableClock
from tests.service.profile.support.purchases import Purchases
from tests.service.profile.support.segments import SegmentCalls
from tests.service.profile.support.subscriptions import Subscriptions
from tests.support.database import WholeDatabase

if TYPE_CHECKING:
    from cxm.profile.v1.consents_pb2_grpc import ConsentServiceAsyncStub
    from cxm.profile.v1.customers_pb2_grpc import CustomerServiceAsyncStub
    from cxm.profile.v1.interactions_pb2_grpc import InteractionServiceAsyncStub
    from cxm.profile.v1.points_pb2_grpc import PointServiceAsyncStub
    from cxm.profile.v1.privacy_pb2_grpc import PrivacyServiceAsyncStub
    from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceAsyncStub
    from cxm.profile.v1.purchases_pb2_grpc import PurchaseServiceAsyncStub
    from cxm.profile.v1.segments_pb2_grpc import SegmentServiceAsyncStub
    from cxm.profile.v1.subscriptions_pb2_grpc import SubscriptionServiceAsyncStub


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
    tree = TreeCache(database, watch)
    facts = open_facts(database, tree, ZoneInfo("UTC"), KEYS, "LV")
    rpc = ConsentRpc(database, tree, facts.aliases)
    channel = await serve("profile", add_ConsentServiceServicer_to_server, rpc)
    stub: ConsentServiceAsyncStub = ConsentServiceStub(channel)
    return Consents(stub, identities)


@pytest.fixture
async def points_of(
    profile: Profile, database: Database, serve: Serve, watch: SettableClock, identities: Identities
) -> Points:
    tree = TreeCache(database, watch)
    facts = open_facts(database, tree, ZoneInfo("UTC"), KEYS, "LV")
    rpc = PointRpc(database, tree, facts.aliases)
    channel = await serve("profile", add_PointServiceServicer_to_server, rpc)
    stub: PointServiceAsyncStub = PointServiceStub(channel)
    return Points(stub, identities)


@pytest.fixture
async def interactions(
    profile: Profile, customers: Customers, database: WholeDatabase, serve: Serve
) -> Interactions:
    """Beside `customers`, on the same database."""
    tree = TreeCache(database, profile.watch)
    rpc = InteractionRpc(
        open_facts(database, tree, ZoneInfo("UTC"), KEYS, "LV"), InteractionRules(24)
    )
    channel = await serve("profile", add_InteractionServiceServicer_to_server, rpc)
    stub: InteractionServiceAsyncStub = InteractionServiceStub(channel)
    return Interactions(stub, database, profile.identities)


@pytest.fixture
async def segments(
    profile: Profile, database: Database, serve: Serve, watch: SettableClock, identities: Identities
) -> SegmentCalls:
    rpc = SegmentRpc(database, TreeCache(database, watch), KEYS)
    channel = await serve("profile", add_SegmentServiceServicer_to_server, rpc)
    stub: SegmentServiceAsyncStub = SegmentServiceStub(channel)
    return SegmentCalls(stub, database, identities)


@pytest.fixture
async def erasures(
    profile: Profile,
    customers: Customers,
    database: WholeDatabase,
    serve: Serve,
    watch: SettableClock,
    identities: Identities,
    tmp_path: Path,
) -> Erasures:
    """Beside `customers`, on the same database."""
    told = ErasureEvents(profile.outbox)
    journal = Journal(tmp_path / "erasures", KEYS.refs)
    journal.prepare()
    desk = ErasureDesk(database, told, SealedNames(KEYS), journal, "LV", watch)
    rpc = PrivacyRpc(desk, TreeCache(database, watch))
    channel = await serve("profile", add_PrivacyServiceServicer_to_server, rpc)
    stub: PrivacyServiceAsyncStub = PrivacyServiceStub(channel)
    orders = ErasureOrders(told, journal, KEYS.refs, watch)
    reapplier = ErasureReapplier(database, orders, journal, watch)
    runner = ErasureRunner(database, orders, reapplier, watch)
    return Erasures(stub, database, runner, watch, identities)


@pytest.fixture
async def purchases(
    profile: Profile, database: Database, serve: Serve, watch: SettableClock, identities: Identities
) -> Purchases:
    """In the departments root, riga and liepaja, of which riga owns the touchpoint till."""
    await profile.upsert(("root", None), ("riga", "root"), ("liepaja", "root"))
    till = pb.TouchpointItem(
        key="till", name="Till", department="riga", stage="purchase", channel="SHOP"
    )
    await profile.upsert_touchpoints(till)
    tree, sealed = TreeCache(database, watch), SealedNames(KEYS)
    aliases = AliasFinder(database, sealed, CustomerWriter(database, sealed, "LV", watch))
    attributor = FactAttributor(tree, FactDictionary(database.pool))
    rpc = PurchaseRpc(database, tree, attributor, aliases, "EUR")
    channel = await serve("profile", add_PurchaseServiceServicer_to_server, rpc)
    stub: PurchaseServiceAsyncStub = PurchaseServiceStub(channel)
    return Purchases(stub, database, identities)


@pytest.fixture
async def subscriptions(
    profile: Profile,
    customers: Customers,
    database: Database,
    serve: Serve,
    watch: SettableClock,
    identities: Identities,
) -> Subscriptions:
    """In the departments root, riga and liepaja."""
    await profile.upsert(("root", None), ("riga", "root"), ("liepaja", "root"))
    tree, sealed = TreeCache(database, watch), SealedNames(KEYS)
    aliases = AliasFinder(database, sealed, CustomerWriter(database, sealed, "LV", watch))
    attributor = FactAttributor(tree, FactDictionary(database.pool))
    rpc = SubscriptionRpc(database, tree, attributor, aliases, "EUR")
    channel = await serve("profile", add_SubscriptionServiceServicer_to_server, rpc)
    stub: SubscriptionServiceAsyncStub = SubscriptionServiceStub(channel)
    return Subscriptions(stub, database, identities)
