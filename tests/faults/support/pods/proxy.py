"""Envoy before the gateways, as an ingress controller is: it hears of pods, and tries nothing twice."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from infra.local import children
from infra.local.children import Program
from infra.local.sockets import is_free

BINARY = Path(__file__).parents[4] / "build" / "envoy" / "envoy"
TYPES = "type.googleapis.com/envoy"
HTTP = f"{TYPES}.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager"
ROUTER = f"{TYPES}.extensions.filters.http.router.v3.Router"
ASSIGNMENT = f"{TYPES}.config.endpoint.v3.ClusterLoadAssignment"
CLUSTER = "gateway"
START_SECONDS = 30.0


class Proxy:
    """Envoy on a port of this machine, its files in a folder; where it sends requests stands in one that it watches."""

    def __init__(self, home: Path, port: int) -> None:
        home.mkdir()
        self.home = home
        self.port = port
        self.endpoints = home / "endpoints.json"
        self.version = 0
        self.send_to((), 0)

    def program(self) -> Program:
        """What to run."""
        configuration = self.home / "envoy.json"
        configuration.write_text(json.dumps(_configuration(self)))
        options = ("--concurrency", "1", "--disable-hot-restart", "-l", "warning")
        command = (str(BINARY), "-c", str(configuration), *options)
        return Program("envoy", command, self.home / "envoy.log")

    def send_to(self, addresses: Sequence[str], port: int) -> None:
        """Send requests to these from now on; what is under way elsewhere goes on."""
        self.version += 1
        found = [{"endpoint": {"address": _socket_address(address, port)}} for address in addresses]
        assignment = {
            "@type": ASSIGNMENT,
            "cluster_name": CLUSTER,
            "endpoints": [{"lb_endpoints": found}],
        }
        draft = self.endpoints.with_suffix(".draft")
        draft.write_text(json.dumps({"version_info": str(self.version), "resources": [assignment]}))
        draft.rename(self.endpoints)


@asynccontextmanager
async def proxying(home: Path, port: int) -> AsyncIterator[Proxy]:
    """A running proxy that knows of no gateway yet."""
    proxy = Proxy(home, port)
    child = children.start(proxy.program())
    try:
        async with asyncio.timeout(START_SECONDS):
            while is_free(port):
                if child.process.poll() is not None:
                    raise children.failure_of(child)
                await asyncio.sleep(children.POLL_SECONDS)
        yield proxy
    finally:
        await children.stop(child, grace_seconds=5)


def _socket_address(address: str, port: int) -> dict[str, Any]:
    return {"socket_address": {"address": address, "port_value": port}}


def _configuration(proxy: Proxy) -> dict[str, Any]:
    route = {"match": {"prefix": "/"}, "route": {"cluster": CLUSTER, "timeout": "0s"}}
    manager = {
        "@type": HTTP,
        "stat_prefix": "ingress",
        "use_remote_address": True,
        "upgrade_configs": [{"upgrade_type": "websocket"}],
        "http_filters": [{"name": "router", "typed_config": {"@type": ROUTER}}],
        "route_config": {
            "virtual_hosts": [{"name": "all", "domains": ["*"], "routes": [route]}],
        },
    }
    listener = {
        "address": _socket_address("127.0.0.1", proxy.port),
        "filter_chains": [{"filters": [{"name": "http", "typed_config": manager}]}],
    }
    source = {"path_config_source": {"path": str(proxy.endpoints)}, "resource_api_version": "V3"}
    cluster = {
        "name": CLUSTER,
        "type": "EDS",
        "connect_timeout": "2s",
        "eds_cluster_config": {"eds_config": source},
    }
    return {
        "node": {"id": "rollout", "cluster": "rollout"},
        "static_resources": {"listeners": [listener], "clusters": [cluster]},
    }
