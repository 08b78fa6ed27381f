"""A rule as a condition of SQL. What a user wrote is in its parameters, never in its text.

Absent is NULL. A condition is true, false or NULL, and NULL counts as false; so whoever needs the truth itself asks
whether it IS TRUE, as `not` does.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from services.kit.logic.checked import Applied, Checked, Constant, Fact
from services.kit.logic.vocabulary import Kind
from services.profile.customers.domain.kinds import Kinds
from services.profile.customers.sealed_names import SealedNames
from services.profile.segments.rules.bounds import PRECISION, Bounds, bounds_of, constant, rounded

CONDITIONS: Final = frozenset(
    {"=", "!=", "<", "<=", ">", ">=", "in", "has", "and", "or", "not", "answered"}
)
COMPARED: Final = {"=": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
OVER: Final = {"sum": "sum(v)", "mean": "sum(v) / count(v)"}
NUMBER: Final = "double precision"
COLUMNS: Final = {"first_day": "summary.first_day", "identifiers": "summary.kinds"}
PURCHASES: Final = """
profile_purchase AS bought JOIN profile_customer_alias AS known ON known.id = bought.alias"""
WINDOW: Final = """
LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE bought.sign = 1) AS orders, sum(bought.sign * bought.cents) AS cents
    FROM {purchases} WHERE known.person = summary.person AND bought.local_day > {since}
) AS {name} ON true"""
WINDOWS: Final = """
LEFT JOIN (
    SELECT known.person, count(*) FILTER (WHERE bought.sign = 1) AS orders, sum(bought.sign * bought.cents) AS cents
    FROM {purchases} WHERE bought.local_day > {since} GROUP BY known.person
) AS {name} ON {name}.person = summary.person"""
BOUGHT: Final = """
(EXISTS (SELECT FROM {purchases}
    JOIN profile_purchase_line AS line ON (line.alias, line.at, line.mark) = (bought.alias, bought.at, bought.mark)
    WHERE known.person = summary.person AND bought.sign = 1 AND bought.local_day > {since} AND line.item = {item}))"""
CENTS: Final = Bounds(most=2.0**60, grain=PRECISION / 100)
SUMMARY: Final = "profile_customer_summary AS summary"
PERSON: Final = "summary.person"


@dataclass
class RuleConditions:
    """Conditions of one statement over `SUMMARY`, with the parameters that they share."""

    sealed: SealedNames
    kinds: Kinds
    today: int
    """The local day, since 1970-01-01."""
    for_few: bool = False
    """Asked of a few persons, and not of all."""
    joins: dict[int, str] = field(default_factory=dict)
    """What `SUMMARY` is joined with, by days of a window."""
    values: dict[str, Any] = field(default_factory=dict)

    def condition(self, rule: Checked) -> str:
        """What holds of whom the rule holds; Invalid where its numbers could leave the range."""
        return self._truth(rule)

    @property
    def source(self) -> str:
        """From what the conditions are asked."""
        return " ".join((SUMMARY, *self.joins.values()))

    def bind(self, value: object, type_: str) -> str:
        name = f"r{len(self.values)}"
        self.values[name] = value
        return f"CAST(:{name} AS {type_})"

    def _truth(self, node: Checked) -> str:
        if not (isinstance(node, Applied) and node.sign in CONDITIONS):
            return self._value(node)
        match node.sign:
            case "and" | "or":
                return f"({f' {node.sign.upper()} '.join(map(self._truth, node.parts))})"
            case "not":
                return f"({self._truth(node.parts[0])} IS NOT TRUE)"
            case "answered":
                return f"({self._value(node.parts[0])} IS NOT NULL)"
            case "in":
                sought, *listed = map(self._value, node.parts)
                return f"({sought} IN ({', '.join(listed)}))"
            case "has":
                return self._has(*node.parts)
        left, right = map(self._value, node.parts)
        return f"({left} {COMPARED[node.sign]} {right})"

    def _has(self, _: Checked, key: Checked) -> str:
        """Of kinds of identifiers: the only set that there is of a customer."""
        assert isinstance(key, Constant)
        kind = self.kinds.find(str(key.value))
        assert kind is not None
        return f"({self.bind(kind.number, 'smallint')} = ANY(summary.kinds))"

    def _value(self, node: Checked) -> str:
        if node.type.kind is Kind.NUMBER:
            return self._number(node)[0]
        match node:
            case Fact(("bought", str(item), int(days))):
                return self._bought(item, days)
            case Fact():
                return self._fact(node)
            case Constant():
                return self._constant(node)
            case Applied("default", parts):
                return f"coalesce({', '.join(map(self._value, parts))})"
            case Applied("if", (condition, then, other)):
                return (
                    f"(CASE WHEN {self._truth(condition)} THEN {self._value(then)}"
                    f" ELSE {self._value(other)} END)"
                )
        return f"({self._truth(node)} IS TRUE)"

    def _fact(self, fact: Fact) -> str:
        name = str(fact.ref[0])
        if name in COLUMNS:
            return COLUMNS[name]
        key = name if name in ("country", "language") else name.removeprefix("attribute.")
        return f"(summary.words ->> {self.bind(key, 'text')})"

    def _constant(self, node: Constant) -> str:
        if isinstance(node.value, bool):
            return "TRUE" if node.value else "FALSE"
        if isinstance(node.value, date):
            return self.bind(node.value, "date")
        text = str(node.value)
        is_word = node.type.kind is Kind.OPTION
        return self.bind(self.sealed.word(text) or text if is_word else text, "text")

    def _number(self, node: Checked) -> tuple[str, Bounds]:
        if isinstance(node, Constant):
            value = float(node.value)  # type: ignore[arg-type]  # of this kind it is a number
            return self.bind(value, NUMBER), constant(value)
        if isinstance(node, Fact):
            return self._in_window(node)
        assert isinstance(node, Applied)
        if node.sign in ("count", "length", "days"):
            return self._counted(node), Bounds()
        if node.sign == "if":
            condition, *branches = node.parts
            (then, a), (other, b) = map(self._number, branches)
            sql = f"(CASE WHEN {self._truth(condition)} THEN {then} ELSE {other} END)"
            return sql, bounds_of("if", [a, b])
        parts, bounds = zip(*map(self._number, node.parts), strict=True)
        if node.sign == "round":
            scale = 10.0**node.places
            by = self.bind(scale, NUMBER)
            return f"(floor({parts[0]} * {by} + 0.5) / {by})", rounded(bounds[0], scale)
        return _computed(node.sign, parts), bounds_of(node.sign, list(bounds))

    def _in_window(self, fact: Fact) -> tuple[str, Bounds]:
        """Orders, or what was spent in the one currency: purchases without what came back."""
        name, days = fact.ref
        assert isinstance(days, int)
        window = f"window_{days}"
        if days not in self.joins:
            since = self.bind(self.today - days, "int")
            join = WINDOW if self.for_few else WINDOWS
            self.joins[days] = join.format(purchases=PURCHASES, since=since, name=window)
        if name == "orders":
            return f"CAST(coalesce({window}.orders, 0) AS {NUMBER})", Bounds()
        return f"(CAST(coalesce({window}.cents, 0) AS {NUMBER}) / 100)", CENTS

    def _bought(self, item: str, days: int) -> str:
        since, named = self.bind(self.today - days, "int"), self.bind(item, "text")
        return BOUGHT.format(purchases=PURCHASES, since=since, item=named)

    def _counted(self, node: Applied) -> str:
        parts = list(map(self._value, node.parts))
        if node.sign == "count":
            return f"CAST(num_nonnulls({', '.join(parts)}) AS {NUMBER})"
        if node.sign == "length":
            return f"CAST(char_length({parts[0]}) AS {NUMBER})"
        return f"CAST({parts[1]} - {parts[0]} AS {NUMBER})"


def _computed(sign: str, parts: tuple[str, ...]) -> str:
    listed = ", ".join(parts)
    match sign:
        case "neg":
            return f"(- {parts[0]})"
        case "/":
            return f"({parts[0]} / nullif({parts[1]}, 0))"
        case "min" | "max":
            return f"{'least' if sign == 'min' else 'greatest'}({listed})"
        case "default":
            return f"coalesce({listed})"
        case "sum" | "mean":
            return f"(SELECT {OVER[sign]} FROM unnest(ARRAY[{listed}]) AS of (v))"
    return f"({parts[0]} {sign} {parts[1]})"
