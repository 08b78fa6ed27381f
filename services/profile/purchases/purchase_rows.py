"""Rows of a file into lines of receipts."""

import re
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from services.kit.imports.cells import CellRefused, SheetColumns, quote
from services.kit.imports.dates import Calendar
from services.kit.imports.format.numbers import read_flag
from services.kit.imports.format.records import Row
from services.kit.imports.identity import Identities, row_name
from services.kit.imports.mapping import Mapping
from services.kit.imports.sections import Section, describe, fail
from services.profile.customers.domain.identifiers import Identifier
from services.profile.purchases.domain import MOST_CENTS, PurchaseItem, PurchaseLine
from services.profile.purchases.receipts import ReceiptRow

CUSTOMER_FIELDS: Final = {"customer": "CUSTOMER", "email": "EMAIL", "card": "CARD"}
"""Kinds of identifiers by field; the first that a row has names its customer."""
TEXTS: Final = ("source", "touchpoint", "channel", "place", "payment", "receipt", "return_of")
CURRENCY: Final = re.compile(r"[A-Z]{3}")
NUMBER: Final = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")
CENT: Final = Decimal(1)
MOST_RATES: Final = 100


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a currency was in the organisation's, as it was written: `[rates] USD = "0.92"`."""

    name: str
    written: object
    columns: Dict[str, str | int] = field(default_factory=dict)
    """None: a rate is of the whole file."""

    @property
    def value(self) -> Decimal:
        return Decimal(str(self.written))

    def check(self) -> None:
        """MappingInvalid for what is no rate."""
        if not CURRENCY.fullmatch(self.name):
            fail(f"[rates] {self.name}", "is no currency; write it like USD")
        is_number = isinstance(self.written, int | float | str) and self.written is not True
        if not is_number or not NUMBER.fullmatch(str(self.written)) or self.value <= 0:
            message = f"must be a number above 0 like 0.92, not {describe(self.written)}"
            fail(f"[rates] {self.name}", message)


def read_rates(section: Section) -> tuple[Rate, ...]:
    """Of the table [rates], not checked yet."""
    return tuple(Rate(name, written) for name, written in section.values.items())


def check_purchases(mapping: Mapping) -> None:
    """MappingInvalid unless the fields of [columns] make a purchase."""
    columns = mapping.columns
    if "occurred_at" not in columns:
        fail("[columns]", '"occurred_at" is missing')
    if not (mapping.has("department") or mapping.has("touchpoint")):
        fail(
            "[columns]",
            '"department" is missing, or "touchpoint"; name one here or in [defaults]',
        )
    if "amount" not in columns and "price" not in columns:
        fail("[columns]", '"amount" is missing, or "price" of one piece')
    if "amount" in columns and "price" in columns:
        fail("[columns]", "amount cannot be used together with price")
    if len(mapping.subtables) > MOST_RATES:
        fail("[rates]", f"names {len(mapping.subtables):,} currencies; at most {MOST_RATES} can be")
    for rate in mapping.subtables:
        rate.check()
    if "return_of" in columns and not has_ids(mapping):
        fail("[columns]", '"id" is missing: by it "return_of" finds the purchase')


def has_ids(mapping: Mapping) -> bool:
    """Whether rows say which receipt they are of."""
    return "id" in mapping.columns or "receipt" in mapping.columns


class PurchaseRows:
    """`currency`: that of the organisation. A blank cell says nothing."""

    def __init__(
        self, mapping: Mapping, columns: SheetColumns, calendar: Calendar, currency: str
    ) -> None:
        self.columns = columns
        self.calendar = calendar
        self.currency = currency
        self.rates: dict[str, Decimal] = {rate.name: rate.value for rate in mapping.subtables}
        self.customers = [name for name in CUSTOMER_FIELDS if name in mapping.columns]
        self.texts = [name for name in TEXTS if mapping.has(name)]
        self.amount = "amount" if "amount" in mapping.columns else "price"
        self.id_field = next((n for n in ("id", "receipt") if n in mapping.columns), "")
        self.identities = Identities(columns)

    def id_of(self, row: Row) -> str:
        """Which receipt a row is of; without a column, the row itself."""
        self.columns.check_width(row)
        if self.id_field:
            return self.columns.needed(row, self.id_field)
        return row_name("purchases", self.identities.of(row))

    def read(self, row: Row, id_: str) -> ReceiptRow:
        """What a row says; CellRefused for an amount that is none."""
        purchase = self._purchase(row, id_)
        quantity = self._number(row, "quantity", Decimal(1))
        discount = self._number(row, "discount", Decimal(0))
        amount = self._number(row, self.amount)
        if self.amount == "price":
            amount = quantity * amount - discount
        cents, item = self._cents(row, self.amount, amount), self.columns.cell(row, "item")
        if item is None:
            return ReceiptRow(purchase, cents, float(quantity), None)
        off = abs(self._cents(row, "discount", discount))
        line = PurchaseLine(item, abs(float(quantity)), cents, off)
        return ReceiptRow(purchase, cents, float(quantity), line)

    def _purchase(self, row: Row, id_: str) -> PurchaseItem:
        """Without amount and lines."""
        said = {name: self.columns.cell(row, name) or "" for name in self.texts}
        return PurchaseItem(
            id_,
            self._at(row),
            0,
            said.get("source", ""),
            self._customer(row),
            return_of=said.get("return_of", ""),
            touchpoint=said.get("touchpoint", ""),
            department=self.columns.cell(row, "department"),
            channel=said.get("channel", ""),
            payment=said.get("payment", ""),
            place=said.get("place", ""),
            card_used=self._card_used(row),
            receipt=said.get("receipt", ""),
        )

    def column_of(self, field: Sequence[str], item: PurchaseItem) -> str:
        """The column behind a field of a purchase."""
        match list(field):
            case ["cents", *_]:
                return self.columns.label(self.amount)
            case ["customer", *_] if item.customer is not None:
                kind = item.customer.kind
                names = (n for n in self.customers if CUSTOMER_FIELDS[n] == kind)
                return self.columns.label(next(names, ""))
            case ["lines", _, "quantity", *_]:
                return self.columns.label("quantity")
            case ["lines", _, "discount_cents", *_]:
                return self.columns.label("discount")
            case ["lines", *_]:
                return self.columns.label("item")
            case [name, *_]:
                return self.columns.label(name)
        return ""

    def _at(self, row: Row) -> datetime:
        cell = self.columns.needed(row, "occurred_at")
        try:
            return datetime.fromisoformat(self.calendar.instant(cell))
        except ValueError as error:
            label = self.columns.label("occurred_at")
            raise CellRefused(label, "DATE_UNREADABLE", f"{quote(cell)} {error}") from error

    def _customer(self, row: Row) -> Identifier | None:
        for name in self.customers:
            if (cell := self.columns.cell(row, name)) is not None:
                return Identifier(CUSTOMER_FIELDS[name], cell)
        return None

    def _card_used(self, row: Row) -> bool | None:
        """Where no column says it, a loyalty card that is named was shown."""
        if "card_used" not in self.columns.fields:
            is_named = "card" in self.customers
            return self.columns.cell(row, "card") is not None if is_named else None
        if (cell := self.columns.cell(row, "card_used")) is None:
            return None
        used = read_flag(cell)
        if used is None:
            message = f"{quote(cell)} is none of 1/0, true/false, yes/no"
            raise CellRefused(self.columns.label("card_used"), "NOT_A_FLAG", message)
        return used

    def _number(self, row: Row, field: str, otherwise: Decimal | None = None) -> Decimal:
        cell = self.columns.cell(row, field)
        if cell is None and otherwise is not None:
            return otherwise
        if cell is None:
            cell = self.columns.needed(row, field)
        number = self.columns.numbers.text(cell)
        if not NUMBER.fullmatch(number):
            advice = self.columns.numbers.advice(cell)
            message = f"{quote(cell)} is no number, like 12.50{advice}"
            raise CellRefused(self.columns.label(field), "AMOUNT", message)
        return Decimal(number)

    def _cents(self, row: Row, field: str, amount: Decimal) -> int:
        """In cents of the organisation's currency, half a cent upwards."""
        cents = amount * self._rate(row) * 100
        if abs(cents) > MOST_CENTS:
            message = f"a row has at most {MOST_CENTS:,} cents, after quantity and rate"
            raise CellRefused(self.columns.label(field), "AMOUNT", message)
        return int(cents.quantize(CENT, ROUND_HALF_UP))

    def _rate(self, row: Row) -> Decimal:
        currency = (self.columns.cell(row, "currency") or self.currency).upper()
        if currency == self.currency:
            return Decimal(1)
        if currency not in self.rates:
            message = (
                f"amounts are in {self.currency}: say in the mapping what one {quote(currency)} was,"
                ' like [rates] USD = "0.92"'
            )
            raise CellRefused(self.columns.label("currency"), "NO_RATE", message)
        return self.rates[currency]
