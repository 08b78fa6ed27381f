"""Responses one by one: cxm.survey.v1.ResponseReadingService."""

from cxm.survey.v1 import reading_pb2 as pb
from cxm.survey.v1.reading_pb2_grpc import (
    ResponseReadingServiceServicer,
    add_ResponseReadingServiceServicer_to_server,
)
from services.kit.process import Process
from services.kit.rights.access import Action
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_page, viewer
from services.kit.service import Shared
from services.survey.reading import convert
from services.survey.reading.listing import Listing
from services.survey.reading.of_customer import CustomerReading


class ResponseReading(ResponseReadingServiceServicer):
    """Names responses as exports do."""

    def __init__(self, listing: Listing, key: bytes) -> None:
        self.listing = listing
        self.directory = listing.directory
        self.of_customer = CustomerReading(listing.database, listing.directory)
        self.key = key

    @needs(Action.READ_RESPONSES, Scope.NAMED_DEPARTMENT)
    async def ListResponses(
        self, request: pb.ListResponsesRequest, context: Context
    ) -> pb.ListResponsesResponse:
        """What a metric counts in a scope, the newest first."""
        check_page(request.first)
        asked, metric = convert.asked(self.key, request), convert.counted_by(request.counted_by)
        listed = await self.listing.responses(viewer(context), asked, metric)
        return convert.responses(self.key, listed)

    @needs(Action.READ_RESPONSES, Scope.NAMED_DEPARTMENT)
    async def ListVerbatims(
        self, request: pb.ListVerbatimsRequest, context: Context
    ) -> pb.ListVerbatimsResponse:
        """The texts of a scope, the newest first."""
        check_page(request.first)
        asked, which = convert.asked(self.key, request), convert.texts_asked(request)
        listed = await self.listing.texts(viewer(context), asked, which)
        return convert.verbatims(self.key, listed)

    @needs(Action.READ_RESPONSES, Scope.ANY_DEPARTMENT)
    async def ListCustomerResponses(
        self, request: pb.ListCustomerResponsesRequest, context: Context
    ) -> pb.ListCustomerResponsesResponse:
        """Those of a customer, the newest first."""
        check_page(request.first)
        after = convert.place(self.key, request.after) if request.HasField("after") else None
        page = await self.of_customer.page(
            viewer(context), request.customer_refs, after, request.first + 1
        )
        return convert.customer_responses(self.key, page, request.first)


def wire(process: Process, shared: Shared, customer_key: bytes) -> None:
    """Answer cxm.survey.v1.ResponseReadingService."""
    listing = Listing(shared.database, shared.directory)
    process.serve(
        "cxm.survey.v1.ResponseReadingService",
        add_ResponseReadingServiceServicer_to_server,
        ResponseReading(listing, customer_key),
    )
