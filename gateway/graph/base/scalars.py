"""Scalars of the public schema."""

import re
from datetime import date
from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # fromisoformat takes weeks too
MOST_CENTS = 10**14

DateTime = NewType("DateTime", str)
"""An instant exactly as the client wrote it: the survey service checks it, and hashes it as it was sent."""

Cents = NewType("Cents", int)
"""An amount in cents: GraphQL's Int ends at 21 million euros."""


def _parse_date(value: Any) -> date:
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise GraphQLError(f"there is no such date: {error}") from error
    raise GraphQLError("a Date is written YYYY-MM-DD, e.g. 2026-11-21")


def _parse_instant(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise GraphQLError("a DateTime is written as a string, e.g. 2026-11-21T09:30:00Z")


def _parse_cents(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < MOST_CENTS:
        return value
    raise GraphQLError("Cents are a whole number of at most 14 digits, e.g. 1250")


DATE = strawberry.scalar(
    name="Date",
    description="ISO 8601 calendar date, YYYY-MM-DD, in the organisation's time zone.",
    specified_by_url="https://scalars.graphql.org/andimarek/local-date.html",
    serialize=date.isoformat,
    parse_value=_parse_date,
)
DATE_TIME = strawberry.scalar(
    name="DateTime",
    description="RFC 3339 instant, e.g. 2026-11-21T09:30:00Z.",
    specified_by_url="https://scalars.graphql.org/andimarek/date-time.html",
    serialize=str,
    parse_value=_parse_instant,
)
CENTS = strawberry.scalar(
    name="Cents",
    description="A whole number of cents of the organisation's currency, as a JSON number of up to 14 digits.",
    serialize=int,
    parse_value=_parse_cents,
)
SCALARS: dict[object, ScalarDefinition] = {date: DATE, DateTime: DATE_TIME, Cents: CENTS}
