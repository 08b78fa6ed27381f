"""The one table of streams, subjects and durables; the owner of a stream declares it and them before it relays.

With interest retention a message is gone when every durable has it, so a durable that is missing when a
fact is published has lost it for ever. `sync_interval: always` is the server's own setting.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from nats.js import JetStreamContext
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    DiscardPolicy,
    RetentionPolicy,
    StorageType,
    StreamConfig,
)
from nats.js.errors import APIError, BadRequestError

from services.kit.config import LARGEST_STREAM_BYTES
from services.kit.errors import Conflict

DUPLICATE_WINDOW_SECONDS = 600
ACK_WAIT_SECONDS = (
    4.0  # then what a killed consumer held goes to another; who works longer says so (fetching.py)
)
STREAM_EXISTS_OTHERWISE = (
    10058  # the server's code for a stream of this name with another configuration
)
TOO_FEW_NODES = (10005, 10074)  # no peers for so many copies; no cluster at all

DEPARTMENT_CHANGED = "cxm.profile.department.changed.v1"
TOUCHPOINT_CHANGED = "cxm.profile.touchpoint.changed.v1"
ERASURE_ASKED = "cxm.profile.erasure.asked.v1"
ERASURE_ORDERED = "cxm.profile.erasure.ordered.v1"
ERASURE_LIFTED = "cxm.profile.erasure.lifted.v1"
ERASURE_COUNTED = "cxm.survey.erasure.counted.v1"
ERASURE_REPORTED = "cxm.survey.erasure.reported.v1"
PURCHASES_RECORDED = "cxm.profile.purchases.recorded.v1"
PERSONS_CHANGED = "cxm.profile.persons.changed.v1"
SURVEY_CHANGED = "cxm.survey.survey.changed.v1"
RESPONSES_RECORDED = "cxm.survey.responses.recorded.v1"
RESPONSES_LOST = "cxm.survey.responses.lost.v1"
EMPLOYMENTS_CHANGED = "cxm.employee_exp.employments.changed.v1"
RELEASE_PUBLISHED = "cxm.employee_exp.release.published.v1"
# Announced by processes of 0.1.0; these two and their durable go with their messages.
EMPLOYEE_JOINED = "cxm.employee_exp.employee.joined.v1"
EMPLOYEE_LEFT = "cxm.employee_exp.employee.left.v1"
SCORE_CHANGED = "cxm.metrics.score.changed.v1"  # in no stream: heard by whoever listens
ALERT_RAISED = "cxm.metrics.alert.raised.v1"

STREAMS: dict[str, tuple[str, ...]] = {
    "PROFILE": ("cxm.profile.>",),
    "SURVEY": ("cxm.survey.>",),
    "EMPLOYEE_EXP": ("cxm.employee_exp.>",),
    "METRICS": (ALERT_RAISED,),
}
"""By stream the subjects it keeps."""
MOST_FACTS = {"METRICS": 100_000}
"""Of streams of few and small facts: their bytes are not reserved, so that the brokers of older versions have room."""
UNLIMITED = -1


@dataclass(frozen=True, slots=True)
class Durable:
    """A consumer's place in a stream: `<consumer>-<what it does>` and the subjects it hears.

    No two of its subjects may match one message. A subject may have `>` at its end for the rest of its words.
    """

    stream: str
    name: str
    subjects: tuple[str, ...]


DIRECTORY = (DEPARTMENT_CHANGED, TOUCHPOINT_CHANGED)
SURVEY_COPIES_DIRECTORY = Durable("PROFILE", "survey-copy-directory", DIRECTORY)
METRICS_COPIES_DIRECTORY = Durable("PROFILE", "metrics-copy-directory", DIRECTORY)
EMPLOYEE_EXP_COPIES_DIRECTORY = Durable("PROFILE", "employee_exp-copy-directory", DIRECTORY)
SURVEY_ERASES_CUSTOMERS = Durable("PROFILE", "survey-erase-customers", ("cxm.profile.erasure.>",))
PROFILE_TAKES_RECEIPTS = Durable("SURVEY", "profile-take-receipts", ("cxm.survey.erasure.>",))
METRICS_COPIES_SURVEYS = Durable("SURVEY", "metrics-copy-surveys", (SURVEY_CHANGED,))
METRICS_RECORDS_RESPONSES = Durable("SURVEY", "metrics-record-responses", (RESPONSES_RECORDED,))
METRICS_RECORDS_PURCHASES = Durable("PROFILE", "metrics-record-purchases", (PURCHASES_RECORDED,))
METRICS_COPIES_PERSONS = Durable("PROFILE", "metrics-copy-persons", (PERSONS_CHANGED,))
METRICS_REBUILDS_LOST = Durable("SURVEY", "metrics-rebuild-lost", (RESPONSES_LOST,))
METRICS_COUNTS_EMPLOYMENTS = Durable(
    "EMPLOYEE_EXP", "metrics-count-employments", (EMPLOYMENTS_CHANGED,)
)
METRICS_COPIES_EMPLOYMENT = Durable(
    "EMPLOYEE_EXP", "metrics-copy-employment", ("cxm.employee_exp.employee.>",)
)
METRICS_STORES_RELEASES = Durable("EMPLOYEE_EXP", "metrics-store-releases", (RELEASE_PUBLISHED,))

DURABLES = (
    SURVEY_COPIES_DIRECTORY,
    METRICS_COPIES_DIRECTORY,
    EMPLOYEE_EXP_COPIES_DIRECTORY,
    SURVEY_ERASES_CUSTOMERS,
    PROFILE_TAKES_RECEIPTS,
    METRICS_COPIES_SURVEYS,
    METRICS_RECORDS_RESPONSES,
    METRICS_RECORDS_PURCHASES,
    METRICS_COPIES_PERSONS,
    METRICS_REBUILDS_LOST,
    METRICS_COUNTS_EMPLOYMENTS,
    METRICS_COPIES_EMPLOYMENT,
    METRICS_STORES_RELEASES,
)


def directory_durable(service: str) -> Durable:
    """By which a service hears changes of the directory."""
    return next(durable for durable in DURABLES if durable.name == f"{service}-copy-directory")


def durables_of(*streams: str) -> tuple[Durable, ...]:
    """The places in these streams."""
    return tuple(durable for durable in DURABLES if durable.stream in streams)


def stream_config(
    name: str, *, replicas: int, max_bytes: int = LARGEST_STREAM_BYTES
) -> StreamConfig:
    """A stream that loses nothing it acknowledged and refuses, rather than forgets, when it is full."""
    return StreamConfig(
        name=name,
        subjects=list(STREAMS[name]),
        retention=RetentionPolicy.INTEREST,
        storage=StorageType.FILE,
        discard=DiscardPolicy.NEW,
        max_bytes=UNLIMITED if name in MOST_FACTS else max_bytes,
        max_msgs=MOST_FACTS.get(name, UNLIMITED),
        duplicate_window=DUPLICATE_WINDOW_SECONDS,
        num_replicas=replicas,
    )


def consumer_config(durable: Durable) -> ConsumerConfig:
    """Explicit acks, endless deliveries: giving up is our own decision (consumer.py)."""
    return ConsumerConfig(
        durable_name=durable.name,
        filter_subject=durable.subjects[0] if len(durable.subjects) == 1 else None,
        filter_subjects=list(durable.subjects) if len(durable.subjects) > 1 else None,
        ack_policy=AckPolicy.EXPLICIT,
        ack_wait=ACK_WAIT_SECONDS,
        max_deliver=-1,
        max_ack_pending=4096,
    )


async def declare(
    stream: JetStreamContext,
    *,
    replicas: int = 1,
    max_bytes: int = LARGEST_STREAM_BYTES,
    names: Iterable[str] = tuple(STREAMS),
) -> None:
    """Bring streams and their durables to this configuration; Conflict if the server keeps other limits of a stream."""
    names = tuple(names)
    for name in names:
        config = stream_config(name, replicas=replicas, max_bytes=max_bytes)
        await _bring(stream, config)
        _check(config, (await stream.stream_info(name)).config)
    for durable in durables_of(*names):
        await stream.add_consumer(durable.stream, consumer_config(durable))


async def _bring(stream: JetStreamContext, config: StreamConfig) -> None:
    """Make the stream, or change it; one with other copies gets these in the background."""
    try:
        try:
            await stream.add_stream(config)
        except BadRequestError as error:
            if error.err_code != STREAM_EXISTS_OTHERWISE:
                raise
            await stream.update_stream(config)
    except APIError as error:
        if error.err_code not in TOO_FEW_NODES:
            raise
        raise Conflict(
            f"the broker has no {config.num_replicas} nodes for as many copies of stream {config.name}: start them,"
            " or lower STREAM_REPLICAS",
            reason="BROKER_HAS_FEWER_NODES",
        ) from error


def _check(wanted: StreamConfig, found: StreamConfig) -> None:
    for name in ("subjects", "retention", "storage", "discard", "max_bytes", "duplicate_window"):
        if getattr(wanted, name) != getattr(found, name):
            raise Conflict(
                f"stream {wanted.name} keeps {name} = {getattr(found, name)!r}, "
                f"not {getattr(wanted, name)!r}: change or remove the stream",
                reason="STREAM_DIFFERS",
            )
