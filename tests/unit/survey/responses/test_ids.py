"""Ids of responses: each form is told apart, and the keyed ones help nobody without the key."""

import random
from uuid import UUID, uuid4, uuid5

import pytest
from uuid_utils import uuid7

from services.kit.sealing.answer_receipts import answer_receipt
from services.survey.responses.correcting import is_receipt
from services.survey.responses.domain.ids import (
    import_id,
    is_import_id,
    read_id,
    row_id,
    shown_id,
)

KEY, OTHER = bytes(range(32)), bytes(32)


def test_an_imported_row_has_an_id_that_no_client_makes() -> None:
    made = {import_id(KEY, str(number)) for number in range(500)}

    assert len(made) == 500
    for response_id in made:
        assert read_id(response_id) == response_id
        assert is_import_id(response_id)
    assert not any(is_import_id(str(make())) for make in (uuid4, uuid7) for _ in range(500))
    assert not is_import_id(str(uuid5(UUID(int=0), "row")))


def test_the_id_of_a_row_is_the_same_each_time_and_depends_on_the_key() -> None:
    assert import_id(KEY, "a") == import_id(KEY, "a") == "ce3ed4f4-edff-838b-e9dc-10e66adadd7f"
    assert import_id(KEY, "a") != import_id(OTHER, "a")


def test_only_the_deployment_turns_a_row_of_an_export_back_into_its_response() -> None:
    dice = random.Random(4)
    ids = [str(UUID(int=dice.getrandbits(128))) for _ in range(500)]
    rows = [row_id(KEY, response_id) for response_id in ids]

    assert [shown_id(KEY, row) for row in rows] == ids
    assert len(set(rows)) == len(ids)
    assert not {row.replace("-", "") for row in ids} & set(rows)
    assert all(
        shown_id(OTHER, row) != response_id for row, response_id in zip(rows, ids, strict=True)
    )
    assert row_id(KEY, str(UUID(int=1))) == "161bc92b311ab734479510d5d1b3c913"


@pytest.mark.parametrize("text", ["", "x" * 32, "A" * 32, "a" * 31, "a" * 33, str(UUID(int=1))])
def test_what_is_no_row_shows_nothing(text: str) -> None:
    assert shown_id(KEY, text) is None


def test_an_imported_row_has_no_receipt() -> None:
    imported, sent = import_id(KEY, "a"), str(uuid4())

    assert is_receipt(KEY, sent, answer_receipt(KEY, sent))
    assert not is_receipt(KEY, imported, answer_receipt(KEY, imported))
