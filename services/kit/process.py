"""run(): what every process does around its own work: logs, traces, gRPC, health, graceful stop."""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any, TypeVar

import grpc
import structlog
import uvloop
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from services.kit import telemetry
from services.kit.errors import Failure, Invalid
from services.kit.events.fetching import cancel_all
from services.kit.numbers import showing
from services.kit.rights.tokens import Verifier
from services.kit.rpc.health import HealthListener
from services.kit.rpc.servicing import SERVER_OPTIONS, RpcInterceptor

STOP_SECONDS = 5.0
LONGEST_STOP_SECONDS = 9.0
LIVE = "live"
"""Under this name health says that the process answers; under "", that calls should come here."""

log = structlog.get_logger()
ResourceT = TypeVar("ResourceT")


class Process:
    """What a service is wired to: open resources, servicers, background work."""

    def __init__(
        self,
        server: grpc.aio.Server,
        stack: AsyncExitStack,
        checks: health.aio.HealthServicer | None = None,
    ) -> None:
        self.server = server
        self.stack = stack
        self.checks = checks
        self.services: list[str] = []
        self.work: list[Callable[[], Coroutine[Any, Any, None]]] = []
        self.is_ready = False
        self.waits_for = ""

    def wait_for(self, what: str) -> None:
        """Say why this process is not ready, a reason and a sentence; "" where nothing is waited for."""
        self.waits_for = what

    async def enter(self, resource: AbstractAsyncContextManager[ResourceT]) -> ResourceT:
        """Open something that is closed, in reverse order, when the process stops."""
        return await self.stack.enter_async_context(resource)

    def serve(
        self, name: str, add: Callable[[Any, grpc.aio.Server], None], servicer: object
    ) -> None:
        """Answer a gRPC service (full name) once the process is ready."""
        add(servicer, self.server)
        self.services.append(name)

    async def show_ready(self, ready: bool) -> None:
        """Say to whoever asks for our health whether calls should come here."""
        self.is_ready = ready
        if self.checks is not None:
            serving = health_pb2.HealthCheckResponse
            await self.checks.set("", serving.SERVING if ready else serving.NOT_SERVING)

    def background(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run this until the process stops; if it ends by itself the process ends with an error."""
        self.work.append(work)


def run(
    name: str,
    *,
    listen: str,
    verifier: Callable[[], Verifier],
    otlp_endpoint: str | None,
    health_address: str | None = None,
    is_away: Callable[[BaseException], bool],
    wire: Callable[[Process], Awaitable[None]],
) -> None:
    """Run a service until SIGTERM or SIGINT. `wire` opens what it needs and returns when it is
    ready; `is_away` tells errors of an absent store from others."""
    telemetry.configure_logs(name)
    providers = (
        telemetry.start(name, otlp_endpoint),
        telemetry.start_logs(name, otlp_endpoint),
        showing.start(name, otlp_endpoint, is_scraped=health_address is not None),
    )
    try:
        uvloop.run(_serve(listen, health_address, RpcInterceptor(verifier(), is_away), wire))
    except Failure as failure:
        log.error("cannot run", reason=failure.reason, message=failure.message)
        sys.exit(os.EX_CONFIG if isinstance(failure, Invalid) else 1)
    finally:
        telemetry.flush(*providers)


async def _serve(
    listen: str,
    health_address: str | None,
    interceptor: RpcInterceptor,
    wire: Callable[[Process], Awaitable[None]],
) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    server = grpc.aio.server(interceptors=[interceptor], options=SERVER_OPTIONS)
    checks = health.aio.HealthServicer()
    health_pb2_grpc.add_HealthServicer_to_server(checks, server)
    await checks.set("", health_pb2.HealthCheckResponse.NOT_SERVING)
    await checks.set(LIVE, health_pb2.HealthCheckResponse.SERVING)
    async with AsyncExitStack() as stack:
        process = Process(server, stack, checks)
        if health_address is not None:
            health_listener = HealthListener(lambda: process.is_ready, lambda: process.waits_for)
            await stack.enter_async_context(health_listener.listening(health_address))
        if not await _wire(process, wire, stopping):
            return
        reflection.enable_server_reflection([*process.services, reflection.SERVICE_NAME], server)
        server.add_insecure_port(listen)
        await server.start()
        gc.freeze()  # what is loaded by now stays: looking through it again and again delays calls
        tasks = [asyncio.create_task(work()) for work in process.work]
        await process.show_ready(True)
        log.info("ready", listen=listen)
        waiting = asyncio.create_task(stopping.wait())
        await asyncio.wait([waiting, *tasks], return_when=asyncio.FIRST_COMPLETED)
        asyncio.get_running_loop().call_later(LONGEST_STOP_SECONDS, _give_up)
        process.is_ready = False
        await checks.enter_graceful_shutdown()
        await server.stop(STOP_SECONDS)
        await _end(tasks)
        log.info("stopped")


async def _wire(
    process: Process, wire: Callable[[Process], Awaitable[None]], stopping: asyncio.Event
) -> bool:
    """Wire the process unless it is asked to stop meanwhile; returns whether it is wired."""
    wiring = asyncio.ensure_future(wire(process))
    waiting = asyncio.create_task(stopping.wait())
    await asyncio.wait([wiring, waiting], return_when=asyncio.FIRST_COMPLETED)
    if wiring.done():
        waiting.cancel()
        wiring.result()
        return True
    await cancel_all([wiring])
    return False


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    broken = [task for task in tasks if task.done()]
    await cancel_all(tasks)
    for task in broken:
        task.result()
        raise RuntimeError("background work ended by itself")


def _give_up() -> None:
    """End at once: something does not let go, and whoever stopped us must not wait for ever."""
    held_by = [str(task.get_stack(limit=1)) for task in asyncio.all_tasks()]
    log.error("did not stop in time", tasks=held_by)
    os._exit(1)
