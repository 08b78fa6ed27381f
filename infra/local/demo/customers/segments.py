"""Four segments: three of which a customer has the first that holds, and one that stands by itself."""

from typing import Any, Final

SEGMENTS: Final[tuple[dict[str, Any], ...]] = (
    {
        "key": "business",
        "name": "Business customers",
        "rule": 'attribute.plan = "Business"',
        "place": 1,
    },
    {
        "key": "web-shop",
        "name": "Customers with an account of the web shop",
        "rule": 'identifiers has "ACCOUNT"',
        "place": 2,
    },
    {
        "key": "baltic-families",
        "name": "Families in the Baltic states",
        "rule": 'country in ("LV", "LT") and attribute.plan in ("Family", "Fibre")',
        "place": 3,
    },
    {
        "key": "mail-only",
        "name": "Reached by e-mail alone",
        "rule": 'identifiers has "EMAIL" and not (identifiers has "PHONE")',
    },
)
"""Inputs of upsertSegment."""
