"""Who the customers are: 20,000 with a number of their own, some known by more, a few links that wait to be settled."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from infra.local.demo import languages
from infra.local.demo.responses import CUSTOMERS
from services.kit.clock import instant_text

COUNT: Final = 20_000
"""The first `responses.CUSTOMERS` of them answer."""
BATCH: Final = 500
"""Customers of a call: its body must not be larger than 256 KiB."""
YEARS: Final = 4
WITH_ACCOUNT: Final = 600
"""Of them are doubles: an account of the web shop came later, by the e-mail address that was known."""
FAMILIES: Final = 7
"""Pairs of customers with one e-mail address: each pair is a conflict."""
COUNTRIES: Final = {"en": "IE", "lv": "LV", "lt": "LT", "sl": "SI", "mk": "MK"}
PHONES: Final = {"IE": "+35385", "LV": "+3712", "LT": "+3706", "SI": "+38640", "MK": "+38970"}
DIGITS: Final = {"IE": 7, "LV": 7, "LT": 7, "SI": 6, "MK": 6}
PLANS: Final = ("Solo", "Family", "Fibre", "Business")


def customers(seed: int, until: datetime) -> Iterator[dict[str, Any]]:
    """The inputs of upsertCustomers, those who answer first; doubles and families at the end.

    Seen for the first time in the YEARS before an instant.
    """
    source = random.Random(f"{seed}/customers")
    assert CUSTOMERS < COUNT
    for number in range(COUNT):
        seen = until - timedelta(days=source.randrange(1, YEARS * 365))
        yield {**_customer(source, number), "firstSeen": instant_text(seen)}
    for number in source.sample(range(FAMILIES * 2, COUNT), WITH_ACCOUNT):
        account = {"kind": "ACCOUNT", "value": f"shop-{number:05}"}
        yield _said([account, _mail(number)], "webshop")
    for number in range(0, FAMILIES * 2, 2):
        yield _said([_own(number + 1), _mail(number)], "call centre")


def _customer(source: random.Random, number: int) -> dict[str, Any]:
    language = languages.language(source)
    country = COUNTRIES[language]
    identifiers = [_own(number), _mail(number)]
    if source.random() < 0.6:
        digits = f"{number:0{DIGITS[country]}}"  # no two have one number
        identifiers.append({"kind": "PHONE", "value": PHONES[country] + digits})
    if source.random() < 0.4:
        identifiers.append({"kind": "CARD", "value": f"9{number:05}{source.randrange(10**6):06}"})
    attributes = {"country": country, "language": language, "plan": source.choice(PLANS)}
    return {**_said(identifiers, "crm"), "attributes": _attributes(attributes)}


def _said(identifiers: list[dict[str, str]], by: str) -> dict[str, Any]:
    return {"identifiers": identifiers, "source": by}


def _own(number: int) -> dict[str, str]:
    return {"kind": "CUSTOMER", "value": f"C{number:05}"}


def _mail(number: int) -> dict[str, str]:
    return {"kind": "EMAIL", "value": f"c{number:05}@mail.example"}


def _attributes(values: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in values.items()]
