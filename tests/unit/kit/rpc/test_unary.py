"""The short way of a call does what grpc.aio's own does, over a real server."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import grpc
import pytest

from services.kit.errors import Conflict
from services.kit.rpc.status import from_rpc
from services.kit.rpc.unary import call_unary
from tests.conftest import Serve

SECONDS = 20.0
METADATA = (("x-word", "said"),)


class Answering:
    """Answers, refuses, or waits for ever, as it is asked to."""

    def __init__(self) -> None:
        self.waiting = asyncio.Event()
        self.left = asyncio.Event()

    async def one(self, request: bytes, context: Any) -> bytes:
        if request == b"refuse":
            raise Conflict("it is closed", reason="CLOSED", field=["input", "key"])
        if request == b"wait":
            await self._wait(context)
        word: str = dict(context.invocation_metadata())["x-word"]
        return request + b" " + word.encode()

    async def _wait(self, context: Any) -> None:
        context.add_done_callback(lambda _: self.left.set())
        self.waiting.set()
        await asyncio.Event().wait()


def add(servicer: Answering, server: grpc.aio.Server) -> None:
    handlers: dict[str, grpc.RpcMethodHandler[bytes, bytes]] = {
        "One": grpc.unary_unary_rpc_method_handler(servicer.one)
    }
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("t.T", handlers),))


async def library_call(method: Any, request: bytes, *, timeout: float, metadata: Any) -> bytes:
    answer: bytes = await method(request, timeout=timeout, metadata=metadata)
    return answer


Way = Callable[..., Awaitable[bytes]]
both_ways = pytest.mark.parametrize("way", [call_unary, library_call])


@pytest.fixture
async def answering() -> Answering:
    return Answering()


@pytest.fixture
async def method(serve: Serve, answering: Answering) -> Any:
    channel: Any = await serve("profile", add, answering)
    return channel.unary_unary("/t.T/One", bytes, bytes)


@both_ways
async def test_it_is_answered(way: Way, method: Any) -> None:
    assert await way(method, b"a word", timeout=SECONDS, metadata=METADATA) == b"a word said"


@both_ways
async def test_a_refusal_keeps_its_kind_reason_and_field(way: Way, method: Any) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await way(method, b"refuse", timeout=SECONDS, metadata=METADATA)

    failure = from_rpc(refused.value)
    assert refused.value.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert isinstance(failure, Conflict)
    assert (failure.message, failure.reason) == ("it is closed", "CLOSED")
    assert list(failure.field) == ["input", "key"]


@both_ways
async def test_it_ends_with_its_time(way: Way, method: Any) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as late:
        await way(method, b"wait", timeout=0.05, metadata=METADATA)

    assert late.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED


@both_ways
async def test_whoever_waits_no_more_cancels_the_call(
    way: Way, method: Any, answering: Answering
) -> None:
    calling = asyncio.ensure_future(way(method, b"wait", timeout=SECONDS, metadata=METADATA))
    async with asyncio.timeout(SECONDS):
        await answering.waiting.wait()
        calling.cancel()
        with pytest.raises(asyncio.CancelledError):
            await calling
        await answering.left.wait()


@both_ways
async def test_nobody_there_is_unavailable(way: Way) -> None:
    async with grpc.aio.insecure_channel("unix:/nowhere/at.all") as channel:
        method: Any = channel.unary_unary("/t.T/One", bytes, bytes)
        with pytest.raises(grpc.aio.AioRpcError) as away:
            await way(method, b"a word", timeout=SECONDS, metadata=METADATA)

    assert away.value.code() is grpc.StatusCode.UNAVAILABLE


class Counting(grpc.aio.UnaryUnaryClientInterceptor):
    """Counts calls."""

    def __init__(self) -> None:
        self.calls = 0

    async def intercept_unary_unary(self, continuation: Any, details: Any, request: Any) -> Any:
        self.calls += 1
        return await continuation(details, request)


async def test_interceptors_of_a_channel_are_not_passed_by() -> None:
    counting = Counting()
    async with grpc.aio.insecure_channel("unix:/nowhere/at.all", interceptors=[counting]) as there:
        method: Any = there.unary_unary("/t.T/One", bytes, bytes)
        with pytest.raises(grpc.aio.AioRpcError):
            await call_unary(method, b"a word", timeout=SECONDS, metadata=METADATA)

    assert counting.calls == 1
