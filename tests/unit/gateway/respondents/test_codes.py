"""Codes that people write down."""

from uuid import UUID

import pytest

from gateway.respondents.codes import LENGTH, new_code, proof_of, read_code, shown


def test_a_code_is_read_as_people_type_it() -> None:
    code = new_code()

    assert len(code) == LENGTH
    for typed in (shown(code), shown(code).lower(), f" {code} ", shown(code).replace("-", " – ")):
        assert read_code(typed) == code
    assert read_code("O123-4567-89AB-CDEF-GHJl") == "0123456789ABCDEFGHJ1"


@pytest.mark.parametrize("typed", ["", "0123", "U" * LENGTH, "0" * (LENGTH + 1), "é" * LENGTH])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_id_and_secret_are_the_same_each_time_and_tell_nothing_of_each_other() -> None:
    first, again, other = (proof_of(code) for code in ("0" * LENGTH, "0" * LENGTH, "1" * LENGTH))

    assert first == again
    assert first.id != other.id
    assert UUID(first.id).version == 4
    assert first.secret not in first.id.replace("-", "")
