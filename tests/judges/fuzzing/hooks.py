"""What schemathesis sends for scalars of our own."""

from datetime import UTC, date, datetime

import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes

LAST = date(2026, 1, 1), date(2027, 12, 31)
DAYS = st.one_of(st.dates(*LAST), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
INSTANTS = st.one_of(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    st.datetimes(timezones=st.just(UTC)),
)

CENTS = st.integers(0, 10**6)

schemathesis.graphql.scalar("Date", DAYS.map(date.isoformat).map(nodes.String))
schemathesis.graphql.scalar("Cents", CENTS.map(nodes.Int))
schemathesis.graphql.scalar("DateTime", INSTANTS.map(datetime.isoformat).map(nodes.String))
