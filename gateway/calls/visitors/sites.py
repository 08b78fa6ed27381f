"""Sites as profile knows them, and what their visitors do on its way there."""

import asyncio
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import grpc

from cxm.profile.v1 import interactions_pb2
from cxm.profile.v1 import sites_pb2 as pb
from gateway.calls.visitors.facts import FactFate, VisitorFact, fate_of, item_of
from gateway.errors import failure_of
from services.kit.errors import NotFound
from services.kit.rights.access import Grant, Role, Viewer, service_viewer
from services.kit.rights.tokens import GATEWAY
from services.kit.rpc.servicing import READ_SECONDS, WRITE_SECONDS, Metadata

if TYPE_CHECKING:  # only the type stubs know the asynchronous stubs
    from cxm.profile.v1.interactions_pb2_grpc import InteractionServiceAsyncStub
    from cxm.profile.v1.sites_pb2_grpc import SiteServiceAsyncStub

REMEMBERED_SECONDS: Final = 20.0
MOST_REMEMBERED: Final = 10_000
KEY: Final = re.compile(r"site_[0-9a-f]{20}")
US: Final = service_viewer(GATEWAY)


@dataclass(frozen=True, slots=True)
class KnownSite:
    """What the gateway needs of a site; secrets are bytes, the newest first."""

    key: str
    origins: frozenset[str]
    facts_a_minute: int
    is_paused: bool
    secrets: tuple[bytes, ...]
    viewer: Viewer


class Sites:
    """Asks profile in the gateway's own name; many requests for one site at once ask once."""

    def __init__(
        self,
        stub: "SiteServiceAsyncStub",
        interactions: "InteractionServiceAsyncStub",
        metadata: Callable[[Viewer, str], Metadata],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.stub = stub
        self.interactions = interactions
        self.metadata = metadata
        self.now = now
        self.known: dict[str, tuple[KnownSite | None, float]] = {}
        self.asking: dict[str, asyncio.Task[KnownSite | None]] = {}
        self.linked: dict[tuple[str, str, str], float] = {}

    async def find_site(self, key: str) -> KnownSite | None:
        """A site by its key; None for none. Unavailable while profile is away."""
        if not KEY.fullmatch(key):
            return None
        site, until = self.known.get(key, (None, 0.0))
        if self.now() < until:
            return site
        task = self.asking.get(key)
        if task is None:
            task = self.asking[key] = asyncio.create_task(self._ask_for_site(key))
            task.add_done_callback(lambda _: self.asking.pop(key, None))
        return await asyncio.shield(task)

    async def _ask_for_site(self, key: str) -> KnownSite | None:
        try:
            reply = await self._call(
                self.stub.FindSite, pb.FindSiteRequest(key=key), US, READ_SECONDS
            )
            site: KnownSite | None = _known(key, reply)
        except NotFound:
            site = None
        if len(self.known) >= MOST_REMEMBERED:
            self.known.clear()
        self.known[key] = (site, self.now() + REMEMBERED_SECONDS)
        return site

    async def record_facts(
        self, site: KnownSite, customer: tuple[str, str] | None, facts: Sequence[VisitorFact]
    ) -> list[FactFate]:
        """Store facts of a visitor, in the site's name; `customer`: kind and value of an identifier, None: nobody's."""
        items = [item_of(site.key, customer, fact) for fact in facts]
        request = interactions_pb2.RecordInteractionsRequest(items=items)
        call = self.interactions.RecordInteractions
        reply = await self._call(call, request, site.viewer, WRITE_SECONDS)
        return [fate_of(result) for result in reply.results]

    async def link_visitor(self, site: KnownSite, customer: str, device: str) -> None:
        """A customer whom the site has signed uses a browser; said again it is passed over for a while."""
        pair, now = (site.key, customer, device), self.now()
        if now < self.linked.get(pair, 0.0):
            return
        request = pb.LinkVisitorRequest(key=site.key, customer=customer, device=device)
        await self._call(self.stub.LinkVisitor, request, US, WRITE_SECONDS)
        if len(self.linked) >= MOST_REMEMBERED:
            self.linked.clear()
        self.linked[pair] = now + REMEMBERED_SECONDS

    async def _call(self, method: Any, request: Any, viewer: Viewer, seconds: float) -> Any:
        try:
            return await method(request, metadata=self.metadata(viewer, "profile"), timeout=seconds)
        except grpc.aio.AioRpcError as error:
            raise failure_of(error, "profile") from error


def _known(key: str, reply: pb.FindSiteResponse) -> KnownSite:
    site = reply.site
    grants = tuple(Grant(Role.INTEGRATION, department) for department in site.departments)
    return KnownSite(
        key,
        frozenset(site.origins),
        site.facts_a_minute,
        site.paused,
        tuple(reply.secrets),
        Viewer(f"site:{key}", grants),
    )
