"""Every replica of a service by itself; calls go to one of them in turn."""

import asyncio
import socket

DNS = "dns:"


async def replicas_of(address: str) -> list[str]:
    """An address for each replica behind this one of a service; none where the name is not known.

    A name of Kubernetes stands for every ready pod where its Service is headless, as those of the chart are.
    """
    name = address.removeprefix(DNS).lstrip("/") if address.startswith(DNS) else address
    host, colon, port = name.rpartition(":")
    if not colon or not port.isdecimal():
        return [address]  # a socket
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            host.strip("[]"), int(port), type=socket.SOCK_STREAM
        )
    except socket.gaierror:
        return []
    return sorted({_address(family, place[0], port) for family, _, _, _, place in found})


def _address(family: int, host: str | int, port: str) -> str:
    return f"ipv6:[{host}]:{port}" if family == socket.AF_INET6 else f"ipv4:{host}:{port}"
