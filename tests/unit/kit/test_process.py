"""What a process says of its health."""

import asyncio
import sys
from pathlib import Path

import grpc
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse

from infra.local import keys
from services.kit.process import LIVE

WITHOUT_A_BROKER = """
import asyncio, sys
from functools import partial
from pathlib import Path
from services.kit.process import Process, run
from services.kit.rights.tokens import Verifier

async def wire(process: Process) -> None:
    async def lose_the_broker() -> None:
        while True:
            await process.show_ready(False)
            await asyncio.sleep(0.01)
    process.background(lose_the_broker)

listen, trusted = sys.argv[1:]
verifier = partial(Verifier.internal, Path(trusted), audience="survey")
run("survey", listen=listen, verifier=verifier, otlp_endpoint=None, is_away=lambda _: False, wire=wire)
"""
SERVING, NOT_SERVING = HealthCheckResponse.SERVING, HealthCheckResponse.NOT_SERVING


async def test_a_process_that_should_get_no_calls_is_alive(tmp_path: Path) -> None:
    address = f"unix:{tmp_path}/socket"
    trusted = str(keys.prepare(tmp_path).trusted)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WITHOUT_A_BROKER, address, trusted
    )
    try:
        async with grpc.aio.insecure_channel(address) as channel, asyncio.timeout(20):
            watch = channel.unary_stream(
                "/grpc.health.v1.Health/Watch",
                request_serializer=HealthCheckRequest.SerializeToString,
                response_deserializer=HealthCheckResponse.FromString,
            )
            async for told in watch(HealthCheckRequest(), wait_for_ready=True):
                if told.status == NOT_SERVING:
                    break
            alive = watch(HealthCheckRequest(service=LIVE))
            assert (await anext(aiter(alive))).status == SERVING
    finally:
        process.terminate()
        assert await process.wait() == 0
