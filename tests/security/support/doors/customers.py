"""Customers behind the gateway: every RPC of profile, erasures, and files of customers; all of them, or nothing."""

from typing import Any

import grpc
from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import (
    consents_pb2,
    interactions_pb2,
    points_pb2,
    privacy_pb2,
    purchases_pb2,
    sites_pb2,
    subscriptions_pb2,
)
from cxm.profile.v1 import customers_pb2 as pb
from cxm.profile.v1.consents_pb2_grpc import ConsentServiceStub
from cxm.profile.v1.customers_pb2_grpc import CustomerServiceStub
from cxm.profile.v1.interactions_pb2_grpc import InteractionServiceStub
from cxm.profile.v1.points_pb2_grpc import PointServiceStub
from cxm.profile.v1.privacy_pb2_grpc import PrivacyServiceStub
from cxm.profile.v1.purchases_pb2_grpc import PurchaseServiceStub
from cxm.profile.v1.sites_pb2_grpc import SiteServiceStub
from cxm.profile.v1.subscriptions_pb2_grpc import SubscriptionServiceStub
from tests.security.support.doors.inside import STATUS
from tests.security.support.doors.reading import Door, Look
from tests.security.support.model import ABSENT, FORBIDDEN, SEEN

NOBODY = 2_000_000_000
"""A number that no alias has."""
NO_ID = "00000000-0000-0000-0000-000000000000"
REASON = "to see who may"
FILES = {
    "customers": ('[columns]\nid = "nr"\n', "nr\nC-1\n"),
    "interactions": (
        '[columns]\nid = "nr"\nkind = "what"\noccurred_at = "at"\ndepartment = "team"\n',
        "nr,what,at,team\n1,WRONG,2026-01-01,none\n",
    ),
    "identities": (
        '[defaults]\nkind = "CARD"\nkind2 = "CUSTOMER"\n[columns]\nvalue = "card"\nvalue2 = "nr"\n',
        "card,nr\n4711,C-1\n",
    ),
    "consents": (
        '[defaults]\npurpose = "NEWS"\nstatus = "REFUSED"\n[columns]\ncustomer = "nr"\nat = "at"\n',
        "nr,at\nC-1,2026-01-01\n",
    ),
    "points": (
        '[columns]\ncustomer = "nr"\nat = "at"\npoints = "points"\n',
        "nr,at,points\nC-1,2026-01-01,5\n",
    ),
    "subscriptions": (
        '[defaults]\ndepartment = "root"\nplan = "Solo"\nmonthly = "1"\n'
        '[columns]\ncustomer = "nr"\nstarted_on = "from"\n',
        "nr,from\nC-1,2026-01-01\n",
    ),
    "purchases": (
        '[defaults]\ndepartment = "root"\n[columns]\noccurred_at = "at"\namount = "paid"\n',
        "at,paid\n2026-01-01,1\n",
    ),
}
ANYWHERE = {"consents+", "facts+", "timelines"}
"""Rights for which one department is enough."""
FACTS = {"purchases", "interactions", "subscriptions"}
"""Files of what customers did."""
Calls = dict[str, tuple[str, Any, Any, str]]


def _calls(stub: Any) -> Calls:
    """By name: the right, the RPC, a request that changes nothing, and what is answered to who may."""
    identifier = pb.Identifier(kind="EMAIL", value="stranger@example.com")
    settled = pb.SettleConflictRequest(id=NO_ID, settlement=pb.SETTLEMENT_DISMISS, reason=REASON)
    link = pb.LinkCustomersRequest(a=NOBODY, b=NOBODY + 1, reason=REASON)
    unlink = pb.UnlinkCustomersRequest(a=NOBODY, b=NOBODY + 1, reason=REASON)
    wrong = pb.CustomerItem()
    return {
        "upsert": (
            "customers+",
            stub.UpsertCustomers,
            pb.UpsertCustomersRequest(items=[wrong]),
            SEEN,
        ),
        "get": ("customers", stub.GetCustomer, pb.GetCustomerRequest(number=NOBODY), ABSENT),
        "find": (
            "customers?",
            stub.GetCustomer,
            pb.GetCustomerRequest(identifier=identifier),
            ABSENT,
        ),
        "link": ("link", stub.LinkCustomers, link, ABSENT),
        "unlink": ("unlink", stub.UnlinkCustomers, unlink, ABSENT),
        "conflicts": ("link", stub.ListConflicts, pb.ListConflictsRequest(first=1), SEEN),
        "settle": ("link", stub.SettleConflict, settled, ABSENT),
        "reveal": (
            "reveal",
            stub.RevealCustomer,
            pb.RevealCustomerRequest(number=NOBODY, reason=REASON),
            ABSENT,
        ),
        "history": (
            "customers",
            stub.ListCustomerHistory,
            pb.ListCustomerHistoryRequest(number=NOBODY, first=1),
            ABSENT,
        ),
        "reason": ("audit", stub.GetReason, pb.GetReasonRequest(entry=NO_ID), ABSENT),
        "kinds": (
            "link",
            stub.UpsertIdentifierKinds,
            pb.UpsertIdentifierKindsRequest(kinds=[pb.IdentifierKind(key="wrong")]),
            SEEN,
        ),
    }


def _interactions(stub: Any) -> Calls:
    """As _calls."""
    nobodys = interactions_pb2.InteractionName(id="none", at=Timestamp(seconds=1))
    wrong = interactions_pb2.InteractionItem(kind="WRONG", at=Timestamp(seconds=1))
    kind = interactions_pb2.InteractionKind(key="wrong")
    listing = interactions_pb2.ListTimelineRequest(number=NOBODY, first=1)
    stands = interactions_pb2.GetWhereaboutsRequest(number=NOBODY)
    record = interactions_pb2.RecordInteractionsRequest(items=[wrong])
    withdraw = interactions_pb2.WithdrawInteractionsRequest(interactions=[nobodys])
    kinds = interactions_pb2.UpsertInteractionKindsRequest(kinds=[kind])
    return {
        "record": ("facts+", stub.RecordInteractions, record, SEEN),
        "withdraw": ("facts-", stub.WithdrawInteractions, withdraw, SEEN),
        "kinds of facts": ("facts!", stub.UpsertInteractionKinds, kinds, SEEN),
        "timeline": ("timelines", stub.ListTimeline, listing, ABSENT),
        "whereabouts": ("timelines", stub.GetWhereabouts, stands, ABSENT),
    }


def _erasures(stub: Any) -> Calls:
    """As _calls."""
    stranger = pb.Identifier(kind="EMAIL", value="stranger@example.com")
    by_name = privacy_pb2.RequestErasureRequest(identifier=stranger, reason=REASON)
    refuse = privacy_pb2.DecideErasureRequest(id=NO_ID, reason=REASON)
    allow = privacy_pb2.AllowAgainRequest(identifier=stranger, reason=REASON)
    listing = privacy_pb2.ListErasuresRequest(first=1)
    return {
        "request": ("erasures", stub.RequestErasure, by_name, ABSENT),
        "count": ("erasures", stub.CountErasure, privacy_pb2.CountErasureRequest(id=NO_ID), ABSENT),
        "get": ("erasures", stub.GetErasure, privacy_pb2.GetErasureRequest(id=NO_ID), ABSENT),
        "list": ("erasures", stub.ListErasures, listing, SEEN),
        "decide": ("erasures!", stub.DecideErasure, refuse, ABSENT),
        "allow": ("erasures!", stub.AllowAgain, allow, ABSENT),
    }


def _consents(stub: Any) -> Calls:
    """As _calls. Of nobody nothing is recorded."""
    item = consents_pb2.ConsentItem(
        number=NOBODY, purpose="NEWS", status=consents_pb2.CONSENT_STATUS_REFUSED
    )
    item.at.FromSeconds(1_700_000_000)
    recorded = consents_pb2.RecordConsentsRequest(items=[item])
    listing = consents_pb2.ListConsentsRequest(number=NOBODY, first=1)
    return {
        "list": ("consents", stub.ListConsents, listing, ABSENT),
        "record": ("consents+", stub.RecordConsents, recorded, SEEN),
    }


def _purchases(stub: Any) -> Calls:
    """As _calls; the right to record is one of each department, and is tried where it is one of all."""
    wrong, unknown = purchases_pb2.PurchaseItem(), purchases_pb2.PurchaseName(id="unknown")
    record = purchases_pb2.RecordPurchasesRequest(items=[wrong])
    withdraw = purchases_pb2.WithdrawPurchasesRequest(purchases=[unknown])
    listing = purchases_pb2.ListPurchasesRequest(number=NOBODY, first=1)
    return {
        "record": ("facts+", stub.RecordPurchases, record, SEEN),
        "withdraw": ("facts-", stub.WithdrawPurchases, withdraw, SEEN),
        "list": ("customers", stub.ListPurchases, listing, ABSENT),
    }


def _points(stub: Any) -> Calls:
    """As _calls. An entry of nobody is refused."""
    wrong = points_pb2.PointItem(id="1", points=5, kind=points_pb2.POINT_KIND_EARNED)
    wrong.at.FromSeconds(1_700_000_000)
    recorded = points_pb2.RecordPointsRequest(items=[wrong])
    listing = points_pb2.ListPointsRequest(number=NOBODY, first=1)
    return {
        "list": ("customers", stub.ListPoints, listing, ABSENT),
        "record": ("customers+", stub.RecordPoints, recorded, SEEN),
    }


def _subscriptions(stub: Any) -> Calls:
    """As _purchases."""
    wrong = subscriptions_pb2.UpsertSubscriptionsRequest(
        items=[subscriptions_pb2.SubscriptionItem()]
    )
    listing = subscriptions_pb2.ListSubscriptionsRequest(number=NOBODY)
    return {
        "upsert": ("facts+", stub.UpsertSubscriptions, wrong, SEEN),
        "list": ("customers", stub.ListSubscriptions, listing, ABSENT),
    }


def _sites(stub: Any) -> Calls:
    """As _calls; two are for the gateway alone."""
    return {
        "list": ("sites", stub.ListSites, sites_pb2.ListSitesRequest(), SEEN),
        "rotate": (
            "sites",
            stub.RotateSiteSecret,
            sites_pb2.RotateSiteSecretRequest(key="none"),
            ABSENT,
        ),
        "find": ("nobody", stub.FindSite, sites_pb2.FindSiteRequest(key="none"), ABSENT),
        "link": ("nobody", stub.LinkVisitor, sites_pb2.LinkVisitorRequest(), ABSENT),
    }


async def customers(look: Look) -> None:
    """Past the gateway: who has no right on all customers sees none of them, and hears nothing of any."""
    channel = look.asking.channel("profile")
    await try_calls(look, "customers", _calls(CustomerServiceStub(channel)))
    await try_calls(look, "interactions", _interactions(InteractionServiceStub(channel)))
    await try_calls(look, "erasures", _erasures(PrivacyServiceStub(channel)))
    await try_calls(look, "consents", _consents(ConsentServiceStub(channel)))
    await try_calls(look, "points", _points(PointServiceStub(channel)))
    await try_calls(look, "purchases", _purchases(PurchaseServiceStub(channel)))
    await try_calls(look, "subscriptions", _subscriptions(SubscriptionServiceStub(channel)))
    await try_calls(look, "sites", _sites(SiteServiceStub(channel)))


async def try_calls(look: Look, what: str, calls: Calls) -> None:
    """Each call, as the viewer past the gateway."""
    token = look.asking.internal(look.model.viewer, "profile")
    for name, (right, method, request, answer) in calls.items():
        try:
            await method(request, metadata=(("authorization", f"Bearer {token}"),), timeout=20)
            observed = SEEN
        except grpc.aio.AioRpcError as error:
            observed = STATUS.get(error.code(), str(error.code()))
        expected = answer if _may(look, right) else FORBIDDEN
        look.check("grpc", f"{what}: {name}", expected, observed)


def _may(look: Look, right: str) -> bool:
    answer = look.model.anywhere(right) if right in ANYWHERE else look.model.whole(right)
    return answer == SEEN


async def files(look: Look) -> None:
    """A dry run of each kind of file."""
    for kind, (mapping, file) in FILES.items():
        parts = {
            "mapping": (None, mapping.encode()),
            "file": ("rows.csv", file.encode(), "text/csv"),
        }
        path = f"/imports/{kind}?name=rows.csv&dryRun=true"
        answer = await look.asking.send("POST", path, look.token, files=parts)
        expected = 200 if _may(look, "facts+" if kind in FACTS else "customers+") else 403
        look.check("import", kind, expected, answer.status)


def _asked() -> dict[str, tuple[str, str]]:
    """By name: the right, and a document that changes nothing."""
    two = f'a: "{NOBODY}", b: "{NOBODY + 1}", reason: "{REASON}"'
    settled = f'id: "{NO_ID}", settlement: DISMISS, reason: "{REASON}"'
    codes = "userErrors { code }"
    queries = {
        "by number": ("timelines", f'customer(number: "{NOBODY}") {{ number }}'),
        "path": (
            "timelines",
            f'customer(number: "{NOBODY}") {{ timeline(first: 1) {{ missing }} whereabouts {{ stage }} }}',
        ),
        "found": (
            "customers?",
            'customer(identifier: {kind: "EMAIL", value: "stranger@example.com"}) { number }',
        ),
        "consents": (
            "consents",
            'customer(externalId: "C-1") { consents(first: 1) { verdicts { allowed } } }',
        ),
        "points": (
            "customers",
            f'customer(number: "{NOBODY}") {{ points(first: 1) {{ balance }} }}',
        ),
        "sites": ("sites", "sites { key }"),
        "conflicts": ("link", "customerConflicts(first: 1) { totalCount }"),
        "known kinds": ("", "identifierKinds { key }"),  # for every token
        "kinds of what they do": ("", "interactionKinds { key }"),
        "reason": ("audit", f'customerReason(entry: "{NO_ID}")'),
        "erasures": ("erasures", "privacyRequests(first: 1) { totalCount }"),
        "erasure": ("erasures", f'privacyRequest(id: "{NO_ID}") {{ state }}'),
    }
    mutations = {
        "upsert": (
            "customers+",
            f"upsertCustomers(input: {{customers: [{{identifiers: []}}]}}) {{ {codes} }}",
        ),
        "link": ("link", f"linkCustomers(input: {{{two}}}) {{ {codes} }}"),
        "unlink": ("unlink", f"unlinkCustomers(input: {{{two}}}) {{ {codes} }}"),
        "settle": ("link", f"settleConflict(input: {{{settled}}}) {{ {codes} }}"),
        "reveal": (
            "reveal",
            f'revealCustomer(input: {{number: "{NOBODY}", reason: "{REASON}"}}) {{ {codes} }}',
        ),
        "kinds": (
            "link",
            f'upsertIdentifierKinds(input: {{kinds: [{{key: "wrong", name: "", unique: false}}]}}) {{ {codes} }}',
        ),
    }
    entry = 'identifier: {kind: "WRONG", value: "x"}, id: "1", at: "2026-01-01T09:00:00Z"'
    mutations["points"] = (
        "customers+",
        f"recordPoints(input: {{entries: [{{{entry}, points: 5, kind: EARNED}}]}}) {{ {codes} }}",
    )
    site = 'name: "x", origins: [], departments: [], factsAMinute: 1'
    mutations["site"] = ("sites", f"createSite(input: {{site: {{{site}}}}}) {{ {codes} }}")
    mutations["site changed"] = (
        "sites",
        f'updateSite(input: {{key: "none", site: {{{site}}}}}) {{ {codes} }}',
    )
    mutations["site rotated"] = ("sites", f'rotateSiteSecret(input: {{key: "none"}}) {{ {codes} }}')
    nobody = f'number: "{NOBODY}", purpose: "NEWS", status: REFUSED, at: "2026-01-01T09:00:00Z"'
    mutations["consent"] = (
        "consents+",
        f"recordConsent(input: {{statements: [{{{nobody}}}]}}) {{ {codes} }}",
    )
    nobodys = '{id: "none", at: "1970-01-01T00:00:01Z"}'
    wrong = '{id: "none", at: "1970-01-01T00:00:01Z", kind: "WRONG"}'
    kind = '{key: "wrong", name: "", direction: ABOUT, contact: false}'
    mutations |= {
        "record": (
            "facts+",
            f"recordInteractions(input: {{interactions: [{wrong}]}}) {{ {codes} }}",
        ),
        "withdraw": (
            "facts-",
            f"withdrawInteractions(input: {{interactions: [{nobodys}]}}) {{ {codes} }}",
        ),
        "kinds of facts": (
            "facts!",
            f"upsertInteractionKinds(input: {{kinds: [{kind}]}}) {{ {codes} }}",
        ),
    }
    stranger = f'identifier: {{kind: "EMAIL", value: "stranger@example.com"}}, reason: "{REASON}"'
    decided = f'id: "{NO_ID}", decision: REFUSE, reason: "{REASON}"'
    mutations |= {
        "erase": ("erasures", f"requestErasure(input: {{{stranger}}}) {{ {codes} }}"),
        "count": ("erasures", f'countErasure(input: {{id: "{NO_ID}"}}) {{ {codes} }}'),
        "decide": ("erasures!", f"decidePrivacy(input: {{{decided}}}) {{ {codes} }}"),
        "allow": ("erasures!", f"allowAgain(input: {{{stranger}}}) {{ {codes} }}"),
    }
    unknown = '[{id: "unknown"}]'
    wrong = '[{id: "", occurredAt: "2026-01-01T00:00:00Z", amount: 1}]'
    contract = (
        '[{id: "", customer: {kind: "CUSTOMER", value: "C-1"}, plan: "", monthly: 1,'
        ' department: "root", startedOn: "2026-01-01"}]'
    )
    mutations |= {
        "subscribe": (
            "facts+",
            f"upsertSubscriptions(input: {{subscriptions: {contract}}}) {{ {codes} }}",
        ),
        "record": ("facts+", f"recordPurchases(input: {{purchases: {wrong}}}) {{ {codes} }}"),
        "withdraw": ("facts-", f"withdrawPurchases(input: {{purchases: {unknown}}}) {{ {codes} }}"),
    }
    asked = {name: (right, f"{{ w: {field} }}") for name, (right, field) in queries.items()}
    return asked | {
        name: (right, f"mutation {{ w: {field} }}") for name, (right, field) in mutations.items()
    }


async def public(look: Look) -> None:
    """The same by the public API."""
    await try_documents(look, "customers", _asked())


async def try_documents(look: Look, what: str, asked: dict[str, tuple[str, str]]) -> None:
    """Each document, whose one field is called w."""
    for name, (right, document) in asked.items():
        body = (await look.ask(document)).body
        done = (body.get("data") or {}).get("w")
        errors = done.get("userErrors", []) if isinstance(done, dict) else []
        codes = {error["extensions"]["code"] for error in body.get("errors", ())}
        codes |= {error["code"] for error in errors}
        expected = SEEN if not right or _may(look, right) else FORBIDDEN
        observed = FORBIDDEN if "FORBIDDEN" in codes else SEEN
        look.check("graphql", f"{what}: {name}", expected, observed)


DOORS: tuple[Door, ...] = (customers, public, files)
