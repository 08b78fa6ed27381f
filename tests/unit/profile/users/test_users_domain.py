"""What may be said of a user, and what saying it again changes."""

import pytest

from services.profile.users.domain import User, UserItem, claimed, upsert_users

ANN = UserItem("oidc:ann", "Ann", "ann@example.org", "de")


def test_what_is_absent_stays_and_what_is_empty_is_taken_away() -> None:
    known = {"oidc:ann": User("oidc:ann", "Ann", "ann@example.org", "de")}
    said = UserItem("oidc:ann", None, "", "pt-BR")

    changed = upsert_users(known, {"oidc:ann"}, [said]).changed
    again = upsert_users(known, {"oidc:ann"}, [ANN, UserItem("oidc:ann", "Ann")])

    assert changed == (User("oidc:ann", "Ann", "", "pt-BR"),)
    assert again.changed == ()
    assert [o.refusal.reason if o.refusal else "" for o in again.outcomes] == ["", "REPEATED"]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (ANN._replace(subject="oidc:eve"), "NOT_GRANTED"),
        (ANN._replace(name="x" * 201), "INVALID_NAME"),
        (ANN._replace(name="a\nb"), "INVALID_NAME"),
        (ANN._replace(name=" Ann"), "INVALID_NAME"),
        (ANN._replace(email="ann"), "INVALID_EMAIL"),
        (ANN._replace(email="ann@example"), "INVALID_EMAIL"),
        (ANN._replace(email="ann@example.org\nbcc: eve@example.org"), "INVALID_EMAIL"),
        (ANN._replace(email="a\0nn@example.org"), "INVALID_EMAIL"),
        (ANN._replace(email="ann@elpmaxe\u202e.org"), "INVALID_EMAIL"),
        (ANN._replace(email="Ann <ann@example.org>"), "INVALID_EMAIL"),
        (ANN._replace(email=f"ann@{'x' * 250}.org"), "INVALID_EMAIL"),
        (ANN._replace(language="German"), "INVALID_LANGUAGE"),
    ],
)
def test_what_cannot_be_kept_says_what_would_be_right(item: UserItem, reason: str) -> None:
    (outcome,) = upsert_users({}, {"oidc:ann"}, [item]).outcomes

    assert outcome.refusal is not None
    assert outcome.refusal.reason == reason


def test_of_a_provider_what_is_malformed_counts_as_absent() -> None:
    assert claimed(UserItem("a", "x" * 300, "none", "en_US")) == UserItem("a", language="en-US")
    assert claimed(UserItem("a", "", "", "")) == UserItem("a")
    assert claimed(ANN) == ANN
