"""Health over HTTP: alive, and ready only while every service is; and the numbers of this process."""

import asyncio
from collections.abc import Mapping

import grpc
from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse

from services.kit.numbers import showing

CHECK_SECONDS = 1.0


def add_health(app: FastAPI, channels: Mapping[str, grpc.aio.Channel]) -> None:
    """GET /healthz: this process answers. GET /readyz: 200 when all services are SERVING, else 503 and who is not."""

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        serving = await asyncio.gather(*map(is_serving, channels.values()))
        away = [name for name, up in zip(channels, serving, strict=True) if not up]
        status = {"status": "waiting" if away else "ready", "away": away}
        return JSONResponse(status, status_code=503 if away else 200)


def add_metrics(app: FastAPI) -> None:
    """GET /metrics: for Prometheus. Not where clients ask: it is nobody's business how much an organisation answers."""

    @app.get("/metrics")
    async def metrics() -> Response:
        numbers = await asyncio.to_thread(showing.scrape)
        return Response(numbers, media_type=showing.CONTENT_TYPE)


async def is_serving(channel: grpc.aio.Channel) -> bool:
    """Whether the service behind a channel says SERVING within a second."""
    try:
        check = channel.unary_unary(
            "/grpc.health.v1.Health/Check",
            request_serializer=HealthCheckRequest.SerializeToString,
            response_deserializer=HealthCheckResponse.FromString,
        )
        reply = await check(HealthCheckRequest(), timeout=CHECK_SECONDS)
    except grpc.aio.AioRpcError:
        return False
    return bool(reply.status == HealthCheckResponse.SERVING)
