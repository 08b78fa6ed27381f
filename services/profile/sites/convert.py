"""Between the contract's messages and sites."""

from datetime import datetime

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import sites_pb2 as pb
from services.profile.sites.domain import Site, SiteItem


def site_item(message: pb.SiteItem) -> SiteItem:
    return SiteItem(
        message.name,
        tuple(message.origins),
        tuple(message.departments),
        message.facts_a_minute,
        message.paused,
    )


def item_message(item: SiteItem) -> pb.SiteItem:
    return pb.SiteItem(
        name=item.name,
        origins=item.origins,
        departments=item.departments,
        facts_a_minute=item.facts_a_minute,
        paused=item.is_paused,
    )


def site_message(site: Site) -> pb.StoredSite:
    """A site without its secrets."""
    return pb.StoredSite(
        key=site.key,
        site=item_message(site.item),
        created_at=_timestamp(site.created_at),
        rotated_at=_timestamp(site.rotated_at),
        secrets=len(site.secrets),
    )


def _timestamp(at: datetime) -> Timestamp:
    message = Timestamp()
    message.FromDatetime(at)
    return message
