"""Customers by their global ids."""

import asyncio
from collections.abc import Sequence

from cxm.profile.v1 import customers_pb2 as pb
from gateway.graph.base.loaders import Loader, Ref, request_loader
from gateway.graph.customers.finding import find_customer
from gateway.graph.customers.numbers import number_of
from gateway.graph.customers.types import Customer
from gateway.request.context import Context
from services.kit.errors import Failure


def customers(context: Context) -> Loader[Ref, Customer | None]:
    """A call for each: a document names a few at most."""

    async def find(ref: Ref) -> Customer | Failure | None:
        try:
            return await find_customer(
                context, pb.GetCustomerRequest(number=number_of(ref.id, "id"))
            )
        except Failure as failure:
            return failure

    async def load(refs: list[Ref]) -> Sequence[Customer | Failure | None]:
        return await asyncio.gather(*map(find, refs))

    return request_loader(context, "customers", load)
