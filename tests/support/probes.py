"""What Kubernetes asks of a process that runs, by its probe."""

import grpc
import httpx
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse

from infra.roles import Probe

# A channel that was refused asks again at once.
OPTIONS = [
    ("grpc.use_local_subchannel_pool", 1),
    *((f"grpc.{name}_reconnect_backoff_ms", 50) for name in ("initial", "min", "max")),
]


def is_healthy(probe: Probe, about: str, address: str) -> bool:
    """Whether this of a process is so; `address`: host and port of the probe."""
    if probe.kind == "http":
        try:
            # No TLS here; loading certificates for each question would cost more than the question.
            reply = httpx.get(f"http://{address}{about}", trust_env=False, verify=False, timeout=2)
        except httpx.TransportError:
            return False
        return reply.is_success
    with grpc.insecure_channel(address, options=OPTIONS) as channel:
        check = channel.unary_unary(
            "/grpc.health.v1.Health/Check",
            request_serializer=HealthCheckRequest.SerializeToString,
            response_deserializer=HealthCheckResponse.FromString,
        )
        try:
            told = check(HealthCheckRequest(service=about), timeout=2)
        except grpc.RpcError:
            return False
    return bool(told.status == HealthCheckResponse.SERVING)
