"""The gateway's process: FastAPI for health, the GraphQL route beside it, uvicorn around both."""

import json
import logging
import signal
import sys
from typing import Any

import structlog
import uvicorn
import uvloop
from fastapi import FastAPI

from gateway.clients import open_clients
from gateway.config import Settings
from gateway.documents import Documents
from gateway.execution import Execution, Gateway
from gateway.facts import Facts
from gateway.http import GraphQLOverHttp
from gateway.ids import Cursors
from gateway.readiness import add_health
from gateway.schema import schema
from services.kit import telemetry
from services.kit.tokens import EMBEDDED_ISSUER, PUBLIC_AUDIENCE, Signer, Verifier

GRACEFUL_SECONDS = 10
KEEP_ALIVE_SECONDS = 75
CONNECTIONS = 4_096

log = structlog.get_logger()


def open_gateway(settings: Settings) -> Gateway:
    """Everything requests share; inside the event loop that will serve them."""
    key = json.loads(settings.key_file.read_text())
    issuer_keys = json.loads(settings.issuer_keys_file.read_text())
    (issuer,) = (str(public["kid"]) for public in issuer_keys["keys"])
    return Gateway(
        schema=schema._schema,
        documents=Documents(schema._schema),
        verifier=Verifier(issuer_keys, issuers={EMBEDDED_ISSUER: issuer}, audience=PUBLIC_AUDIENCE),
        clients=open_clients(settings.addresses, Signer(key)),
        facts=Facts(),
        cursors=Cursors(str(key["d"]).encode()),
    )


def create_app(gateway: Gateway) -> FastAPI:
    """The HTTP application."""
    app = FastAPI(
        title="cxm",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        # The operation's own span is the only one; the framework's would record what people typed.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    graphql = GraphQLOverHttp(Execution(gateway))
    app.add_route("/graphql", graphql)  # type: ignore[arg-type]  # Starlette takes ASGI too
    add_health(app, gateway.clients.channels)
    return app


async def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; requests in flight get 10 seconds."""
    gateway = open_gateway(settings)
    config = uvicorn.Config(
        create_app(gateway),
        host=settings.host,
        port=settings.port,
        http="httptools",
        ws="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
    )
    log.info("starting", host=settings.host, port=settings.port)
    try:
        await uvicorn.Server(config).serve()
    finally:
        await gateway.clients.close()
    log.info("stopped")


class StructuredHandler(logging.Handler):
    """What libraries log, as one JSON object a line like everything else."""

    def emit(self, record: logging.LogRecord) -> None:
        log.log(record.levelno, record.getMessage(), logger=record.name, exc_info=record.exc_info)


def _ignore(_number: int, _frame: Any) -> None:
    """uvicorn raises the signal that stopped it again; the process has ended well and exits with 0."""


def main() -> None:
    telemetry.configure_logs("gateway")
    logging.basicConfig(handlers=[StructuredHandler()], level=logging.WARNING)
    settings = Settings()
    provider = telemetry.start("gateway", settings.otlp_endpoint)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _ignore)
    try:
        uvloop.run(serve(settings))
    except (OSError, ValueError) as error:
        log.error("cannot run", message=str(error))
        sys.exit(1)
    finally:
        if provider is not None:
            provider.shutdown()


if __name__ == "__main__":
    main()
