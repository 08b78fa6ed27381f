"""The servers of a URL, and the user that is shown to all of them."""

import pytest

from services.kit.events.nats import servers


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("nats://a:1", {"servers": ["nats://a:1"], "token": None}),
        ("nats://t@a:1", {"servers": ["nats://t@a:1"], "token": "t"}),
        (
            "nats://u:p,q@a:1,nats://u:p,q@b:2",
            {
                "servers": ["nats://u:p,q@a:1", "nats://u:p,q@b:2"],
                "user": "u",
                "password": "p,q",
            },
        ),
    ],
)
def test_every_node_is_shown_the_user_of_the_first(url: str, expected: dict[str, object]) -> None:
    assert servers(url) == expected
