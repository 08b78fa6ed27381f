"""What employees wrote, a page at a time: in an order that says nothing, without a date, a score or a team."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import strawberry

from cxm.employee_exp.v1 import releases_pb2 as pb
from gateway.graph.base.paging import PageInfo, page_info_of, page_request
from gateway.graph.waves.kinds import WaveResultStatus
from gateway.request.context import Info

LISTING = "WaveVerbatim"


@dataclass(frozen=True, slots=True)
class Word:
    """A comment, and how many stand up to it."""

    text: str
    place: int


@dataclass(frozen=True, slots=True)
class PageOfWords:
    """One page as the service answered."""

    words: Sequence[Word]
    total: int | None
    more: bool
    is_later: bool
    counted_in: str = ""
    released: bool = True


@strawberry.type(description="A comment of an employee. Of whom it is nobody is told.")
class WaveVerbatim:
    text: str = strawberry.field(description="As it was written.")


def _cursor(root: strawberry.Parent[Word], info: Info) -> str:
    return info.context.cursor(LISTING, str(root.place))


@strawberry.type(description="One comment of a page.")
class WaveVerbatimEdge:
    cursor: str = strawberry.field(
        resolver=_cursor, description="Opaque place of the item; useless to another viewer."
    )

    @strawberry.field(description="The comment.", graphql_type=WaveVerbatim)
    @staticmethod
    def node(root: strawberry.Parent[Word]) -> Word:
        return root


Page = strawberry.Parent[PageOfWords]


@strawberry.type(description="Comments of employees, in an order that says nothing.")
class WaveVerbatimConnection:
    @strawberry.field(
        description="Whether they are shown: where 10 people or more wrote to the question, and no fewer can be told "
        "apart.",
        graphql_type=WaveResultStatus,
    )
    @staticmethod
    def status(root: Page) -> int:
        return status_number(is_released=root.released)

    @strawberry.field(
        description="Where WITHHELD: the name of the nearest department above among whose comments these are. Null "
        "where there is none, and where nothing is withheld."
    )
    @staticmethod
    def counted_in(root: Page) -> str | None:
        return root.counted_in or None

    @strawberry.field(description="On all pages, with the search; null when WITHHELD.")
    @staticmethod
    def total_count(root: Page) -> int | None:
        return root.total

    @strawberry.field(description="The comments.", graphql_type=list[WaveVerbatimEdge])
    @staticmethod
    def edges(root: Page) -> Sequence[Word]:
        return root.words

    @strawberry.field(description="Where this page stands.")
    @staticmethod
    def page_info(root: Page, info: Info) -> PageInfo:
        return page_info_of(
            root.words, partial(_cursor, info=info), more=root.more, is_later=root.is_later
        )


def status_number(*, is_released: bool) -> int:
    """The number of a WaveResultStatus."""
    return 1 if is_released else 2


async def list_words(
    info: Info, wanted: pb.ListWaveVerbatimsRequest, first: int | None, after: str | None
) -> PageOfWords:
    """A page of the comments that are wanted; `first` and `after` as of a connection."""
    page = page_request(info, LISTING, first, after)
    wanted.first, wanted.offset = page.first, int(page.after or 0)
    reply = await info.context.call(
        "employee_exp", info.context.clients.releases.ListWaveVerbatims, wanted
    )
    if not reply.released:
        return PageOfWords([], None, False, False, reply.counted_in, released=False)
    words = [Word(text, wanted.offset + n) for n, text in enumerate(reply.verbatims, start=1)]
    more = wanted.offset + len(words) < reply.total
    return PageOfWords(words, reply.total, more, wanted.offset > 0)
