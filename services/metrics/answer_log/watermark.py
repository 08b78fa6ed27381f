"""Up to which envelope everything was applied here.

Survey says up to which number all envelopes were acknowledged by the broker, so all of them stand in its stream up to
where the stream ends after that; and the durable says up to where the stream was acknowledged by us. Dead letters are
acknowledged too, and not applied: whoever asks must look at them.
"""

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from nats.errors import Error as NatsError
from nats.js import JetStreamContext

from cxm.survey.v1.reconciliation_pb2 import GetWatermarkRequest
from services.kit.db.database import Pool
from services.kit.errors import Unavailable
from services.kit.events.streams import METRICS_RECORDS_RESPONSES as DURABLE
from services.kit.rpc.asking import asking
from services.kit.rpc.servicing import READ_SECONDS, ServiceIdentity

if TYPE_CHECKING:
    from cxm.survey.v1.reconciliation_pb2_grpc import ReconciliationServiceAsyncStub

LOOK_SECONDS = 0.05


class Watermark(NamedTuple):
    """Every envelope numbered at most `through` stands in the stream at or before `sequence`."""

    through: int
    sequence: int


class Watermarks:
    """Asks survey and the broker."""

    def __init__(
        self,
        stream: JetStreamContext,
        pool: Pool,
        owner: "ReconciliationServiceAsyncStub",
        identity: ServiceIdentity,
    ) -> None:
        self.stream = stream
        self.pool = pool
        self.owner = owner
        self.identity = identity

    async def wait_applied(self, through: int, *, seconds: float) -> int:
        """Wait until every envelope up to this watermark was applied, or given up; returns how many were given up.

        Unavailable if it takes longer, or survey or the broker is away.
        """
        try:
            async with asyncio.timeout(seconds):
                watermark = await self.read(through)
                while watermark.through < through:
                    await asyncio.sleep(LOOK_SECONDS)
                    watermark = await self.read(through)
                while not await self.is_past(watermark):  # noqa: ASYNC110 - the broker announces it to nobody
                    await asyncio.sleep(LOOK_SECONDS)
        except TimeoutError as error:
            raise Unavailable(
                f"not everything arrived within {seconds:.0f} s: try again"
            ) from error
        return (await self.count_given_up(through))[0]

    async def read(self, watermark: int = 0) -> Watermark:
        """Where the stream ends, and the greatest number of which everything stands in it; errors as in `wait_applied`.

        `watermark`: one that survey gave, if no more than what came up to it is of interest; nobody waits for us then.
        """
        with asking("the survey service"):
            reply = await self.owner.GetWatermark(
                GetWatermarkRequest(watermark=watermark),
                timeout=READ_SECONDS,
                metadata=self.identity.metadata("survey"),
            )
        # In this order: what the owner said was in the stream before.
        with asking("the broker", NatsError):
            info = await self.stream.stream_info(DURABLE.stream)
        return Watermark(reply.through, info.state.last_seq)

    async def is_past(self, watermark: Watermark) -> bool:
        """Whether every envelope up to a watermark was applied or given up; errors as in `wait_applied`."""
        with asking("the broker", NatsError):
            info = await self.stream.consumer_info(DURABLE.stream, DURABLE.name)
        floor = info.ack_floor.stream_seq if info.ack_floor else 0
        return floor >= watermark.sequence or not (info.num_pending or info.num_ack_pending)

    async def count_given_up(self, through: int) -> tuple[int, int | None]:
        """How many envelopes numbered at most this are dead letters, and the lowest of their numbers."""
        row = await self.pool.fetchrow(
            "SELECT count(*), min(number) FROM ("
            " SELECT coalesce(substring(message_id FROM '/([0-9]+)$')::bigint, 0) AS number"
            " FROM dead_letter WHERE durable = $1 AND payload IS NOT NULL) AS letter"
            " WHERE number <= $2",
            DURABLE.name,
            through,
        )
        assert row is not None
        return row[0], row[1]
