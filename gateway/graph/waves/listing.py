"""Which waves there are."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

import strawberry

from cxm.employee_exp.v1 import waves_pb2 as pb
from gateway.graph.base.loaders import by_key
from gateway.graph.base.paging import After, First, PageInfo, page_info_of, page_request
from gateway.graph.waves import loaders
from gateway.graph.waves.questions import WaveQuestion
from gateway.graph.waves.types import Wave
from gateway.request.context import Info
from services.kit.errors import Broken
from services.kit.rpc.fields import optional

LISTING = "Wave"


@dataclass(frozen=True, slots=True)
class Waves:
    """One page as the service answered."""

    items: Sequence[pb.Wave]
    more: bool
    total: int | None
    is_later: bool


def _cursor(root: strawberry.Parent[pb.Wave], info: Info) -> str:
    return info.context.cursor(LISTING, root.id)


@strawberry.type(description="One wave of a page.")
class WaveEdge:
    cursor: str = strawberry.field(
        resolver=_cursor, description="Opaque place of the item; useless to another viewer."
    )

    @strawberry.field(description="The wave.", graphql_type=Wave)
    @staticmethod
    def node(root: strawberry.Parent[pb.Wave]) -> pb.Wave:
        return root


@strawberry.type(description="Waves, the latest first.")
class WaveConnection:
    @strawberry.field(description="The waves.", graphql_type=list[WaveEdge])
    @staticmethod
    def edges(root: strawberry.Parent[Waves]) -> Sequence[pb.Wave]:
        return root.items

    @strawberry.field(description="Where this page stands.")
    @staticmethod
    def page_info(root: strawberry.Parent[Waves], info: Info) -> PageInfo:
        return page_info_of(
            root.items, partial(_cursor, info=info), more=root.more, is_later=root.is_later
        )

    @strawberry.field(
        description="Waves on all pages the viewer may see; counted only when selected."
    )
    @staticmethod
    def total_count(root: strawberry.Parent[Waves]) -> int:
        if root.total is None:
            raise Broken("the waves were not counted")
        return root.total


@strawberry.type
class WaveQuery:
    @strawberry.field(
        description="A wave by key. Null when there is none, for who may see no scores anywhere, of a draft for who "
        "may not write waves, and when employee_exp is away.",
        graphql_type=Wave | None,
    )
    def wave(
        self, info: Info, key: Annotated[str, strawberry.argument(description="Its key.")]
    ) -> Awaitable[pb.Wave | None]:
        return loaders.waves(info.context).load(by_key(key))

    @strawberry.field(
        description="Waves, the latest first; drafts only for who may write waves. Null for who may see no scores "
        "anywhere, and when employee_exp is away.",
        graphql_type=WaveConnection | None,
    )
    async def waves(
        self, info: Info, first: First = strawberry.UNSET, after: After = strawberry.UNSET
    ) -> Any:
        page = page_request(info, LISTING, first, after)
        request = pb.ListWavesRequest(first=page.first, after=page.after, count=page.count)
        reply = await info.context.call(
            "employee_exp", info.context.clients.waves.ListWaves, request
        )
        return Waves(reply.waves, reply.more, optional(reply, "total"), bool(page.after))

    @strawberry.field(
        description="Questions that come with the product, for a new wave, in English with all other languages. Null "
        "when employee_exp is away.",
        graphql_type=list[WaveQuestion] | None,
    )
    async def standard_wave_questions(self, info: Info) -> Sequence[pb.WaveQuestion]:
        reply = await info.context.call(
            "employee_exp",
            info.context.clients.waves.GetStandardQuestions,
            pb.GetStandardQuestionsRequest(),
        )
        return reply.questions
