"""How the facts of one commit are packed into envelopes."""

from collections.abc import Iterator, Sequence

MOST_RESPONSES = 1_000
MOST_BYTES = 512 * 1024


def packed(sizes: Sequence[int], *, overhead: int = 16) -> Iterator[slice]:
    """Facts of these sizes, in order, in as few envelopes as may be; `overhead`: the bytes of an envelope itself."""
    start, size = 0, overhead
    for end, fact in enumerate(sizes):
        if end > start and (end - start == MOST_RESPONSES or size + fact > MOST_BYTES):
            yield slice(start, end)
            start, size = end, overhead
        size += fact
    if sizes:
        yield slice(start, len(sizes))
