"""Customers as profile would answer for them."""

from typing import Any

from cxm.batch.v1.batch_pb2 import ITEM_STATUS_STORED, ItemResult
from cxm.profile.v1 import (
    consents_pb2,
    consents_pb2_grpc,
    customers_pb2,
    customers_pb2_grpc,
    points_pb2,
    points_pb2_grpc,
    sites_pb2,
    sites_pb2_grpc,
)
from services.kit.errors import NotFound
from services.kit.rpc.servicing import Context
from tests.unit.gateway.support.stub_services import StubServices


class Customers(customers_pb2_grpc.CustomerServiceServicer):
    """Every person that a test put in is found by its number, by that of any of its aliases, and by no identifier."""

    def __init__(self, services: StubServices) -> None:
        self.services = services

    def _person(self, number: int) -> customers_pb2.StoredCustomer:
        for person in self.services.customers:
            if number in {person.number, *(alias.number for alias in person.aliases)}:
                return person
        raise NotFound("no such customer")

    async def UpsertCustomers(self, request: Any, context: Context) -> Any:
        self.services.note("UpsertCustomers", request, context)
        results = [
            ItemResult(id=str(number), status=ITEM_STATUS_STORED)
            for number, _ in enumerate(request.items, 1)
        ]
        return customers_pb2.UpsertCustomersResponse(results=results)

    async def GetCustomer(self, request: Any, context: Context) -> Any:
        self.services.note("GetCustomer", request, context)
        return customers_pb2.GetCustomerResponse(customer=self._person(request.number))

    async def LinkCustomers(self, request: Any, context: Context) -> Any:
        self.services.note("LinkCustomers", request, context)
        for conflict in self.services.conflicts:
            if (conflict.a, conflict.b) == (request.a, request.b):
                return customers_pb2.LinkCustomersResponse(conflict=conflict)
        return customers_pb2.LinkCustomersResponse(customer=self._person(request.a))

    async def UnlinkCustomers(self, request: Any, context: Context) -> Any:
        self.services.note("UnlinkCustomers", request, context)
        of_a, of_b = self._person(request.a), self._person(request.b)
        return customers_pb2.UnlinkCustomersResponse(of_a=of_a, of_b=of_b)

    async def ListConflicts(self, request: Any, context: Context) -> Any:
        self.services.note("ListConflicts", request, context)
        known = self.services.conflicts
        after = [conflict for conflict in known if conflict.id > request.after]
        return customers_pb2.ListConflictsResponse(
            conflicts=after[: request.first],
            more=len(after) > request.first,
            total=len(known) if request.count else None,
        )

    async def SettleConflict(self, request: Any, context: Context) -> Any:
        self.services.note("SettleConflict", request, context)
        settled = [each for each in self.services.conflicts if each.id == request.id]
        if not settled:
            raise NotFound("no such conflict")
        if request.settlement != customers_pb2.SETTLEMENT_JOIN:
            return customers_pb2.SettleConflictResponse()
        return customers_pb2.SettleConflictResponse(customer=self._person(settled[0].a))

    async def RevealCustomer(self, request: Any, context: Context) -> Any:
        self.services.note("RevealCustomer", request, context)
        person = self._person(request.number)
        aliases = [
            customers_pb2.RevealedAlias(
                number=alias.number, kind=alias.kind, value=f"value-{alias.number}"
            )
            for alias in person.aliases
        ]
        attributes = {key: f"value of {key}" for key in person.attributes}
        return customers_pb2.RevealCustomerResponse(
            number=person.number, aliases=aliases, attributes=attributes
        )

    async def ListCustomerHistory(self, request: Any, context: Context) -> Any:
        self.services.note("ListCustomerHistory", request, context)
        known = [
            change
            for change in self.services.person_changes
            if not request.before or change.sequence < request.before
        ]
        more = len(known) > request.first
        return customers_pb2.ListCustomerHistoryResponse(changes=known[: request.first], more=more)

    async def GetReason(self, request: Any, context: Context) -> Any:
        self.services.note("GetReason", request, context)
        return customers_pb2.GetReasonResponse(reason=f"reason of {request.entry}")

    async def ListIdentifierKinds(self, request: Any, context: Context) -> Any:
        self.services.note("ListIdentifierKinds", request, context)
        return customers_pb2.ListIdentifierKindsResponse(kinds=self.services.identifier_kinds)

    async def UpsertIdentifierKinds(self, request: Any, context: Context) -> Any:
        self.services.note("UpsertIdentifierKinds", request, context)
        results = [ItemResult(id=kind.key, status=ITEM_STATUS_STORED) for kind in request.kinds]
        return customers_pb2.UpsertIdentifierKindsResponse(results=results)

    def ImportCustomers(self, request: Any, context: Context) -> Any:
        reply = customers_pb2.ImportCustomersResponse
        return self.services.take("ImportCustomers", request, reply, context)

    def ImportIdentities(self, request: Any, context: Context) -> Any:
        reply = customers_pb2.ImportIdentitiesResponse
        return self.services.take("ImportIdentities", request, reply, context)


class Consents(consents_pb2_grpc.ConsentServiceServicer):
    """Of every customer what the test put in; the cursor of a statement is its place."""

    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def RecordConsents(self, request: Any, context: Context) -> Any:
        self.services.note("RecordConsents", request, context)
        results = [ItemResult(status=ITEM_STATUS_STORED) for _ in request.items]
        return consents_pb2.RecordConsentsResponse(results=results)

    async def ListConsents(self, request: Any, context: Context) -> Any:
        self.services.note("ListConsents", request, context)
        known = self.services.consents
        start = int(request.after or 0)
        end = start + request.first
        return consents_pb2.ListConsentsResponse(
            verdicts=self.services.verdicts,
            consents=known[start:end],
            cursors=[str(place + 1) for place in range(len(known))][start:end],
            more=len(known) > end,
        )

    def ImportConsents(self, request: Any, context: Context) -> Any:
        reply = consents_pb2.ImportConsentsResponse
        return self.services.take("ImportConsents", request, reply, context)


class Points(points_pb2_grpc.PointServiceServicer):
    """Of every customer what the test put in; the cursor of an entry is its place."""

    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def RecordPoints(self, request: Any, context: Context) -> Any:
        self.services.note("RecordPoints", request, context)
        results = [ItemResult(status=ITEM_STATUS_STORED) for _ in request.items]
        return points_pb2.RecordPointsResponse(results=results)

    async def ListPoints(self, request: Any, context: Context) -> Any:
        self.services.note("ListPoints", request, context)
        known = self.services.ledger
        start = int(request.after or 0)
        end = start + request.first
        return points_pb2.ListPointsResponse(
            balance=self.services.balance,
            entries=known[start:end],
            cursors=[str(place + 1) for place in range(len(known))][start:end],
            more=len(known) > end,
        )

    def ImportPoints(self, request: Any, context: Context) -> Any:
        reply = points_pb2.ImportPointsResponse
        return self.services.take("ImportPoints", request, reply, context)


class Sites(sites_pb2_grpc.SiteServiceServicer):
    """Sites that the test put in, by key."""

    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def ListSites(self, request: Any, context: Context) -> Any:
        self.services.note("ListSites", request, context)
        sites = [
            sites_pb2.StoredSite(key=key, site=found.site, secrets=len(found.secrets))
            for key, found in self.services.sites.items()
        ]
        return sites_pb2.ListSitesResponse(sites=sites)

    async def CreateSite(self, request: Any, context: Context) -> Any:
        self.services.note("CreateSite", request, context)
        site = sites_pb2.StoredSite(key="site_new", site=request.site, secrets=1)
        return sites_pb2.CreateSiteResponse(site=site, secret="ab" * 32)

    async def UpdateSite(self, request: Any, context: Context) -> Any:
        self.services.note("UpdateSite", request, context)
        site = sites_pb2.StoredSite(key=request.key, site=request.site, secrets=1)
        return sites_pb2.UpdateSiteResponse(site=site)

    async def RotateSiteSecret(self, request: Any, context: Context) -> Any:
        self.services.note("RotateSiteSecret", request, context)
        site = sites_pb2.StoredSite(key=request.key, secrets=2)
        return sites_pb2.RotateSiteSecretResponse(site=site, secret="cd" * 32)

    async def FindSite(self, request: Any, context: Context) -> Any:
        self.services.note("FindSite", request, context)
        found = self.services.sites.get(request.key)
        if found is None:
            raise NotFound("no such site")
        return found

    async def LinkVisitor(self, request: Any, context: Context) -> Any:
        self.services.note("LinkVisitor", request, context)
        return sites_pb2.LinkVisitorResponse()
