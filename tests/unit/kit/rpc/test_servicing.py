"""Calls over a real gRPC server: what a refused one holds, and which are counted."""

import gc
import weakref
from collections.abc import AsyncIterator, Iterator
from typing import Any

import grpc
import pytest

from services.kit.errors import Invalid
from services.kit.rpc import servicing
from services.kit.rpc.needs import Scope, needs
from tests.conftest import Serve


class Large:
    """Stands for what a call holds."""


class Refusing:
    """Its calls hold something large, and are refused."""

    def __init__(self) -> None:
        self.held: list[weakref.ref[Large]] = []

    def _refuse(self) -> None:
        large = Large()
        self.held.append(weakref.ref(large))
        raise Invalid("no", reason="NO")

    async def one(self, request: bytes, context: Any) -> bytes:
        self._refuse()
        return request

    async def many(self, requests: AsyncIterator[bytes], context: Any) -> AsyncIterator[bytes]:
        async for request in requests:
            self._refuse()
            yield request


@pytest.fixture
def without_collections() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


def add(servicer: Refusing, server: grpc.aio.Server) -> None:
    handlers: dict[str, grpc.RpcMethodHandler[bytes, bytes]] = {
        "One": grpc.unary_unary_rpc_method_handler(servicer.one),
        "Many": grpc.stream_stream_rpc_method_handler(servicer.many),
    }
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("t.T", handlers),))


async def test_a_refused_call_holds_nothing_once_it_has_ended(
    serve: Serve, without_collections: None
) -> None:
    refusing = Refusing()
    channel: Any = await serve("profile", add, refusing)
    with pytest.raises(grpc.aio.AioRpcError, match="no"):
        await channel.unary_unary("/t.T/One")(b"")
    with pytest.raises(grpc.aio.AioRpcError, match="no"):
        async for _ in channel.stream_stream("/t.T/Many")(iter([b"", b""])):
            pass
    assert [held() for held in refusing.held] == [None, None]


class Watching:
    """Answers, and fails where it is asked to."""

    @property
    def directory(self) -> Any:
        return None

    @needs(None, Scope.ANYONE)
    async def watched(self, request: bytes, context: Any) -> bytes:
        return self._answer(request)

    @needs(None, Scope.ANYONE, is_watched=False)
    async def unwatched(self, request: bytes, context: Any) -> bytes:
        return self._answer(request)

    def _answer(self, request: bytes) -> bytes:
        if request == b"refuse":
            raise Invalid("no", reason="NO")
        if request == b"break":
            raise RuntimeError
        return request


def add_watching(servicer: Watching, server: grpc.aio.Server) -> None:
    handlers: dict[str, grpc.RpcMethodHandler[bytes, bytes]] = {
        "Watched": grpc.unary_unary_rpc_method_handler(servicer.watched),
        "Unwatched": grpc.unary_unary_rpc_method_handler(servicer.unwatched),
    }
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("w.W", handlers),))


async def test_of_a_call_that_is_not_watched_only_failures_are_counted(serve: Serve) -> None:
    channel: Any = await serve("profile", add_watching, Watching())
    for method in ("Watched", "Unwatched"):
        call = channel.unary_unary(f"/w.W/{method}")
        await call(b"")
        for request in (b"refuse", b"break"):
            with pytest.raises(grpc.aio.AioRpcError):
                await call(request)

    counted = {labels for labels in servicing._DURATION.series if labels[0].startswith("/w.W/")}
    assert counted == {
        ("/w.W/Watched", "ok"),
        ("/w.W/Watched", "refused"),
        ("/w.W/Watched", "failed"),
        ("/w.W/Unwatched", "failed"),
    }
