"""An address stands for every replica behind it."""

import socket

import pytest

from services.kit.rpc.replicas import replicas_of

POD = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
POD_6 = (socket.AF_INET6, socket.SOCK_STREAM, 6, "")


@pytest.mark.parametrize("address", ["unix:/run/survey.sock", "dns:///unknown", "survey"])
async def test_what_is_no_name_and_port_is_one(address: str) -> None:
    assert await replicas_of(address) == [address]


@pytest.mark.parametrize("address", ["127.0.0.1:50051", "dns:///127.0.0.1:50051"])
async def test_an_address_of_the_network_is_one(address: str) -> None:
    assert await replicas_of(address) == ["ipv4:127.0.0.1:50051"]


async def test_a_name_is_all_that_it_stands_for(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        (*POD, ("10.0.0.2", 50051)),
        (*POD, ("10.0.0.1", 50051)),
        (*POD, ("10.0.0.1", 50051)),
        (*POD_6, ("fd00::1", 50051, 0, 0)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)

    assert await replicas_of("cxm-survey:50051") == [
        "ipv4:10.0.0.1:50051",
        "ipv4:10.0.0.2:50051",
        "ipv6:[fd00::1]:50051",
    ]


async def test_a_name_that_nobody_knows_is_none() -> None:
    assert await replicas_of("nobody.invalid:50051") == []
