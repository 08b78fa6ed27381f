"""Numbers of a wave as people read them, with their units."""

from typing import Final

from infra.client.api import Json

UNITS: Final = {
    "enps": "points, -100 to 100",
    "engagement": "agree, over all such questions",
    "burnout": "points, 0 to 100, high is bad",
    "participationRate": "of those who were asked",
    "AGREEMENT": "agree",
    "SENSITIVE": "say yes",
}
"""Of what a number is, by statistic or by kind of question."""
IN_POINTS: Final = ("enps", "burnout")
REMARKS: Final = {
    "OK": "",
    "LOW_BASE": "small base: rank nothing by it",
    "INSUFFICIENT_BASE": "too few people for this number",
    "NO_DATA": "no answers",
    "WITHHELD": "withheld",
}
NOT_IN_FILE: Final = "not in the file"
"""Of a wave that was imported: nothing of it was withheld here."""
ENDS: Final = {None: "", "AT_MOST": " or less", "AT_LEAST": " or more"}
SIGNS: Final = {None: "=", "AT_MOST": "<=", "AT_LEAST": ">="}


def unit_of(score: Json) -> str:
    """What the number is of; shares are percents of people."""
    kind = score["question"]["kind"] if score["question"] else ""
    return UNITS.get(score["statistic"], UNITS.get(kind, ""))


def value_text(score: Json) -> str:
    """To a tenth, of shares in percent; empty where there is none."""
    value: float | None = score["value"]
    if value is None:
        return ""
    return f"{value:.1f}" if score["statistic"] in IN_POINTS else percent(value)


def interval_text(score: Json) -> str:
    """In the unit of the value."""
    interval = score["interval"]
    if interval is None:
        return ""
    low, high = (_scaled(score, interval[end]) for end in ("low", "high"))
    return f"{low:.1f} to {high:.1f}"


def change_text(score: Json) -> str:
    """In points, of shares in percentage points, with what it says."""
    change = score.get("change")
    if change is None:
        return ""
    return f"{_scaled(score, change['delta']):+.1f} ({change['verdict'].lower()})"


def bands_text(score: Json) -> str:
    """Shares of groups of answers; one at an end is a bound."""
    return ", ".join(
        f"{band['name']} {percent(band['share'])}{ENDS[band['end']]}" for band in score["bands"]
    )


def bands_for_programs(score: Json) -> str:
    """The same as shares, with the sign of a bound: `favourable>=0.9`."""
    return " ".join(f"{band['name']}{SIGNS[band['end']]}{band['share']}" for band in score["bands"])


def remark_text(score: Json, *, is_imported: bool = False) -> str:
    """Why there is no number, or how far to trust it."""
    status: str = score["status"]
    is_absent = is_imported and status == "WITHHELD"
    remark = NOT_IN_FILE if is_absent else REMARKS.get(status, status.lower())
    return remark + counted_in(score)


def counted_in(found: Json) -> str:
    """Where what is withheld is counted; empty of what is not withheld."""
    if found["status"] != "WITHHELD":
        return ""
    above = found["countedIn"]
    return f", counted in {above}" if above else ", counted in no department that is shown"


def percent(share: float) -> str:
    """To a tenth."""
    return f"{100 * share:.1f} %"


def _scaled(score: Json, value: float) -> float:
    return value if score["statistic"] in IN_POINTS else 100 * value
