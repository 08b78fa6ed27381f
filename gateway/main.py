"""The gateway's process: FastAPI for health, the GraphQL route beside it, uvicorn around both."""

import asyncio
import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import structlog
import uvicorn
import uvloop
from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.browsers.answers import AnswerCookies
from gateway.browsers.attempts import Attempts
from gateway.browsers.cookies import Browsers, origins_of
from gateway.calls.cache import AnswerCache
from gateway.calls.clients import open_clients
from gateway.calls.file_limits import FileLimits
from gateway.calls.grants import GrantReader
from gateway.calls.oidc.code_flow import CodeFlow
from gateway.calls.oidc.identity_provider import IdentityProvider
from gateway.calls.sessions import Sessions
from gateway.calls.users import UserRecorder
from gateway.config import Settings
from gateway.deprecations.counting import CLIENT_HEADERS
from gateway.doors.elsewhere import elsewhere
from gateway.doors.ending import Ending
from gateway.doors.files.exports import exports_door
from gateway.doors.files.imports import imports_door
from gateway.doors.health import add_health, add_metrics
from gateway.doors.http import GraphQLOverHttp
from gateway.doors.lasting.streaming import Streams
from gateway.doors.lasting.websocket_limits import Sockets
from gateway.doors.measured import GRAPHQL, MeasuredDoors
from gateway.doors.no_store import NoStore
from gateway.doors.web import Web
from gateway.listening.connections import Connections
from gateway.listening.listener import ServerWithHealth
from gateway.listening.protocol import Entrance
from gateway.live.kept import KeptAnswers
from gateway.live.listeners import Listeners
from gateway.live.rights import watch
from gateway.live.upstream import follow
from gateway.request.cursors import Cursors
from gateway.request.execution.lasting import LastingOperations
from gateway.request.execution.operations import Operations
from gateway.request.execution.requests import Requests
from gateway.request.gateway import Gateway
from gateway.request.trusted.trusting import open_documents
from gateway.respondents.door import nothing_there, respondent_routes
from gateway.respondents.staff.balloting import no_ballot
from gateway.schema import schema
from gateway.signin.door import CALLBACK, sign_in_routes
from gateway.strangers.brake import Allowance, Brake
from gateway.strangers.buckets import Buckets
from gateway.strangers.throttle import Throttle
from gateway.suggesting.door import suggestion_door
from gateway.visitors.door import PATH as VISITORS
from gateway.visitors.door import VisitorDoor
from services.kit import clock, telemetry
from services.kit.config import read_settings
from services.kit.errors import Invalid
from services.kit.events.fetching import cancel_all
from services.kit.numbers import showing
from services.kit.rights.key_files import holding_keys, read_jwk
from services.kit.rights.tokens import (
    EMBEDDED_ISSUER,
    LINK_AUDIENCE,
    PUBLIC_AUDIENCE,
    Signer,
    Verifier,
)

GRACEFUL_SECONDS = 10
KEEP_ALIVE_SECONDS = 75
MESSAGE_BYTES = 128 * 1024  # of a WebSocket: a document at its limit, and variables
PING_SECONDS = 20.0
BROWSER_HEADERS = ("authorization", "content-type", "traceparent", *CLIENT_HEADERS)
SAFE_HEADERS = [("x-content-type-options", "nosniff")]
"""Of every answer."""

NO_TELEMETRY: Final[TelemetryConfig] = {"tracing": False, "metrics": False, "logs": False}
"""Of the framework: spans and numbers are our own, for its would record what people typed."""

YOUNG_OBJECTS = 10_000
"""New objects between two collections of the youngest: a request makes some hundred, and few of them in cycles."""

log = structlog.get_logger()


def open_gateway(settings: Settings) -> Gateway:
    """Everything requests share; inside the event loop that will serve them."""
    issuer_keys = settings.issuer_keys_file
    clients = open_clients(settings.addresses, Signer.from_file(settings.key_file))
    provider = open_provider(settings)
    with holding_keys(settings.key_file):
        secret = str(read_jwk(settings.key_file)["d"]).encode()
    browsers = Browsers(settings.public_address, settings.allowed_origins, Attempts(secret))
    return Gateway(
        schema=schema._schema,
        documents=open_documents(
            schema._schema,
            settings.documents,
            is_hardened=settings.mode == "hardened",
            web=settings.web,
        ),
        verifier=Verifier.of_issuer(issuer_keys, EMBEDDED_ISSUER, audience=PUBLIC_AUDIENCE),
        links=Verifier.of_issuer(issuer_keys, EMBEDDED_ISSUER, audience=LINK_AUDIENCE),
        provider=provider,
        grants=GrantReader(clients.grants, clients.metadata),
        users=UserRecorder(clients.users, clients.metadata),
        clients=clients,
        cache=AnswerCache(),
        cursors=Cursors(secret),
        listeners=Listeners(KeptAnswers(settings.response_cache_seconds)),
        browsers=browsers,
        answers=AnswerCookies(secret, is_secure=browsers.is_secure, now=time.time),
        sessions=Sessions(clients.sessions, clients.metadata),
        code_flow=open_code_flow(settings, provider),
        brake=Brake(allowance_of(settings), clock.now),
        files=file_limits_of(settings),
        throttle=throttle_of(settings),
    )


def allowance_of(settings: Settings) -> Allowance:
    """What is taken without a token."""
    return Allowance(settings.anonymous_items, settings.anonymous_burst, settings.anonymous_rate)


def file_limits_of(settings: Settings) -> FileLimits:
    """How many files may be on their way, and how slow."""
    return FileLimits(
        settings.imports_at_once,
        settings.exports_at_once,
        settings.files_per_subject,
        settings.file_still_seconds,
        settings.file_least_bytes_a_second,
        settings.upload_seconds,
        settings.export_seconds,
    )


def throttle_of(settings: Settings) -> Throttle:
    """How much may be asked of the gateway."""
    return Throttle(
        Buckets(settings.anonymous_values_burst, settings.anonymous_values_rate),
        Buckets(settings.subject_values_burst, settings.subject_values_rate),
        clock.now,
    )


def open_provider(settings: Settings) -> IdentityProvider | None:
    """The organisation's identity provider, where one is configured; Invalid where it cannot be one."""
    if settings.oidc_issuer is None:
        return None
    return IdentityProvider(settings.oidc_issuer, settings.oidc_audience, settings.oidc_algorithms)


def open_code_flow(settings: Settings, provider: IdentityProvider | None) -> CodeFlow | None:
    """How browsers sign in with the identity provider, where all that it needs is configured."""
    client, address = settings.oidc_client_id, settings.public_address
    if provider is None or client is None or address is None:
        return None
    redirect_uri = address + CALLBACK
    return CodeFlow(provider, client, settings.client_secret, settings.oidc_scopes, redirect_uri)


class Application(FastAPI):
    """All doors. That of GraphQL is asked at once: the framework's wrappers are a tenth of the cheapest query."""

    graphql: ASGIApp
    visitors: ASGIApp
    """It answers pages of its own origins, which the rest does not."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == GRAPHQL:
            await self.graphql(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] == VISITORS:
            await self.visitors(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def create_app(
    gateway: Gateway, origins: Collection[str] = (), web: Path | None = None
) -> Application:
    """The HTTP application; pages of these origins may call it from a browser, pages of others may not.

    `web`: where the built pages lie.
    """
    pages = Web(web)
    app = Application(
        title="cxm",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        telemetry=NO_TELEMETRY,
    )
    # It would lead by the Host header, which anybody may send: `elsewhere` leads by the path.
    app.router.redirect_slashes = False
    app.add_exception_handler(
        HTTPException, elsewhere(pages, {"/r/": nothing_there, "/w/": no_ballot})
    )
    operations = Operations(gateway)
    sockets = Sockets(LastingOperations(operations))
    app.state.streams = streams = Streams(sockets.lasting, sockets.admit)
    graphql = GraphQLOverHttp(Requests(operations), streams, pages)
    app.graphql = NoStore(_let_in(Ending(graphql), origins))
    app.visitors = MeasuredDoors(NoStore(Ending(VisitorDoor(gateway))))
    app.router.routes += _routes(gateway, graphql, sockets, pages)
    app.router.routes.append(Route("/t", app.visitors))  # as that of GraphQL
    add_health(app, gateway.clients.channels)
    app.add_middleware(Ending)
    app.add_middleware(partial(_let_in, origins=origins))
    app.add_middleware(NoStore)
    app.add_middleware(MeasuredDoors)
    return app


def _routes(
    gateway: Gateway, graphql: GraphQLOverHttp, sockets: Sockets, pages: Web
) -> list[BaseRoute]:
    """All doors but those of health."""
    return [
        Route("/imports/suggestion", suggestion_door(gateway)),
        Route("/imports/{kind}", imports_door(gateway)),
        Route("/graphql", graphql),  # for those who ask which paths there are
        WebSocketRoute("/graphql", sockets),
        Route("/exports/{kind}", exports_door(gateway)),
        *sign_in_routes(gateway),
        Route("/assets/{name}", pages.asset, methods=["GET"]),
        *respondent_routes(gateway),
    ]


def _let_in(app: ASGIApp, origins: Collection[str]) -> ASGIApp:
    """Pages of these origins may call from a browser."""
    if not origins:
        return app
    return CORSMiddleware(
        app,
        allow_origins=sorted(origins),
        allow_methods=("GET", "POST"),
        allow_headers=BROWSER_HEADERS,
        expose_headers=("retry-after",),
    )


def create_health_app(gateway: Gateway) -> FastAPI:
    """Health and numbers alone."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, telemetry=NO_TELEMETRY)
    app.add_middleware(NoStore)
    add_health(app, gateway.clients.channels)
    add_metrics(app)
    return app


def _entrance(settings: Settings) -> Any:
    """What uvicorn makes for each connection."""
    connections = Connections(
        settings.connections,
        settings.connections_per_address,
        is_behind_proxies=settings.trusted_proxies > 0,
    )
    return partial(
        Entrance,
        open_connections=connections,
        origins=origins_of(settings.public_address, settings.allowed_origins),
        client_address_header=settings.client_address_header,
        trusted_proxies=settings.trusted_proxies,
        header_seconds=settings.header_seconds,
    )


def create_server(
    gateway: Gateway, settings: Settings, is_asked_to_end: Callable[[], bool] = lambda: False
) -> uvicorn.Server:
    """The HTTP and WebSocket server; it closes WebSockets with 1012 when it stops. `is_asked_to_end`: before that."""
    app = create_app(gateway, settings.allowed_origins, settings.web)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=_entrance(settings),
        ws="websockets-sansio",
        ws_max_size=MESSAGE_BYTES,
        ws_per_message_deflate=False,  # 100 bytes may become 100 MB, and each socket pays for a window
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PING_SECONDS,
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        headers=SAFE_HEADERS,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
    )
    health = create_health_app(gateway)
    streams: Streams = app.state.streams
    return ServerWithHealth(
        config, health, settings.health_address, is_asked_to_end, streams.ending.set
    )


async def serve(settings: Settings, asked: Collection[int]) -> None:
    """Serve until SIGTERM or SIGINT, or not at all where one has come before; requests in flight get 10 seconds."""
    gateway = open_gateway(settings)
    server = create_server(gateway, settings, lambda: bool(asked))
    work = [asyncio.create_task(watch(gateway.clients, gateway.grants, gateway.listeners))]
    if settings.nats_url is not None:
        work.append(asyncio.create_task(follow(settings.nats_url, gateway.listeners)))
    settle_memory()
    log.info("starting", host=settings.host, port=settings.port)
    try:
        await _serve_with(server, work)
    finally:
        await gateway.clients.close()
        if gateway.provider is not None:
            await gateway.provider.close()
    log.info("stopped")


def settle_memory() -> None:
    """Leave all that stays for good (modules, the schema) out of garbage collection: it costs a pause each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 10)


async def _serve_with(server: uvicorn.Server, work: Sequence[asyncio.Task[None]]) -> None:
    """Serve while background work runs; if some of it ends by itself, stop and raise what ended it."""
    serving = asyncio.create_task(server.serve())
    await asyncio.wait([serving, *work], return_when=asyncio.FIRST_COMPLETED)
    broken = [task for task in work if task.done()]
    server.should_exit = True
    await serving
    await cancel_all(work)
    for task in broken:
        task.result()
        raise RuntimeError("background work ended by itself")


def main() -> None:
    telemetry.configure_logs("gateway")
    settings = read_settings(Settings)
    endpoint, is_scraped = settings.otlp_endpoint, settings.health_address is not None
    providers = (
        telemetry.start("gateway", endpoint, is_entrance=True),
        telemetry.start_logs("gateway", endpoint),
        showing.start("gateway", endpoint, is_scraped=is_scraped),
    )
    # What comes before the server hears signals itself; it raises what stopped it again, when all has ended well.
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: asked.append(number))
    try:
        uvloop.run(serve(settings, asked))
    except Invalid as error:  # a setting that holds, of a file that does not
        log.error("cannot run", message=str(error))
        sys.exit(os.EX_CONFIG)
    except (OSError, ValueError) as error:
        log.error("cannot run", message=str(error))
        sys.exit(1)
    finally:
        telemetry.flush(*providers)


if __name__ == "__main__":
    main()
