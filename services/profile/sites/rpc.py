"""cxm.profile.v1.SiteService."""

from cxm.profile.v1 import sites_pb2 as pb
from cxm.profile.v1.sites_pb2_grpc import SiteServiceServicer, add_SiteServiceServicer_to_server
from services.kit.db.database import Database
from services.kit.process import Process
from services.kit.rights.access import Action, Viewer
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, viewer
from services.kit.service import SharedStores
from services.profile.customers.domain.identifiers import Identifier
from services.profile.customers.domain.items import CustomerItem
from services.profile.customers.sealed_names import CustomerKeys, SealedNames
from services.profile.customers.upserting import CustomerWriter
from services.profile.directory.tree_cache import TreeCache
from services.profile.sites import convert
from services.profile.sites.keeping import SiteKeeper

GATEWAY = ("gateway",)


class SiteRpc(SiteServiceServicer):
    """Sites are few and read from the database at every call."""

    def __init__(
        self, database: Database, directory: TreeCache, keys: CustomerKeys, country: str
    ) -> None:
        self.directory = directory
        self.keeper = SiteKeeper(database, keys.seal, directory.now)
        self.writer = CustomerWriter(database, SealedNames(keys), country, directory.now)

    @needs(Action.WRITE_SITES, Scope.ORGANISATION)
    async def ListSites(
        self, request: pb.ListSitesRequest, context: Context
    ) -> pb.ListSitesResponse:
        """All of them."""
        sites = map(convert.site_message, await self.keeper.everything())
        return pb.ListSitesResponse(sites=sites)

    @needs(Action.WRITE_SITES, Scope.ORGANISATION)
    async def CreateSite(
        self, request: pb.CreateSiteRequest, context: Context
    ) -> pb.CreateSiteResponse:
        """Its secret is told once."""
        tree, item = await self.directory.read_tree(), convert.site_item(request.site)
        site, secret = await self.keeper.create(viewer(context), tree, item)
        return pb.CreateSiteResponse(site=convert.site_message(site), secret=secret.hex())

    @needs(Action.WRITE_SITES, Scope.ORGANISATION)
    async def UpdateSite(
        self, request: pb.UpdateSiteRequest, context: Context
    ) -> pb.UpdateSiteResponse:
        """The whole of it, but its key and secrets."""
        tree, item = await self.directory.read_tree(), convert.site_item(request.site)
        site = await self.keeper.update(viewer(context), tree, request.key, item)
        return pb.UpdateSiteResponse(site=convert.site_message(site))

    @needs(Action.WRITE_SITES, Scope.ORGANISATION)
    async def RotateSiteSecret(
        self, request: pb.RotateSiteSecretRequest, context: Context
    ) -> pb.RotateSiteSecretResponse:
        """The new one is told once."""
        tree = await self.directory.read_tree()
        site, secret = await self.keeper.rotate(viewer(context), tree, request.key)
        return pb.RotateSiteSecretResponse(site=convert.site_message(site), secret=secret.hex())

    @needs(Action.KEEP_SESSIONS, Scope.ORGANISATION, callers=GATEWAY)
    async def FindSite(self, request: pb.FindSiteRequest, context: Context) -> pb.FindSiteResponse:
        """For the gateway alone."""
        item, secrets = await self.keeper.find(request.key)
        return pb.FindSiteResponse(site=convert.item_message(item), secrets=secrets)

    @needs(Action.KEEP_SESSIONS, Scope.ORGANISATION, callers=GATEWAY)
    async def LinkVisitor(
        self, request: pb.LinkVisitorRequest, context: Context
    ) -> pb.LinkVisitorResponse:
        """For the gateway alone, which has checked the signature; a link that breaks a rule waits as a conflict."""
        identifiers = (
            Identifier("CUSTOMER", request.customer),
            Identifier("DEVICE", request.device),
        )
        item = CustomerItem(identifiers, source=request.key)
        upserted = await self.writer.upsert(Viewer(f"site:{request.key}"), [item])
        if (refusal := upserted.outcomes[0].refusal) is not None:
            raise refusal
        return pb.LinkVisitorResponse()


async def wire(
    process: Process,
    shared: SharedStores,
    directory: TreeCache,
    keys: CustomerKeys,
    country: str,
) -> None:
    """Answer cxm.profile.v1.SiteService; `country` as for CustomerWriter."""
    process.serve(
        "cxm.profile.v1.SiteService",
        add_SiteServiceServicer_to_server,
        SiteRpc(shared.database, directory, keys, country),
    )
