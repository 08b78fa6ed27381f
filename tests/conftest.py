"""PostgreSQL, NATS and identities: the only shared fixtures. One server of each kind per pytest worker."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import grpc
import nats
import pytest
from hypothesis import HealthCheck, settings
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.errors import ServerError
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from infra.local.nats import Nats
from infra.local.nats import nats as nats_server
from infra.local.postgres import Postgres, create_service, user_name
from infra.local.postgres import postgres as postgres_server
from services.kit import telemetry
from services.kit.db.database import is_away, open_database
from services.kit.db.migrate import migrate
from services.kit.events.streams import declare
from services.kit.rights.access import Grant, Role, Viewer
from services.kit.rights.tokens import GATEWAY, Signer, Verifier, new_key, public_keys
from services.kit.rpc.servicing import (
    SERVER_OPTIONS,
    Metadata,
    RpcInterceptor,
    ServiceIdentity,
    open_channel,
)
from tests.support.database import WholeDatabase
from tests.support.memory import folder_in_memory

# How long an example takes says how busy the machine is, not whether it is right.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

_numbers = count(1)
STORE_NOT_MADE = 10049  # the broker's code


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let tests write into memory; workers get folders in that of the process that started them."""
    if config.option.basetemp is None and not hasattr(config, "workerinput"):
        stack = ExitStack()
        config.option.basetemp = stack.enter_context(folder_in_memory())
        config.add_cleanup(stack.close)


class Background:
    """An event loop in a thread, for servers that outlive the loop of a test."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.stack = AsyncExitStack()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(120)

    def close(self) -> None:
        self.run(self.stack.aclose())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)


@pytest.fixture(scope="session")
def background() -> Iterator[Background]:
    background = Background()
    yield background
    background.close()


@pytest.fixture(scope="session")
def postgres(background: Background, tmp_path_factory: pytest.TempPathFactory) -> Postgres:
    """A real PostgreSQL; its data do not outlive the tests."""
    path = tmp_path_factory.mktemp("postgres")
    server: Postgres = background.run(
        background.stack.enter_async_context(postgres_server(path, durable=False))
    )
    return server


@pytest.fixture(scope="session")
def nats_broker(background: Background, tmp_path_factory: pytest.TempPathFactory) -> Nats:
    """A real NATS with JetStream."""
    path = tmp_path_factory.mktemp("nats")
    server: Nats = background.run(
        background.stack.enter_async_context(nats_server(path, durable=False))
    )
    return server


@pytest.fixture
async def nats_client(nats_broker: Nats) -> AsyncIterator[Client]:
    """A connection to empty streams, declared as in production."""
    client = await nats.connect(nats_broker.url)
    stream = client.jetstream()
    for info in await stream.streams_info():
        await stream.delete_stream(str(info.config.name))
    await _declare(stream)
    yield client
    await client.close()


async def _declare(stream: JetStreamContext) -> None:
    """Declare streams; the server may still be clearing away those of the same names."""
    for _ in range(100):
        try:
            return await declare(stream)
        except ServerError as error:
            if error.err_code != STORE_NOT_MADE:
                raise
            await asyncio.sleep(0.02)
    return await declare(stream)


@pytest.fixture(scope="session")
def migrated(postgres: Postgres, background: Background) -> Callable[[str], str]:
    """The name of a service's migrated database, to be copied, made on first use."""
    done: set[str] = set()

    def template(service: str) -> str:
        if service not in done:
            background.run(create_service(postgres, service))
            migrate(service, postgres.service_url(service, "owner"))
            done.add(service)
        return f"cxm_{service}"

    return template


OpenDatabase = Callable[[str], Awaitable[WholeDatabase]]


@pytest.fixture
async def new_database(
    postgres: Postgres, migrated: Callable[[str], str]
) -> AsyncIterator[OpenDatabase]:
    """`await new_database("survey")`: an empty, migrated database of a service, dropped after the test."""
    made: list[str] = []
    async with AsyncExitStack() as stack:

        async def new(service: str) -> WholeDatabase:
            template = await asyncio.to_thread(migrated, service)
            name = f"{template}_{next(_numbers)}"
            admin = await asyncpg.connect(postgres.url())
            owner = user_name(service, "owner")
            await admin.execute(
                f'CREATE DATABASE "{name}" OWNER "{owner}" TEMPLATE "{template}" STRATEGY FILE_COPY'
            )
            await admin.close()
            made.append(name)
            url = postgres.url(f"cxm_{service}_intake", None, name)
            read_url = postgres.url(f"cxm_{service}_read", None, name)
            opened = await stack.enter_async_context(open_database(url, read_url))
            superuser = postgres.url(database=name)
            return WholeDatabase(opened.write, opened.read, opened.pool, superuser)

        yield new
    admin = await asyncpg.connect(postgres.url())
    for name in made:
        await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    await admin.close()


@dataclass(frozen=True)
class Identities:
    """Keys of the gateway and of services, and what is signed with them."""

    private: dict[str, dict[str, Any]]

    def verifier(self, audience: str) -> Verifier:
        keys = public_keys(*self.private.values())
        issuers = {str(key["kid"]): str(key["kid"]) for key in keys["keys"]}
        return Verifier(keys, issuers=issuers, audience=audience)

    def bearer(
        self, audience: str, role: Role | str, department: str | None = None, **days: Any
    ) -> Metadata:
        """Metadata of a person's call, as the gateway sends it; department is a key, None for the whole."""
        return self.granted(audience, f"test-{role}", Grant(Role(role), department, **days))

    def granted(self, audience: str, subject: str, *grants: Grant) -> Metadata:
        """As bearer, of a person with several grants."""
        viewer = Viewer(subject, grants)
        token = Signer(self.private[GATEWAY]).mint(
            viewer, issuer=GATEWAY, audience=audience, seconds=60
        )
        return (("authorization", f"Bearer {token}"),)

    def service(self, name: str) -> ServiceIdentity:
        return ServiceIdentity(name, Signer(self.private[f"service:{name}"]))


@pytest.fixture(scope="session")
def identities() -> Identities:
    names = ("profile", "survey", "metrics", "employee_exp")
    kids = [GATEWAY, *(f"service:{name}" for name in names)]
    return Identities({kid: new_key(kid) for kid in kids})


Serve = Callable[[str, Callable[[Any, grpc.aio.Server], None], object], Awaitable[grpc.aio.Channel]]


@pytest.fixture
async def serve(identities: Identities, tmp_path: Path) -> AsyncIterator[Serve]:
    """`channel = await serve("survey", add_..._to_server, servicer)`: the service behind its real interceptors."""
    async with AsyncExitStack() as stack:

        async def start(
            service: str, add: Callable[[Any, grpc.aio.Server], None], servicer: object
        ) -> grpc.aio.Channel:
            interceptor = RpcInterceptor(identities.verifier(service), is_away)
            server = grpc.aio.server(interceptors=[interceptor], options=SERVER_OPTIONS)
            add(servicer, server)
            address = f"unix:{tmp_path}/{service}{next(_numbers)}.sock"
            server.add_insecure_port(address)
            await server.start()
            stack.push_async_callback(server.stop, 0)
            return await stack.enter_async_context(open_channel(address))

        yield start


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    """Every span of this process; a process has one provider for ever, so exporters are added to it."""
    provider = trace.get_tracer_provider()
    if not isinstance(provider, TracerProvider):
        provider = TracerProvider()
        telemetry.record_with(provider)
    exporter = InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    yield exporter
    exporter.shutdown()
