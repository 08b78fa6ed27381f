"""Identifiers are written in one way, and what stands for nobody is none."""

import pytest

from services.kit.errors import Invalid
from services.kit.sealing.customer_refs import customer_ref, identifier_ref
from services.profile.customers.domain.identifiers import Identifier, normalised
from services.profile.customers.domain.kinds import IdentifierKind, Kinds

KINDS = Kinds([IdentifierKind(101, "LOYALTY", is_unique=True, name="Loyalty app")])


def value_of(kind: str, value: str, country: str = "LV") -> str:
    return normalised(Identifier(kind, value), KINDS, country).value


def reason_of(kind: str, value: str, country: str = "LV") -> str:
    with pytest.raises(Invalid) as refused:
        normalised(Identifier(kind, value), KINDS, country)
    assert value not in refused.value.message or len(value) < 4
    return refused.value.reason


@pytest.mark.parametrize(
    ("kind", "sent", "kept"),
    [
        ("EMAIL", " Ilze.Berzina+shop@Example.COM ", "ilze.berzina+shop@example.com"),
        ("EMAIL", "I\u0304lze@example.com", "\u012blze@example.com"),
        ("EMAIL", "ilze@xn--bcher-kva.example", "ilze@bücher.example"),
        ("PHONE", "20 000 001", "+37120000001"),
        ("PHONE", "+371 20-000-001", "+37120000001"),
        ("PHONE", "0037120000001", "+37120000001"),
        ("CARD", "4711 0815 ", "47110815"),
        ("CUSTOMER", " C-1\u00a0", "C-1"),
        ("CUSTOMER", "c-1", "c-1"),
        ("CUSTOMER", "11", "11"),
        ("CUSTOMER", "222", "222"),
        ("ACCOUNT", "LV80 BANK", "LV80 BANK"),
        ("LOYALTY", "x1", "x1"),
    ],
)
def test_an_identifier_is_kept_in_one_way(kind: str, sent: str, kept: str) -> None:
    assert value_of(kind, sent) == kept


@pytest.mark.parametrize(
    "value",
    [
        "null",
        "None",
        "ANONYMOUS",
        "invalid",
        "test",
        "N/A",
        "n/a",
        "-",
        "0",
        "000",
        "1111",
        "99-99",
        "unknown",
    ],
)
@pytest.mark.parametrize("kind", ["CUSTOMER", "CARD", "EMAIL", "PHONE", "LOYALTY"])
def test_what_stands_for_nobody_is_no_identifier(kind: str, value: str) -> None:
    assert reason_of(kind, value) == "NOT_AN_IDENTIFIER"


def test_an_address_of_nobody_and_a_number_of_one_digit_are_none() -> None:
    assert reason_of("EMAIL", "none@shop.lv") == "NOT_AN_IDENTIFIER"
    assert reason_of("EMAIL", "noreply@shop.lv") == "NOT_AN_IDENTIFIER"
    assert reason_of("PHONE", "+37100000000") == "NOT_AN_IDENTIFIER"
    assert value_of("EMAIL", "info@shop.lv") == "info@shop.lv"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("EMAIL", "anna"),
        ("EMAIL", "anna@"),
        ("EMAIL", "a b@example.com"),
        ("EMAIL", "x" * 250 + "@x.lv"),
        ("PHONE", "call me"),
        ("PHONE", "12"),
        ("PHONE", "+371 20000001 ext. 5"),
        ("CUSTOMER", ""),
        ("CUSTOMER", "  "),
        ("CUSTOMER", "x" * 257),
        ("CUSTOMER", "a\nb"),
        ("CUSTOMER", "a\0b"),
    ],
)
def test_what_is_none_of_its_kind_is_refused(kind: str, value: str) -> None:
    assert reason_of(kind, value) == "IDENTIFIER"


def test_a_number_without_a_prefix_needs_a_country() -> None:
    assert reason_of("PHONE", "26123456", "") == "IDENTIFIER"
    assert value_of("PHONE", "+37120000001", "") == "+37120000001"


def test_an_unknown_kind_is_refused() -> None:
    assert reason_of("FAX", "C-12345") == "UNKNOWN_KIND"


def test_refs_are_keyed_by_kind_and_those_of_customers_are_surveys() -> None:
    key = b"k" * 32

    assert identifier_ref(key, "CUSTOMER", "C-1") == customer_ref(key, "C-1")
    refs = {identifier_ref(key, kind, "C-1") for kind in ("CUSTOMER", "CARD", "EMAIL", "LOYALTY")}
    assert len(refs) == 4
    assert {len(ref) for ref in refs} == {16}
    assert identifier_ref(b"o" * 32, "CARD", "C-1") not in refs


def test_nothing_shows_a_value_by_accident() -> None:
    sent = Identifier("EMAIL", "ilze@example.com")

    assert "ilze" not in repr(sent) + repr(normalised(sent, KINDS, ""))
