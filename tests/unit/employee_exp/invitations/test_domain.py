"""Links, and when a mail is tried again."""

from datetime import UTC, datetime, timedelta

from services.employee_exp.invitations.domain import link_hash, new_token, next_attempt
from services.kit.clock import new_id

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def test_a_token_is_the_same_again_and_another_for_anybody_else() -> None:
    wave, employee, key = new_id(), new_id(), bytes(32)
    token = new_token(key, wave, employee)

    assert token == new_token(key, wave, employee)
    others = {
        new_token(key, new_id(), employee),
        new_token(key, wave, new_id()),
        new_token(key, employee, wave),
        new_token(bytes(31) + b"1", wave, employee),
    }
    assert token not in others
    assert len({link_hash(each) for each in (token, *others)}) == 5


def test_a_token_is_43_signs_that_an_address_holds_as_they_are() -> None:
    token = new_token(bytes(32), new_id(), new_id())

    assert len(token) == 43
    assert token.replace("-", "").replace("_", "").isalnum()


def test_a_mail_is_tried_after_1_5_30_minutes_2_and_8_hours_and_then_given_up() -> None:
    tried = [next_attempt(attempts, NOW) for attempts in range(1, 7)]

    assert tried == [
        *(NOW + timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480)),
        None,
    ]
