"""Relay connections over pages of protobuf messages: an edge is the message itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Protocol, TypeVar

import strawberry

from gateway.graph.base.selection import selected_fields
from gateway.request.budget import DEFAULT_PAGE, LARGEST_PAGE
from gateway.request.compiled.readers import at_once
from gateway.request.context import Context, Info
from services.kit.errors import Broken, Invalid

First = Annotated[
    int | None, strawberry.argument(description="How many, 1 to 100; 50 when not given.")
]
After = Annotated[
    str | None, strawberry.argument(description="A cursor of this list, made for this viewer.")
]


class Keyed(Protocol):
    """A message whose list is ordered by key."""

    @property
    def key(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, as the service answered."""

    listing: str
    items: Sequence[Keyed]
    more: bool
    total: int | None  # set when totalCount was selected
    is_later: bool  # there are items before it


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="There is a page after this one.")
    has_previous_page: bool = strawberry.field(description="The page was asked for with `after`.")
    start_cursor: str | None = strawberry.field(
        description="Cursor of the first edge; null on an empty page."
    )
    end_cursor: str | None = strawberry.field(
        description="Cursor of the last edge, for `after`; null on an empty page."
    )


T = TypeVar("T")


def _node(root: strawberry.Parent[Any]) -> Any:
    return root


def _cursor_of(item: Any, context: Context) -> str:
    return context.cursor(type(item).__name__, item.key)


def _cursor(root: strawberry.Parent[Any], info: Info) -> str:
    return _cursor_of(root, info.context)


def page_info_of(
    items: Sequence[T], cursor: Callable[[T], str], *, more: bool, is_later: bool
) -> PageInfo:
    """Where a page of these items stands; `cursor`: that of an item, made of the first and the last."""
    return PageInfo(
        has_next_page=more,
        has_previous_page=is_later,
        start_cursor=cursor(items[0]) if items else None,
        end_cursor=cursor(items[-1]) if items else None,
    )


def _page_info_of(page: Page, context: Context) -> PageInfo:
    def cursor(item: Keyed) -> str:
        return context.cursor(page.listing, item.key)

    return page_info_of(page.items, cursor, more=page.more, is_later=page.is_later)


@strawberry.type(description="One item of a page.")
class Edge(Generic[T]):
    node: T = strawberry.field(resolver=_node, description="The item.")
    cursor: str = strawberry.field(
        resolver=_cursor,
        description="Opaque place of the item; useless to another viewer.",
        metadata=at_once(_cursor_of),
    )


def _edges(root: strawberry.Parent[Page]) -> Any:
    return root.items


@strawberry.type(description="One page of a list, ordered by key.")
class Connection(Generic[T]):
    edges: list[Edge[T]] = strawberry.field(resolver=_edges, description="The items, by key.")

    @strawberry.field(description="Where this page stands.", metadata=at_once(_page_info_of))
    @staticmethod
    def page_info(root: strawberry.Parent[Page], info: Info) -> PageInfo:
        return _page_info_of(root, info.context)

    @strawberry.field(
        description="Items on all pages the viewer may see; counted only when selected."
    )
    @staticmethod
    def total_count(root: strawberry.Parent[Page]) -> int:
        if root.total is None:
            raise Broken("the list was not counted")
        return root.total


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What a client asks of a list."""

    first: int
    after: str  # key; empty: from the start
    count: bool


def page_request(info: Info, listing: str, first: int | None, after: str | None) -> PageRequest:
    """Checked arguments of a connection; Invalid for a size out of range or a foreign cursor."""
    size = DEFAULT_PAGE if first is None or first is strawberry.UNSET else first
    if not 1 <= size <= LARGEST_PAGE:
        raise Invalid("first must be 1 to 100", reason="PAGE_SIZE", field=["first"])
    key = info.context.open_cursor(listing, after) if after else ""
    return PageRequest(size, key, "totalCount" in selected_fields(info._raw_info))
