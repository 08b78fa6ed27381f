"""All sites."""

import strawberry

from cxm.profile.v1 import sites_pb2 as pb
from gateway.graph.sites.types import Site, site_of
from gateway.request.context import Info


@strawberry.type
class SiteQuery:
    @strawberry.field(
        description="All sites, by name. For admins of the whole organisation, null for others.",
        graphql_type=list[Site] | None,
    )
    async def sites(self, info: Info) -> list[Site] | None:
        method = info.context.clients.sites.ListSites
        reply = await info.context.call("profile", method, pb.ListSitesRequest())
        return [site_of(site) for site in reply.sites]
