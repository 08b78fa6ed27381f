"""Requests to erase customers: one, and a page of them."""

from typing import Annotated

import strawberry

from cxm.profile.v1 import privacy_pb2 as pb
from gateway.graph.base.paging import After, First, page_info_of, page_request
from gateway.graph.privacy.types import (
    ErasureState,
    PrivacyRequest,
    PrivacyRequestList,
    request_of,
)
from gateway.request.context import Info
from services.kit.errors import NotFound

LISTING = "PrivacyRequest"
UNSPECIFIED = "UNSPECIFIED"


@strawberry.type
class PrivacyQuery:
    @strawberry.field(
        description="Requests to erase customers, the newest first. For admins and privacy officers of the whole "
        "organisation, null for others."
    )
    async def privacy_requests(
        self,
        info: Info,
        state: Annotated[
            ErasureState | None, strawberry.argument(description="Only these; absent: all.")
        ] = None,
        first: First = None,
        after: After = None,
    ) -> PrivacyRequestList | None:
        page = page_request(info, LISTING, first, after)
        context = info.context
        request = pb.ListErasuresRequest(
            state=pb.ErasureState.Value(f"ERASURE_STATE_{state.name if state else UNSPECIFIED}"),
            first=page.first,
            after=page.after,
            count=True,
        )
        reply = await context.call("profile", context.clients.privacy.ListErasures, request)
        return PrivacyRequestList(
            requests=[request_of(each) for each in reply.erasures],
            total_count=reply.total,
            page_info=page_info_of(
                reply.erasures,
                lambda each: context.cursor(LISTING, each.id),
                more=reply.more,
                is_later=bool(page.after),
            ),
        )

    @strawberry.field(
        description="One request to erase a customer. Null for one that is not there, and for who is no admin or "
        "privacy officer of the whole organisation."
    )
    async def privacy_request(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="`PrivacyRequest.id`.")],  # noqa: A002
    ) -> PrivacyRequest | None:
        method = info.context.clients.privacy.GetErasure
        try:
            reply = await info.context.call("profile", method, pb.GetErasureRequest(id=id))
        except NotFound:
            return None
        return request_of(reply.erasure)
