"""What is sealed tells nothing, and opens for one key and one thing only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.errors import Invalid
from services.kit.sealing.seal import OVERHEAD, Seal, Unopened, length_class

SEAL = Seal(bytes(range(32)))


@given(st.binary(max_size=200))
def test_content_comes_back_and_its_length_does_not_show(content: bytes) -> None:
    sealed = SEAL.seal(content, 200, b"wave")

    assert len(sealed) == 200 + OVERHEAD
    assert SEAL.open(sealed, b"wave") == content


def test_equal_content_is_never_sealed_alike() -> None:
    assert SEAL.seal(b"5", 16, b"wave") != SEAL.seal(b"5", 16, b"wave")


def test_more_than_fits_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        SEAL.seal(b"x" * 17, 16, b"wave")
    assert refused.value.reason == "TOO_LONG"


def test_another_key_another_thing_and_a_changed_bit_open_nothing() -> None:
    sealed = SEAL.seal(b"answer", 16, b"wave 1")

    for other, content, about in [
        (Seal(bytes(32)), sealed, b"wave 1"),
        (SEAL, sealed, b"wave 2"),
        (SEAL, sealed[:-1] + bytes([sealed[-1] ^ 1]), b"wave 1"),
        (SEAL, b"\x02" + sealed[1:], b"wave 1"),
        (SEAL, sealed[:20], b"wave 1"),
        (SEAL, b"", b"wave 1"),
    ]:
        with pytest.raises(Unopened) as refused:
            other.open(content, about)
        assert refused.value.reason == "SEAL_BROKEN"


def test_lengths_come_in_classes() -> None:
    assert [length_class(size, 512) for size in (0, 512, 513, 1025)] == [512, 512, 1024, 2048]
