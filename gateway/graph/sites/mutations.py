"""Making and changing sites, and the secrets with which their servers sign."""

import strawberry

from cxm.profile.v1 import sites_pb2 as pb
from gateway.graph.base.mutations import Input, UserError, mutate
from gateway.graph.sites.types import Site, site_of
from gateway.request.context import Context, Info

NAMES = {"facts_a_minute": "factsAMinute"}


@strawberry.input(description="A site as it is to be.")
class SiteInput:
    name: str = strawberry.field(description="For people, 1 to 100 characters.")
    origins: list[str] = strawberry.field(
        description="1 to 20, each https:// and a host; http only of localhost."
    )
    departments: list[str] = strawberry.field(description="1 to 20 keys.")
    facts_a_minute: int = strawberry.field(description="Of one address, 1 to 10,000.")
    paused: bool = strawberry.field(default=False, description="Whether nothing is taken.")


@strawberry.input(description="A new site.")
class CreateSiteInput:
    site: SiteInput = strawberry.field(description="What it is.")


@strawberry.input(description="A site, the whole of it.")
class UpdateSiteInput:
    key: str = strawberry.field(description="`Site.key`.")
    site: SiteInput = strawberry.field(description="What it is from now on.")


@strawberry.input(description="Which site gets another secret.")
class RotateSiteSecretInput:
    key: str = strawberry.field(description="`Site.key`.")


@strawberry.type(description="A site, and the secret with which its server signs.")
class SiteSecretPayload:
    site: Site | None = strawberry.field(
        default=None, description="The site; null when it was refused."
    )
    secret: str | None = strawberry.field(
        default=None,
        description="64 hexadecimal digits; it is told never again. Null when it was refused.",
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why nothing was done, e.g. ORIGIN, NOT_FOUND."
    )


@strawberry.type(description="What became of it.")
class UpdateSitePayload:
    site: Site | None = strawberry.field(
        default=None, description="The site; null when it was refused."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why nothing was done, e.g. ORIGIN, NOT_FOUND."
    )


@strawberry.type
class SiteMutation:
    @strawberry.field(
        description="Make a site, at most 100. Its secret is told in the answer and never again. Admins of the whole "
        "organisation."
    )
    async def create_site(self, info: Info, given: Input[CreateSiteInput]) -> SiteSecretPayload:
        return await mutate(SiteSecretPayload, _create(info.context, given), NAMES)

    @strawberry.field(
        description="Change a site, or pause it; it holds within 20 s. Admins of the whole organisation. Repeatable."
    )
    async def update_site(self, info: Info, given: Input[UpdateSiteInput]) -> UpdateSitePayload:
        return await mutate(UpdateSitePayload, _update(info.context, given), NAMES)

    @strawberry.field(
        description="Make another secret for a site, told in the answer and never again. The newest one before it "
        "goes on to hold, until this is done once more. Admins of the whole organisation."
    )
    async def rotate_site_secret(
        self, info: Info, given: Input[RotateSiteSecretInput]
    ) -> SiteSecretPayload:
        return await mutate(SiteSecretPayload, _rotate(info.context, given), NAMES)


async def _create(context: Context, given: CreateSiteInput) -> SiteSecretPayload:
    request = pb.CreateSiteRequest(site=_item(given.site))
    reply = await context.call("profile", context.clients.sites.CreateSite, request)
    return SiteSecretPayload(site=site_of(reply.site), secret=reply.secret)


async def _update(context: Context, given: UpdateSiteInput) -> UpdateSitePayload:
    request = pb.UpdateSiteRequest(key=given.key, site=_item(given.site))
    reply = await context.call("profile", context.clients.sites.UpdateSite, request)
    return UpdateSitePayload(site=site_of(reply.site))


async def _rotate(context: Context, given: RotateSiteSecretInput) -> SiteSecretPayload:
    request = pb.RotateSiteSecretRequest(key=given.key)
    reply = await context.call("profile", context.clients.sites.RotateSiteSecret, request)
    return SiteSecretPayload(site=site_of(reply.site), secret=reply.secret)


def _item(given: SiteInput) -> pb.SiteItem:
    return pb.SiteItem(
        name=given.name,
        origins=given.origins,
        departments=given.departments,
        facts_a_minute=given.facts_a_minute,
        paused=given.paused,
    )
