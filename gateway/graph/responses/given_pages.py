"""Pages of responses and of comments, which may end before they are full."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import strawberry

from cxm.survey.v1 import reading_pb2 as pb
from gateway.calls.days import date_of
from gateway.graph.base.paging import PageInfo
from gateway.graph.responses.given import GivenResponse, Verbatim
from gateway.request.context import Info


@dataclass(frozen=True, slots=True)
class Read:
    """One page as the service answered."""

    listing: str
    items: Sequence[Any]
    next: pb.ReadingPlace | None
    total: int | None
    looked_back_to_day: int | None
    is_later: bool

    def cursor(self, info: Info, place: pb.ReadingPlace) -> str:
        return info.context.cursor(self.listing, f"{place.at} {place.position} {place.row}")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a page, and the page."""

    page: Read
    message: Any


@strawberry.interface(description="A page, the newest first.")
class ReadPage:
    @strawberry.field(
        description="Where this page stands. A page may be shorter than `first`, or empty, with another behind it: "
        "`lookedBackTo` then says how far was looked."
    )
    @staticmethod
    def page_info(root: strawberry.Parent[Read], info: Info) -> PageInfo:
        places = [item.context.place for item in (*root.items[:1], *root.items[-1:])]
        end = root.next or (places[-1] if places else None)
        return PageInfo(
            has_next_page=root.next is not None,
            has_previous_page=root.is_later,
            start_cursor=root.cursor(info, places[0]) if places else None,
            end_cursor=root.cursor(info, end) if end else None,
        )

    @strawberry.field(
        description="On all pages; counted only when selected. Null for a search, which is looked for page by page."
    )
    @staticmethod
    def total_count(root: strawberry.Parent[Read]) -> int | None:
        return root.total

    @strawberry.field(
        description="Set where looking through a long time ended before the page was full: the day it came to. What "
        "is older stands on the pages after it. Null where the page is full, or nothing is older."
    )
    @staticmethod
    def looked_back_to(root: strawberry.Parent[Read]) -> date | None:
        return None if root.looked_back_to_day is None else date_of(root.looked_back_to_day)


def _edges(root: Read) -> list[Item]:
    return [Item(root, message) for message in root.items]


def _cursor(root: strawberry.Parent[Item], info: Info) -> str:
    return root.page.cursor(info, root.message.context.place)


CURSOR = "Opaque place of the item; useless to another viewer."


@strawberry.type(description="One response of a page.")
class GivenResponseEdge:
    cursor: str = strawberry.field(resolver=_cursor, description=CURSOR)

    @strawberry.field(description="The response.", graphql_type=GivenResponse)
    @staticmethod
    def node(root: strawberry.Parent[Item]) -> Any:
        return root.message


@strawberry.type(description="Responses, the newest first.")
class GivenResponseConnection(ReadPage):
    @strawberry.field(description="The responses.", graphql_type=list[GivenResponseEdge])
    @staticmethod
    def edges(root: strawberry.Parent[Read]) -> Any:
        return _edges(root)

    @classmethod
    def is_type_of(cls, obj: object, _info: object) -> bool:
        return isinstance(obj, Read)


@strawberry.type(description="One comment of a page.")
class VerbatimEdge:
    cursor: str = strawberry.field(resolver=_cursor, description=CURSOR)

    @strawberry.field(description="The comment.", graphql_type=Verbatim)
    @staticmethod
    def node(root: strawberry.Parent[Item]) -> Any:
        return root.message


@strawberry.type(description="Comments, the newest first.")
class VerbatimConnection(ReadPage):
    @strawberry.field(description="The comments.", graphql_type=list[VerbatimEdge])
    @staticmethod
    def edges(root: strawberry.Parent[Read]) -> Any:
        return _edges(root)

    @classmethod
    def is_type_of(cls, obj: object, _info: object) -> bool:
        return isinstance(obj, Read)
