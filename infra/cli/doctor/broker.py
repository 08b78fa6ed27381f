"""The broker: streams as services declare them, copies, room, who hears them; whether it writes through to disk."""

import asyncio
from datetime import datetime
from typing import Any, Final

from nats import connect
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.api import StreamInfo
from nats.js.errors import NotFoundError

from infra.cli.doctor.findings import Finding, clock_finding, now
from infra.local.nats import Nats, report
from services.kit.events.streams import STREAMS, durables_of, stream_config

BROKER: Final = "broker"
CONNECT_SECONDS: Final = 5.0
FULL_SHARE: Final = 0.8
COPIES: Final = 3
LEAST_VERSION: Final = (2, 14, 3)
KEPT: Final = ("subjects", "retention", "storage", "discard", "duplicate_window")
FAR_BEHIND: Final = 10_000


async def check(url: str) -> list[Finding]:
    """What a user of the account of the streams sees who may ask about all of them."""
    try:
        async with asyncio.timeout(CONNECT_SECONDS):  # it would try for minutes
            client = await connect(url, allow_reconnect=False, error_cb=_ignore)
    except (NatsError, OSError, ValueError, TimeoutError) as error:
        why = str(error) or type(error).__name__
        return [
            Finding(
                BROKER,
                f"it cannot be reached: {why}",
                "start NATS, or give the right address and user",
            )
        ]
    try:
        found = _version(client)
        for name in STREAMS:
            found += await _stream(client, name)
        return found
    except (NatsError, OSError) as error:
        why = str(error) or type(error).__name__
        return [
            Finding(
                BROKER,
                f"it does not answer about streams: {why}",
                "see its log, and that the user may ask",
            )
        ]
    finally:
        await client.close()


async def check_server(server: Nats) -> list[Finding]:
    """What the server of a data dir says of itself over its system account."""
    try:
        settings = await report(server, "JSZ")
        health = await report(server, "HEALTHZ")
        asked_at = now()
        told = datetime.fromisoformat((await report(server, "VARZ"))["now"])
        accuracy = (now() - asked_at).total_seconds()
    except (NatsError, OSError, ValueError, KeyError) as error:
        return [
            Finding(
                BROKER, f"it says nothing of itself: {type(error).__name__}", "see logs/nats.log"
            )
        ]
    found = clock_finding(BROKER, told, asked_at, accuracy)
    if settings["config"].get("sync_always") is not True:
        wrong = "it does not write every message through to disk"
        found.append(Finding(BROKER, wrong, "set jetstream.sync_interval to always"))
    if health.get("error"):
        found.append(
            Finding(
                BROKER,
                f"it is not healthy: {health['error']}",
                "make room on its disk; start it again",
            )
        )
    return found


def _version(client: Client) -> list[Finding]:
    version = client.connected_server_version
    if (version.major, version.minor, version.patch) >= LEAST_VERSION:
        return []
    return [Finding(BROKER, f"NATS {version} is too old", "take 2.14.3 or newer")]


async def _stream(client: Client, name: str) -> list[Finding]:
    about, jetstream = f"stream {name}", client.jetstream()
    try:
        info = await jetstream.stream_info(name)
    except NotFoundError:
        return [
            Finding(
                about,
                "it is not there",
                f"start {name.lower()}, which declares it and announces all anew",
            )
        ]
    return [
        *_settings(about, name, info),
        *_copies(about, client, info),
        *await _places(jetstream, name),
    ]


def _settings(about: str, name: str, info: StreamInfo) -> list[Finding]:
    wanted = stream_config(name, replicas=1)
    found = [
        Finding(
            about,
            f"its {field} is {_word(getattr(info.config, field))}, not {_word(getattr(wanted, field))}",
            f"start {name.lower()} again, which sets it; who changed it may lose facts",
        )
        for field in KEPT
        if getattr(info.config, field) != getattr(wanted, field)
    ]
    most = info.config.max_bytes or 0
    if most > 0 and info.state.bytes > FULL_SHARE * most:
        share = info.state.bytes / most
        remedy = (
            "see which of those who hear it are behind; when it is full, facts wait in the outbox"
        )
        found.append(Finding(about, f"{share:.0%} of its {most:,} bytes are taken", remedy))
    return found


def _copies(about: str, client: Client, info: StreamInfo) -> list[Finding]:
    copies, name = info.config.num_replicas or 1, str(info.config.name)
    servers = len(client.discovered_servers) + 1
    others = (info.cluster.replicas or []) if info.cluster else []
    away = [str(one.name) for one in others if one.offline or not one.current]
    found = []
    if servers >= COPIES > copies:
        remedy = f"set CXM_{name}_STREAM_REPLICAS=3 and start the service again"
        found.append(Finding(about, f"{copies} copy in a cluster of {servers} servers", remedy))
    if away:
        remedy = "start these servers, or wait until they have caught up"
        found.append(Finding(about, f"copies are away or behind: {', '.join(away)}", remedy))
    return found


async def _places(jetstream: JetStreamContext, name: str) -> list[Finding]:
    found = []
    for durable in durables_of(name):
        about = f"consumer {durable.name}"
        try:
            info = await jetstream.consumer_info(name, durable.name)
        except NotFoundError:
            found.append(
                Finding(about, "it is not there", f"start {name.lower()}, which declares it")
            )
            continue
        waiting = (info.num_pending or 0) + (info.num_ack_pending or 0)
        if waiting > FAR_BEHIND:
            service = durable.name.partition("-")[0]
            found.append(
                Finding(
                    about,
                    f"it is {waiting:,} facts behind",
                    f"see that {service} runs, and its log",
                )
            )
    return found


def _word(value: Any) -> str:
    return str(getattr(value, "value", value))


async def _ignore(_error: Exception) -> None:
    """Whoever asks hears it as an exception."""
