"""Sites: made, changed, their secrets told once; visitors linked by who has signed."""

from typing import TYPE_CHECKING, Any

import grpc
import pytest

from cxm.profile.v1 import sites_pb2 as pb
from cxm.profile.v1.sites_pb2_grpc import SiteServiceStub, add_SiteServiceServicer_to_server
from services.kit.db.database import Database
from services.kit.rights.access import Grant, Role
from services.profile.directory.tree_cache import TreeCache
from services.profile.sites.rpc import SiteRpc
from tests.conftest import Identities, Serve
from tests.service.profile.support.customers import KEYS, Customers, code
from tests.service.profile.support.profile import Profile, SettableClock

if TYPE_CHECKING:
    from cxm.profile.v1.sites_pb2_grpc import SiteServiceAsyncStub

DENIED, INVALID = grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.INVALID_ARGUMENT


def item(**changed: Any) -> pb.SiteItem:
    good = {
        "name": "Shop",
        "origins": ["https://Shop.example/", "http://localhost:8080"],
        "departments": ["root"],
        "facts_a_minute": 60,
    }
    return pb.SiteItem(**{**good, **changed})


@pytest.fixture
async def stub(
    profile: Profile, database: Database, serve: Serve, watch: SettableClock
) -> "SiteServiceAsyncStub":
    rpc = SiteRpc(database, TreeCache(database, watch), KEYS, "LV")
    found: SiteServiceAsyncStub = SiteServiceStub(
        await serve("profile", add_SiteServiceServicer_to_server, rpc)
    )
    return found


class Asking:
    """As an admin unless the test says otherwise."""

    def __init__(self, stub: "SiteServiceAsyncStub", identities: Identities) -> None:
        self.stub = stub
        self.identities = identities

    def bearer(self, role: str = "admin") -> Any:
        return self.identities.bearer("profile", role)

    async def create(self, role: str = "admin", **changed: Any) -> pb.CreateSiteResponse:
        request = pb.CreateSiteRequest(site=item(**changed))
        return await self.stub.CreateSite(request, metadata=self.bearer(role))

    def gateway(self) -> Any:
        return self.identities.granted("profile", "service:gateway", Grant(Role.SERVICE))

    async def find(self, key: str) -> pb.FindSiteResponse:
        return await self.stub.FindSite(pb.FindSiteRequest(key=key), metadata=self.gateway())


@pytest.fixture
def sites(stub: "SiteServiceAsyncStub", identities: Identities) -> Asking:
    return Asking(stub, identities)


async def test_a_secret_is_told_once_and_lies_sealed(sites: Asking, database: Database) -> None:
    made = await sites.create()

    found = await sites.find(made.site.key)
    listed = await sites.stub.ListSites(pb.ListSitesRequest(), metadata=sites.bearer())

    assert list(found.site.origins) == ["https://shop.example", "http://localhost:8080"]
    assert [secret.hex() for secret in found.secrets] == [made.secret]
    assert list(listed.sites) == [made.site]
    stored = await database.pool.fetchval("SELECT secrets[1] FROM profile_site")
    assert bytes.fromhex(made.secret) not in stored
    deeds = await database.pool.fetch("SELECT deed, keys FROM audit_entry WHERE deed ~ 'site'")
    assert [(row["deed"], row["keys"]) for row in deeds] == [("site_created", [made.site.key])]


async def test_two_secrets_hold_while_one_is_replaced(sites: Asking) -> None:
    made = await sites.create()
    request = pb.RotateSiteSecretRequest(key=made.site.key)

    second = await sites.stub.RotateSiteSecret(request, metadata=sites.bearer())
    both = await sites.find(made.site.key)
    third = await sites.stub.RotateSiteSecret(request, metadata=sites.bearer())
    found = await sites.find(made.site.key)

    assert (second.site.secrets, len({made.secret, second.secret, third.secret})) == (2, 3)
    assert [secret.hex() for secret in both.secrets] == [second.secret, made.secret]
    assert [secret.hex() for secret in found.secrets] == [third.secret, second.secret]


async def test_a_site_is_changed_and_paused(sites: Asking) -> None:
    key = (await sites.create()).site.key
    change = pb.UpdateSiteRequest(key=key, site=item(name="Web shop", paused=True))

    await sites.stub.UpdateSite(change, metadata=sites.bearer())
    unknown = pb.UpdateSiteRequest(key="site_x", site=item())

    found = await sites.find(key)
    assert (found.site.name, found.site.paused, len(found.secrets)) == ("Web shop", True, 1)
    answer = await code(sites.stub.UpdateSite(unknown, metadata=sites.bearer()))
    assert answer is grpc.StatusCode.NOT_FOUND


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"origins": []},
        {"origins": ["http://shop.example"]},
        {"origins": ["https://shop.example/page"]},
        {"origins": ["https://user@shop.example"]},
        {"origins": ["*"]},
        {"departments": ["nowhere"]},
        {"departments": []},
        {"facts_a_minute": 0},
        {"facts_a_minute": 10_001},
    ],
)
async def test_a_wrong_site_is_refused(sites: Asking, wrong: dict[str, Any]) -> None:
    assert await code(sites.create(**wrong)) is INVALID


async def test_admins_keep_sites_and_the_gateway_alone_hears_secrets(
    sites: Asking, customers: Customers
) -> None:
    made = await sites.create()

    for role in ("analyst", "integration", "department_head", "privacy_officer", "operator"):
        assert await code(sites.create(role)) is DENIED
    find = pb.FindSiteRequest(key=made.site.key)
    link = pb.LinkVisitorRequest(key=made.site.key, customer="C-1", device="d" * 20)
    assert await code(sites.stub.FindSite(find, metadata=sites.bearer())) is DENIED
    assert await code(sites.stub.LinkVisitor(link, metadata=sites.bearer())) is DENIED

    await sites.stub.LinkVisitor(link, metadata=sites.gateway())
    known = await customers.find("CUSTOMER:C-1")
    assert [alias.kind for alias in known.aliases] == ["CUSTOMER", "DEVICE"]
    assert {joined.source for joined in known.links} == {made.site.key}
