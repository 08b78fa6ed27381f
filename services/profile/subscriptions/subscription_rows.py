"""Rows of a file into subscriptions: by first day and end, or by how many months they lasted."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from services.kit.imports.cells import CellRefused, SheetColumns, quote
from services.kit.imports.dates import Calendar
from services.kit.imports.format.numbers import read_flag
from services.kit.imports.format.records import Row
from services.kit.imports.identity import Identities, row_name
from services.kit.imports.mapping import Mapping
from services.kit.imports.sections import MappingInvalid, fail
from services.profile.customers.domain.identifiers import Identifier
from services.profile.subscriptions.domain import SubscriptionItem

CUSTOMER_FIELDS: Final = {"customer": "CUSTOMER", "email": "EMAIL", "card": "CARD"}
"""Kinds of identifiers by field; the first that a row has names its customer."""
BY_DAYS: Final = ("started_on", "ended_on")
BY_TENURE: Final = ("tenure_months", "left")
MONTH_DAYS: Final = 30.4375
AMOUNT: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,10})?")
MONTHS: Final = re.compile(r"[0-9]{1,4}(\.[0-9]{1,10})?")


def check_subscriptions(mapping: Mapping) -> None:
    """MappingInvalid unless the fields of [columns] make a subscription."""
    columns = mapping.columns
    if not any(name in columns for name in CUSTOMER_FIELDS):
        names = ", ".join(f'"{name}"' for name in CUSTOMER_FIELDS)
        fail("[columns]", f"one of {names} is missing: a subscription is somebody's")
    if not mapping.has("department"):
        fail("[columns]", '"department" is missing; name it here or in [defaults]')
    for name in ("plan", "monthly"):
        if not mapping.has(name):
            fail("[columns]", f'"{name}" is missing; name it here or in [defaults]')
    by_days = [name for name in BY_DAYS if name in columns]
    by_tenure = [name for name in BY_TENURE if name in columns]
    if by_days and by_tenure:
        fail("[columns]", f"{by_tenure[0]} cannot be used together with {by_days[0]}")
    if not by_tenure and "started_on" not in columns:
        fail("[columns]", '"started_on" is missing (or "tenure_months" and "left")')
    if by_tenure and len(by_tenure) < len(BY_TENURE):
        fail("[columns]", '"tenure_months" and "left" are needed together; one is missing')
    if bool(by_tenure) != ("observed_on" in mapping.moments):
        message = "is missing" if by_tenure else "belongs to tenure_months and left"
        fail("[defaults]", f'"observed_on" {message}: the day at which the months were counted')


class SubscriptionRows:
    """Reads a row into a subscription; a blank cell says nothing."""

    def __init__(self, mapping: Mapping, columns: SheetColumns, calendar: Calendar) -> None:
        self.columns = columns
        self.calendar = calendar
        self.customers = [name for name in CUSTOMER_FIELDS if name in mapping.columns]
        self.identities = Identities(columns)
        self.observed_on = _observed_on(mapping, calendar)

    def read(self, row: Row) -> SubscriptionItem:
        """CellRefused for what is no subscription."""
        self.columns.check_width(row)
        identity = self.identities.of(row)
        named = identity if self.identities.by_id else row_name("subscriptions", identity)
        started_on, ended_on = self._days(row)
        return SubscriptionItem(
            named,
            self._customer(row),
            self.columns.cell(row, "department"),
            started_on,
            ended_on,
            (self.columns.cell(row, "reason") or "") if ended_on else "",
            self.columns.needed(row, "plan"),
            self._cents(row),
            self._day(row, "contract_ends_on"),
            self.columns.cell(row, "source") or "",
        )

    def column_of(self, field: Sequence[str], item: SubscriptionItem) -> str:
        """The column behind a field of a subscription."""
        name = field[0] if field else ""
        if name == "customer" and item.customer is not None:
            kind = item.customer.kind
            name = next((n for n in self.customers if CUSTOMER_FIELDS[n] == kind), "")
        if name == "monthly_cents":
            name = "monthly"
        if name in BY_DAYS and self.observed_on is not None:
            name = "tenure_months"
        return self.columns.label(name)

    def _customer(self, row: Row) -> Identifier:
        for name in self.customers:
            if (cell := self.columns.cell(row, name)) is not None:
                return Identifier(CUSTOMER_FIELDS[name], cell)
        label = self.columns.label(self.customers[0])
        raise CellRefused(label, "CELL_EMPTY", "the row has nothing by which its customer is known")

    def _days(self, row: Row) -> tuple[date, date | None]:
        if self.observed_on is not None:
            return self._by_tenure(row, self.observed_on)
        self.columns.needed(row, "started_on")
        started_on = self._day(row, "started_on")
        assert started_on is not None
        return started_on, self._day(row, "ended_on")

    def _by_tenure(self, row: Row, observed_on: date) -> tuple[date, date | None]:
        """It began so many months of 30.4375 days before; who left was there a day at least, until `observed_on`."""
        column, cell = (
            self.columns.label("tenure_months"),
            self.columns.needed(row, "tenure_months"),
        )
        number = self.columns.numbers.text(cell)
        if not MONTHS.fullmatch(number):
            advice = self.columns.numbers.advice(cell)
            message = f"{quote(cell)} is no number of months, like 7 or 7.03{advice}"
            raise CellRefused(column, "NOT_A_NUMBER", message)
        days = round(float(number) * MONTH_DAYS)
        cell = self.columns.needed(row, "left")
        left = read_flag(cell)
        if left is None:
            message = f"{quote(cell)} is none of 1/0, true/false, yes/no"
            raise CellRefused(self.columns.label("left"), "NOT_A_FLAG", message)
        started_on = observed_on - timedelta(days=max(days, 1) if left else days)
        return started_on, observed_on if left else None

    def _day(self, row: Row, field: str) -> date | None:
        cell = self.columns.cell(row, field)
        if cell is None:
            return None
        try:
            return self.calendar.day(cell)
        except ValueError as error:
            label = self.columns.label(field)
            raise CellRefused(label, "DATE_UNREADABLE", f"{quote(cell)} {error}") from error

    def _cents(self, row: Row) -> int:
        """In cents of the organisation's currency, half a cent upwards."""
        cell = self.columns.needed(row, "monthly")
        number = self.columns.numbers.text(cell)
        if not AMOUNT.fullmatch(number):
            advice = self.columns.numbers.advice(cell)
            message = f"{quote(cell)} is no amount, like 12.50{advice}"
            raise CellRefused(self.columns.label("monthly"), "AMOUNT", message)
        return int((Decimal(number) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def _observed_on(mapping: Mapping, calendar: Calendar) -> date | None:
    moment = mapping.moments.get("observed_on")
    try:
        return None if moment is None else calendar.day(moment)
    except ValueError as error:
        raise MappingInvalid(f'[defaults] observed_on: "{moment}" {error}') from error
