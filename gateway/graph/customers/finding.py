"""A customer for whoever may see it: as a whole, or as one that a department of the viewer had to do with."""

from cxm.profile.v1 import customers_pb2 as pb
from cxm.profile.v1 import interactions_pb2
from gateway.graph.customers.types import Customer, customer_of
from gateway.request.context import Context
from services.kit.errors import Denied, NotFound


async def find_customer(context: Context, request: pb.GetCustomerRequest) -> Customer | None:
    """None for one that is not there, or not the viewer's to see; Denied for who may see none."""
    try:
        reply = await context.call("profile", context.clients.customers.GetCustomer, request)
    except NotFound:
        return None
    except Denied:
        if not request.number:
            raise
        return await _touched(context, request.number)
    return customer_of(reply.customer)


async def _touched(context: Context, number: int) -> Customer | None:
    """By its number alone, for heads of departments."""
    request = interactions_pb2.GetWhereaboutsRequest(number=number)
    try:
        reply = await context.call("profile", context.clients.interactions.GetWhereabouts, request)
    except NotFound:
        return None
    return customer_of(pb.StoredCustomer(number=reply.number))
