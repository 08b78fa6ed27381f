"""Customers by their global ids."""

import asyncio
from collections.abc import Sequence

from cxm.profile.v1 import customers_pb2 as pb
from gateway.graph.base.loaders import Loader, Ref, request_loader
from gateway.graph.customers.numbers import number_of
from gateway.graph.customers.types import Customer, customer_of
from gateway.request.context import Context
from services.kit.errors import Failure, NotFound


def customers(context: Context) -> Loader[Ref, Customer | None]:
    """A call for each: a document names a few at most."""

    async def find(ref: Ref) -> Customer | Failure | None:
        try:
            request = pb.GetCustomerRequest(number=number_of(ref.id, "id"))
            reply = await context.call("profile", context.clients.customers.GetCustomer, request)
        except NotFound:
            return None
        except Failure as failure:
            return failure
        return customer_of(reply.customer)

    async def load(refs: list[Ref]) -> Sequence[Customer | Failure | None]:
        return await asyncio.gather(*map(find, refs))

    return request_loader(context, "customers", load)
