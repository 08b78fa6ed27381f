"""How the facts of one commit are packed into envelopes."""

from collections.abc import Iterator, Sequence

MOST_RESPONSES = 1_000
MOST_BYTES = 512 * 1024


def packed(facts: Sequence[bytes], *, overhead: int = 16) -> Iterator[list[bytes]]:
    """The facts in order, in as few envelopes as their limits allow; `overhead` is the envelope's own bytes."""
    envelope: list[bytes] = []
    size = overhead
    for fact in facts:
        if envelope and (len(envelope) == MOST_RESPONSES or size + len(fact) > MOST_BYTES):
            yield envelope
            envelope, size = [], overhead
        envelope.append(fact)
        size += len(fact)
    if envelope:
        yield envelope
