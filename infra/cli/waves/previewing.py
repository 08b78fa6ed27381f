"""What a draft would come to, in sentences."""

from collections.abc import Iterator
from typing import Final

from infra.client.api import Json

PREVIEW = """preview @include(if: $isPreviewed) { people reachable departments shown
  dimensions { name categories cuts cutsIfGiven unknown } withOtherK { k shown } }"""
"""Fields of a wave, for the sentences, in a query that has the variable."""
SMALLEST_SHARED: Final = 10
"""People in a group that sees answers to a single question, also in a cut, or comments."""
SMALLEST_SENSITIVE: Final = 20
"""People in a group that sees a question of the kind sensitive."""
FEWEST_ITEMS: Final = 3
"""Questions of agreement in a wave whose engagement is shown to groups of fewer than SMALLEST_SHARED."""


def preview_sentences(preview: Json) -> Iterator[str]:
    """Who would be asked and what would be shown; then what should be mended before the wave opens."""
    yield (
        f"{preview['people']} people would be asked, {preview['reachable']} of them have an e-mail address. "
        f"With 75 % taking part, {preview['shown']} of {preview['departments']} departments would see results."
    )
    yield (
        f"Groups of k people, but fewer than {SMALLEST_SHARED}, see at most participation and engagement (of "
        f"{FEWEST_ITEMS} questions of agreement or more); all else takes {SMALLEST_SHARED} people, a sensitive "
        f"question {SMALLEST_SENSITIVE}, or k where that is more."
    )
    if others := [f"{other['shown']} with k {other['k']}" for other in preview["withOtherK"]]:
        yield f"With another k it would be {', '.join(others)}."
    for each in preview["dimensions"]:
        yield f"By {each['name']}: groups: {each['categories']}; departments that would be shown by it: {each['cuts']}"
        yield from _warnings(each)
    if silent := preview["people"] - preview["reachable"]:
        yield f"warning: without an e-mail address nobody gets a link: {silent} of those people"


def _warnings(dimension: Json) -> Iterator[str]:
    name = dimension["name"]
    if dimension["unknown"]:
        yield (
            f"warning: nobody who would be asked has a {name}: look how it is spelt, or record it before the wave opens"
        )
    elif dimension["categories"] == 1:
        yield f"warning: everybody has the same {name}: nothing can be shown by it"
    if dimension["cutsIfGiven"] > dimension["cuts"]:
        yield (
            f"warning: a few people have no {name}. They are too few to be shown, and could be worked out beside the "
            f"others. Record it for them before the wave opens: then departments shown by it would be "
            f"{dimension['cutsIfGiven']}"
        )
