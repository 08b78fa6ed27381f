"""What a page sends of a visitor, and who has signed it."""

import hmac
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from gateway.calls.visitors.facts import item_of
from gateway.visitors.sent import SignedCustomer, check_signature, read_sent
from services.kit.errors import Denied, Invalid

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
DEVICE = "d" * 20
FACT = {"kind": "VIEWED", "id": "1", "at": "2026-03-01T08:59:00Z"}
SECRET, OLD = b"s" * 32, b"o" * 32


def read(opts_out: bool = False, **sent: Any) -> Any:
    body = json.dumps({"facts": [FACT], **sent}).encode()
    return read_sent(body, NOW, opts_out=opts_out)


def test_a_browser_is_known_again_only_with_consent_and_never_against_its_wish() -> None:
    assert read(device=DEVICE, consent=True).device == DEVICE
    assert read(device=DEVICE).device == ""
    assert read(device=DEVICE, consent="yes").device == ""
    assert read(opts_out=True, device=DEVICE, consent=True).device == ""


@pytest.mark.parametrize(
    "at", ["2026-03-01T08:59:00Z", "2026-03-01 09:59:00+01:00", "20260301T085900.000Z"]
)
def test_an_instant_is_the_same_however_it_is_written(at: str) -> None:
    (fact,) = read(facts=[{**FACT, "at": at}]).facts

    assert item_of("site", None, fact).at.ToJsonString() == "2026-03-01T08:59:00Z"


@pytest.mark.parametrize(
    ("sent", "reason", "field"),
    [
        ({"facts": []}, "FACTS", ["facts"]),
        ({"facts": [FACT] * 51}, "FACTS", ["facts"]),
        ({"facts": ["x"]}, "FACT", ["facts", "0"]),
        ({"facts": [{**FACT, "name": "Ilze"}]}, "UNKNOWN_FIELD", ["facts", "0", "name"]),
        ({"facts": [{**FACT, "kind": ""}]}, "REQUIRED", ["facts", "0", "kind"]),
        ({"facts": [{**FACT, "id": 7}]}, "TEXT", ["facts", "0", "id"]),
        ({"facts": [{**FACT, "at": "now"}]}, "INVALID_INSTANT", ["facts", "0", "at"]),
        (
            {"facts": [{**FACT, "at": "2026-03-01T08:59:00"}]},
            "INVALID_INSTANT",
            ["facts", "0", "at"],
        ),
        ({"facts": [{**FACT, "at": "2026-02-01T08:59:00Z"}]}, "DAYS", ["facts", "0", "at"]),
        ({"facts": [{**FACT, "at": "2026-03-01T10:59:00Z"}]}, "DAYS", ["facts", "0", "at"]),
        ({"facts": [{**FACT, "details": [1]}]}, "DETAILS", ["facts", "0", "details"]),
        ({"facts": [{**FACT, "details": {"a": 1}}]}, "TEXT", ["facts", "0", "details", "a"]),
        ({"device": "short"}, "DEVICE", ["device"]),
        ({"customer": "C-1"}, "CUSTOMER", ["customer"]),
        ({"customer": {"id": "C-1", "expires": True, "signature": ""}}, "CUSTOMER", ["customer"]),
        ({"other": 1}, "UNKNOWN_FIELD", ["other"]),
    ],
)
def test_what_is_wrong_is_refused_with_its_path(
    sent: dict[str, Any], reason: str, field: list[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        read(**sent)

    assert (refused.value.reason, list(refused.value.field)) == (reason, field)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"1"])
def test_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(Invalid):
        read_sent(body, NOW, opts_out=False)


def signed(id_: str, secret: bytes, seconds: int = 60) -> SignedCustomer:
    expires = int((NOW + timedelta(seconds=seconds)).timestamp())
    said = f"{id_}\n{expires}".encode()
    return SignedCustomer(id_, expires, hmac.new(secret, said, sha256).hexdigest())


def test_two_secrets_hold_while_one_is_replaced_and_no_third() -> None:
    for secret in (SECRET, OLD):
        check_signature(signed("C-1", secret), (SECRET, OLD), NOW)
    for wrong in (
        signed("C-1", b"x" * 32),
        SignedCustomer("C-2", signed("C-1", SECRET).expires, signed("C-1", SECRET).signature),
        SignedCustomer("C-1", signed("C-1", SECRET).expires + 1, signed("C-1", SECRET).signature),
        SignedCustomer("C-1", signed("C-1", SECRET).expires, "é"),
    ):
        with pytest.raises(Denied) as refused:
            check_signature(wrong, (SECRET, OLD), NOW)
        assert refused.value.reason == "SIGNATURE"


def test_what_was_signed_expires() -> None:
    with pytest.raises(Denied) as refused:
        check_signature(signed("C-1", SECRET, seconds=0), (SECRET,), NOW)

    assert refused.value.reason == "EXPIRED"
