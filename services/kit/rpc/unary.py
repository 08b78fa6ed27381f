"""One question and one answer over gRPC, without the task and the objects that grpc.aio makes of each call.

They are a seventh of its cost. What is used here is of grpcio itself and may change with its version: a test holds it
to the call of the library.
"""

import asyncio
import time
from typing import Any, Final, TypeVar

import grpc
from grpc._cython import cygrpc
from grpc.aio._call import _create_rpc_error
from grpc.aio._channel import UnaryUnaryMultiCallable

from services.kit.rpc.servicing import Metadata

Request = TypeVar("Request")
Reply = TypeVar("Reply")

_CONTEXT: Final[Any] = cygrpc.build_census_context()
_CANCELLED: Final = "the caller waits no more"


async def call_unary(
    method: grpc.aio.UnaryUnaryMultiCallable[Request, Reply],
    request: Request,
    *,
    timeout: float,
    metadata: Metadata,
) -> Reply:
    """The answer in so many seconds; AioRpcError for any other status. Who is cancelled cancels the call."""
    if not _is_plain(method):
        return await method(request, timeout=timeout, metadata=metadata)
    plain: Any = method
    call = plain._channel.call(
        plain._method, time.time() + timeout, None, None, plain._registered_call_handle
    )
    sent = plain._request_serializer(request)
    try:
        answer = await call.unary_unary(sent, metadata, _CONTEXT)
    except asyncio.CancelledError:
        if not call.done():
            call.cancel(_CANCELLED)
        raise
    if call.is_ok():
        reply: Reply = plain._response_deserializer(answer)
        return reply
    if call.is_locally_cancelled():
        raise asyncio.CancelledError
    raise _create_rpc_error(call._initial_metadata, call._status)


def _is_plain(method: Any) -> bool:
    """Whether the library would do no more than send and receive."""
    return (
        type(method) is UnaryUnaryMultiCallable
        and not method._interceptors
        and method._request_serializer is not None
        and method._response_deserializer is not None
    )
