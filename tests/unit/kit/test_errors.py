"""What clients typed, as it is quoted in messages."""

from services.kit.errors import Invalid


def test_control_characters_are_not_quoted() -> None:
    typed = "a\x1b[31m\nERROR forged\u202e\x00"

    failure = Invalid(f"there is no department {typed}")

    assert failure.message == "there is no department a?[31m?ERROR forged??"
    assert str(failure) == failure.message


def test_other_letters_and_signs_are() -> None:
    typed = "Ķekava & Söhne \u2013 \u65e5\u672c 5 %"

    assert Invalid(typed).message == typed
