"""What each process may say to the broker and hear from it, derived from the one table of streams and durables."""

from dataclasses import dataclass

from services.kit.events.streams import (
    ALERT_RAISED,
    DEPARTMENT_CHANGED,
    DURABLES,
    SCORE_CHANGED,
    STREAMS,
    TOUCHPOINT_CHANGED,
    Durable,
)

# Subjects in no stream, and who announces them; subjects that are heard without a place in a stream, and by whom.
ANNOUNCED = {"metrics": (SCORE_CHANGED,)}
HEARD = {"gateway": (SCORE_CHANGED, ALERT_RAISED, DEPARTMENT_CHANGED, TOUCHPOINT_CHANGED)}


@dataclass(frozen=True, slots=True)
class Permissions:
    """Subjects a process may publish to and subscribe to; nothing else."""

    publish: tuple[str, ...]
    subscribe: tuple[str, ...]


def inbox_prefix(process: str) -> str:
    """Under which answers come to a process; no other process may listen there."""
    return f"_INBOX.{process}"


def permissions(process: str) -> Permissions:
    """Of one process: its own stream and that stream's durables, its places in others, and its own answers."""
    publish: list[str] = [*ANNOUNCED.get(process, ())]
    if process.upper() in STREAMS:
        publish += _owner(process.upper())
    for durable in DURABLES:
        if durable.name.startswith(f"{process}-"):
            publish += _consumer(durable)
    subscribe = [*HEARD.get(process, ()), f"{inbox_prefix(process)}.>"]
    return Permissions(tuple(dict.fromkeys(publish)), tuple(subscribe))


def _owner(stream: str) -> list[str]:
    """Publish into the stream, declare it and its durables. Not delete, purge or read messages out of order."""
    durables = [durable.name for durable in DURABLES if durable.stream == stream]
    return [
        *STREAMS[stream],
        *(f"$JS.API.STREAM.{verb}.{stream}" for verb in ("CREATE", "UPDATE", "INFO")),
        *(f"$JS.API.CONSUMER.DURABLE.CREATE.{stream}.{name}" for name in durables),
        *(f"$JS.API.CONSUMER.INFO.{stream}.{name}" for name in durables),
    ]


def _consumer(durable: Durable) -> list[str]:
    """Fetch and acknowledge, and ask how far the stream and this place in it are."""
    return [
        f"$JS.API.CONSUMER.MSG.NEXT.{durable.stream}.{durable.name}",
        f"$JS.API.CONSUMER.INFO.{durable.stream}.{durable.name}",
        f"$JS.API.STREAM.INFO.{durable.stream}",
        f"$JS.ACK.{durable.stream}.{durable.name}.>",
    ]
