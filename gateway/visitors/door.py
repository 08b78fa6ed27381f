"""POST /t: what visitors of a site do (README.md, Visitors)."""

from collections.abc import Mapping
from math import ceil
from typing import Any, Final
from urllib.parse import parse_qs

import orjson
import structlog
from starlette.types import Receive, Scope, Send

from gateway.calls.visitors.facts import FactFate
from gateway.calls.visitors.sites import KnownSite, Sites
from gateway.doors.body import Body, declared_length
from gateway.doors.http import address_of, headers_of
from gateway.request.asked import ClientGone, NotARequest
from gateway.request.gateway import Gateway
from gateway.strangers.addresses import counted_as
from gateway.strangers.buckets import Buckets
from gateway.strangers.throttle import REQUEST_VALUES, values_of
from gateway.visitors.sent import SentFacts, check_signature, read_sent
from services.kit import clock
from services.kit.clock import Clock
from services.kit.errors import Denied, Failure, Invalid, NotFound, RateLimited, Unavailable
from services.kit.rights.access import ANONYMOUS

PATH: Final = "/t"
LARGEST_BYTES: Final = 8 * 1024
MOST_SITES: Final = 1_000
"""Of which rates are counted at a time."""
TYPES: Final = ("text/plain", "application/json")
"""Of a body; the first needs no question before it (CORS)."""
PREFLIGHT: Final = {
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "content-type",
    "access-control-max-age": "600",
}
STATUS: Final[tuple[tuple[type[Failure], int], ...]] = (
    (RateLimited, 429),
    (NotFound, 404),
    (Denied, 403),
    (Invalid, 400),
    (Unavailable, 503),
)

log = structlog.get_logger()


class VisitorDoor:
    """The ASGI application behind /t. It reads no cookie and sets none."""

    def __init__(self, gateway: Gateway, now: Clock = clock.now) -> None:
        self.gateway = gateway
        clients = gateway.clients
        self.sites = Sites(clients.sites, clients.interactions, clients.metadata)
        self.now = now
        self.rates: dict[str, tuple[int, Buckets]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, extra = headers_of(scope), {"vary": "Origin"}
        try:
            site = await self._site(scope)
            extra |= _let_in(site, headers)
            if scope["method"] == "OPTIONS":
                await _send(send, 204, {**extra, **PREFLIGHT})
                return
            body = await self._body(scope, headers, receive)
            fates = await self._take(site, scope, headers, body)
            await _send(send, 200, extra, _told(fates))
        except NotARequest as refused:
            told = {"code": refused.code, "message": refused.message}
            await _send(send, refused.status, {**extra, **refused.headers}, told)
        except Failure as failure:
            await _send(send, *_refused(failure, extra))
        except ClientGone:
            return

    async def _site(self, scope: Scope) -> KnownSite:
        """The site whose key the address names; the address pays for the question."""
        self.gateway.throttle.spend(ANONYMOUS, address_of(scope), REQUEST_VALUES)
        if scope["method"] not in ("POST", "OPTIONS"):
            raise NotARequest(405, "send POST", {"allow": "POST, OPTIONS"})
        query = parse_qs(scope["query_string"].decode("latin-1"))
        site = await self.sites.find_site(query.get("site", [""])[0])
        if site is None:
            raise NotFound("there is no such site: name its key, as /t?site=KEY", reason="SITE")
        if site.is_paused:
            raise Denied("this site is paused", reason="PAUSED")
        return site

    async def _body(self, scope: Scope, headers: Mapping[str, str], receive: Receive) -> bytes:
        if headers.get("content-type", "").partition(";")[0].strip().lower() not in TYPES:
            raise NotARequest(415, f"Content-Type must be {' or '.join(TYPES)}")
        body = Body(receive, self.gateway.files)
        if declared_length(headers) > LARGEST_BYTES or not await body.is_within(LARGEST_BYTES):
            message = f"a body has at most {LARGEST_BYTES:,} bytes: send fewer facts at once"
            raise NotARequest(413, message, {"connection": "close"})
        values = values_of(len(body.data))
        self.gateway.throttle.spend(ANONYMOUS, address_of(scope), values)
        return bytes(body.data)

    async def _take(
        self, site: KnownSite, scope: Scope, headers: Mapping[str, str], body: bytes
    ) -> list[FactFate]:
        """Facts are the customer's that the site has signed, else the browser's that agreed, else nobody's."""
        opts_out = headers.get("sec-gpc", "").strip() == "1"
        sent = read_sent(body, self.now(), opts_out=opts_out)
        self._count(site, address_of(scope), len(sent.facts))
        if sent.customer is not None:
            check_signature(sent.customer, site.secrets, self.now())
            await self._link(site, sent)
            return await self.sites.record_facts(site, ("CUSTOMER", sent.customer.id), sent.facts)
        browser = ("DEVICE", sent.device) if sent.device else None
        return await self.sites.record_facts(site, browser, sent.facts)

    async def _link(self, site: KnownSite, sent: SentFacts) -> None:
        """What cannot be linked keeps no fact back."""
        if sent.customer is None or not sent.device:
            return
        try:
            await self.sites.link_visitor(site, sent.customer.id, sent.device)
        except (Invalid, Denied) as failure:
            log.info("a visitor was not linked", site=site.key, reason=failure.reason)

    def _count(self, site: KnownSite, address: str, facts: int) -> None:
        """RateLimited where an address sends more than the site takes of one."""
        rate, buckets = self.rates.get(site.key, (0, None))
        if buckets is None or rate != site.facts_a_minute:
            if len(self.rates) >= MOST_SITES:
                self.rates.clear()
            buckets = Buckets(site.facts_a_minute, site.facts_a_minute / 60)
            self.rates[site.key] = (site.facts_a_minute, buckets)
        whose, now = counted_as(address), self.now().timestamp()
        seconds = buckets.seconds_until(whose, min(facts, buckets.burst), now)
        if seconds > 0:
            message = f"this site takes {site.facts_a_minute} facts a minute of an address: wait"
            raise RateLimited(message, retry_after=ceil(seconds))
        buckets.take(whose, facts, now)


def _let_in(site: KnownSite, headers: Mapping[str, str]) -> dict[str, str]:
    """Pages of the site alone are answered, and read the answer."""
    origin = headers.get("origin", "").lower()
    if origin not in site.origins:
        raise Denied("pages of this origin are none of the site's", reason="ORIGIN")
    return {"access-control-allow-origin": origin}


def _told(fates: list[FactFate]) -> dict[str, Any]:
    """How many facts were stored, and why others were not."""
    refused = [
        {"index": n, "code": fate.code, "message": fate.message, "field": list(fate.path)}
        for n, fate in enumerate(fates)
        if fate.code
    ]
    stored = sum(fate.is_new for fate in fates)
    return {
        "stored": stored,
        "alreadyStored": len(fates) - stored - len(refused),
        "refused": refused,
    }


def _refused(
    failure: Failure, extra: Mapping[str, str]
) -> tuple[int, Mapping[str, str], dict[str, Any]]:
    status = next((status for kind, status in STATUS if isinstance(failure, kind)), 500)
    told: dict[str, Any] = {"code": failure.reason, "message": failure.message}
    if failure.field:
        told["field"] = list(failure.field)
    if isinstance(failure, RateLimited):
        return status, {**extra, "retry-after": str(failure.retry_after)}, told
    return status, extra, told


async def _send(
    send: Send, status: int, headers: Mapping[str, str], told: dict[str, Any] | None = None
) -> None:
    body = b"" if told is None else orjson.dumps(told)
    sent = {"content-length": str(len(body)), **headers}
    if told is not None:
        sent["content-type"] = "application/json"
    listed = [(name.encode(), value.encode()) for name, value in sent.items()]
    await send({"type": "http.response.start", "status": status, "headers": listed})
    await send({"type": "http.response.body", "body": body})
