"""Sites: web pages of the organisation that send what visitors do."""

from typing import Any

import strawberry

from gateway.graph.base.identifiers import instant_of
from gateway.graph.base.scalars import DateTime


@strawberry.type(description="Web pages that send what visitors do to POST /t.")
class Site:
    key: str = strawberry.field(description="Stands in its pages, for everybody to read.")
    name: str = strawberry.field(description="For people.")
    origins: list[str] = strawberry.field(
        description="As https://shop.example; pages of others are not answered."
    )
    departments: list[str] = strawberry.field(
        description="Keys; for these and all under them facts are taken."
    )
    facts_a_minute: int = strawberry.field(description="Taken of one address, 1 to 10,000.")
    paused: bool = strawberry.field(description="Whether nothing is taken.")
    secrets: int = strawberry.field(
        description="How many of its secrets hold: 2 while one is replaced."
    )
    rotated_at: DateTime = strawberry.field(description="When the newest secret was made.")


def site_of(stored: Any) -> Site:
    """As profile tells it; never a secret."""
    site = stored.site
    return Site(
        key=stored.key,
        name=site.name,
        origins=list(site.origins),
        departments=list(site.departments),
        facts_a_minute=site.facts_a_minute,
        paused=site.paused,
        secrets=stored.secrets,
        rotated_at=instant_of(stored.rotated_at),
    )
