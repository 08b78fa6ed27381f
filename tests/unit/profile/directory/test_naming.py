"""Keys as the organisation's own codes, and as they are made from names."""

import pytest

from services.kit.errors import Invalid
from services.profile.directory.domain.naming import check_key


@pytest.mark.parametrize(
    "key",
    [
        "a",
        "7",
        "north-west",
        "HQ_1.2",
        "a--b",
        "żółw",
        "東京",
        "ä" * 64,
        "health-partners-violet-melchett",
    ],
)
def test_letters_and_digits_of_any_script_make_a_key(key: str) -> None:
    check_key(key, "key")


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("", "KEY_MISSING"),
        ("a" * 65, "KEY_TOO_LONG"),
        *[
            (key, "KEY_MALFORMED")
            for key in ("-a", "a-", ".", "_", "a b", "a/b", "a\n", "a\0", "a%")
        ],
    ],
)
def test_anything_else_is_none(key: str, reason: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_key(key, "parent")

    assert (caught.value.reason, caught.value.field) == (reason, ("parent",))
