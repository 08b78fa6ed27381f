"""The fixed set of questions to the public API, and how two sets of answers are compared."""

import csv
import math
from typing import Any

import httpx

from services.survey.responses.domain.ids import read_id, row_id
from tests.support.platform import Running

Answers = dict[str, Any]

DEPARTMENTS = ("root", "field", "north", "south", "riga", "valmiera", "liepaja", "care", "calls")
PERIODS = {
    "all": ("2025-09-01", "2026-11-01"),
    "spring": ("2026-02-10", "2026-05-20"),
    "month": ("2026-03-01", "2026-04-01"),
}
METRICS = (
    "nps",
    "csat",
    "ces",
    "turnoverRate",
    "inShop",
    "inShop@1",
    "likedShop",
    "stars",
    "effort",
)
DIMENSIONS = ("CHILD_DEPARTMENT", "TOUCHPOINT", "STAGE", "CHANNEL", "SEGMENT", "SURVEY", "LANGUAGE")
VALUE = "status value base interval { low high level method }"
WHOLE = f"""{VALUE} secondary secondaryInterval {{ low high }} metric {{ key version }}
  distribution {{ value label count }}
  change {{ delta interval {{ low high method }} pValue adjustedPValue verdict }}"""
CARD = """query ($d: String!, $p: PeriodInput!, $t: TreeReading!, $o: PeriodInput, $f: ScoreFilter) {
  department(key: $d) { scorecard(period: $p, tree: $t, compareTo: $o, filter: $f) { %s } } }"""
BEFORE = ("2025-09-01", "2026-02-10")  # what spring is compared with
FILTERS = ({"segment": "gold"}, {"touchpoint": "shop", "language": "lv"}, {"channel": "PHONE"})
TEXTS = "texts { language text }"
LISTS = {
    "departments": """{ departments(first: 20) { totalCount edges { node { id key name parent { key }
      ancestors { key } touchpoints(first: 5) { edges { node { key } } } } } } }""",
    "touchpoints": """{ organization { id key name children { totalCount } } viewer { timeZone }
      departments(first: 20) { edges { node { key touchpoints(first: 5) { edges { node {
        id key name channel stage department { key } } } } } } } }""",
    "surveys": f"""{{ surveys(first: 10) {{ totalCount edges {{ node {{ id key title {TEXTS} state public
      inScorecard version language opensAt closesAt department {{ key }} }} }} }} }}""",
    "questions": f"""{{ survey(key: "every") {{ questions {{ key kind text {TEXTS} dontKnow
      scale {{ low high }} options {{ key text {TEXTS} }} }} }} }}""",
    "metrics": """{ metricDefinitions(allVersions: true) { key version name unit higherIsBetter formula
      denominator minimumBase builtIn secondary } }""",
    "closed": """{ departments(first: 20, closed: true) { edges { node { key name formerNames closedFrom
      mergedInto { key } touchpoints(first: 5) { edges { node { key } } } } } } }""",
    "offers": """{ surveys(first: 10) { edges { node { key dailyLimit
      offers { departments { key } touchpoints { key } } } } } }""",
    "rights": """{ grants(first: 10) { edges { node { subject role department from to } } }
      users(first: 10) { edges { node { subject name email language } } } }""",
    "waves": f"""{{ waves(first: 10) {{ edges {{ node {{ key state imported kind name names {{ language text }} k
      language languages departments dimensions openedAt closedAt releasedAt closedEarlyBecause invited linksSent
      linksSpent questions {{ key kind text {TEXTS} }}
      report {{ answered departments released cuts dropped cells lost }} }} }} }} }}""",
}
STAFF = ("enps", "engagement", "participationRate", "burnout")
WAVES = ("pulse", "before")
STAFF_DAYS = ("2025-01-01", "2028-12-31")  # of waves: they are closed when the data are made
WAVE_SCORES = "scores { statistic status countedIn base value interval { low high } }"


def ask(platform: Running, new_columns: frozenset[str] = frozenset()) -> Answers:
    """Every answer, by the name of its question; exports without columns that another release did not have."""
    found: Answers = {name: platform.ask(document) for name, document in LISTS.items()}
    for department in DEPARTMENTS:
        for tree in ("TODAY", "AS_IT_WAS"):
            found |= cards(platform, department, tree)
    found |= _series(platform)
    found |= _staff(platform)
    days = _period(PERIODS["all"])
    for department, interval in (("root", "MONTH"), ("north", "QUARTER")):
        query = {"department": department, **days}
        for survey in ("every", "public"):
            rows = _export(platform, "responses", query | {"survey": survey}, new_columns)
            found[f"responses of {survey} in {department}"] = rows
        for tree in ("TODAY", "AS_IT_WAS"):
            asked = query | {"tree": tree, "interval": interval}
            rows = _export(platform, "scores", asked, new_columns)
            found[f"scores of {department} by {interval} {tree}"] = rows
    return found


def cards(platform: Running, department: str, tree: str) -> Answers:
    """Scorecards of a department over every period, by the name of the question."""
    whole = " ".join(f'm{n}: score(metric: "{key}") {{ {WHOLE} }}' for n, key in enumerate(METRICS))
    found: Answers = {}
    for name, period in PERIODS.items():
        other = BEFORE if name == "spring" else None
        asked = {"d": department, "t": tree, "p": _period(period), "o": other and _period(other)}
        card = platform.ask(CARD % f"movesInPeriod {whole}", asked)
        found[f"card of {department} {name} {tree}"] = card
    return found


def _series(platform: Running) -> Answers:
    """Breakdowns by everything, trends by every interval, and scores under filters."""
    groups = " ".join(
        f"{by}: breakdown(by: {by}) {{ key label score {{ {VALUE} }} }}" for by in DIMENSIONS
    )
    trends = " ".join(
        f"{by}: trend(interval: {by}) {{ from to {VALUE} }}" for by in ("WEEK", "MONTH", "QUARTER")
    )
    values = " ".join(
        f'm{n}: score(metric: "{key}") {{ {VALUE} }}' for n, key in enumerate(METRICS)
    )
    found: Answers = {}
    for department in ("root", "south"):
        for tree in ("TODAY", "AS_IT_WAS"):
            asked = {"d": department, "t": tree, "p": _period(PERIODS["all"])}
            for metric in ("nps", "likedShop"):
                one = f'score(metric: "{metric}") {{ {groups} {trends} }}'
                found[f"series of {department} {metric} {tree}"] = platform.ask(CARD % one, asked)
            for kept in FILTERS:
                name = f"filtered {department} {tree} {kept}"
                found[name] = platform.ask(CARD % values, {**asked, "f": kept})
    return found


def _staff(platform: Running) -> Answers:
    """What is public of waves, by department, by a dimension and in words; and beside customers."""
    values = " ".join(f'm{n}: score(metric: "{key}") {{ {VALUE} }}' for n, key in enumerate(STAFF))
    found: Answers = {}
    for department in DEPARTMENTS:
        asked = {"d": department, "t": "TODAY", "p": _period(STAFF_DAYS)}
        found[f"staff card of {department}"] = platform.ask(CARD % values, asked)
        for wave in WAVES:
            own = f"""breakdown(department: "{department}", dimension: "contract") {{ status
              categories {{ name {WAVE_SCORES} }} }}"""
            asks = f"""{{ wave(key: "{wave}") {{ results(department: "{department}") {{ status countedIn
              dimensions {WAVE_SCORES} verbatimCounts {{ question count }} }}
              {own if wave == WAVES[0] else ""} }} }}"""
            found[f"{wave} of {department}"] = platform.ask(asks)
    words = platform.ask(
        """{ wave(key: "pulse") { results(department: "root") { verbatims(question: "better", first: 100) {
          edges { node { text } } } } } }"""
    )
    found["words of pulse"] = words
    return found


def _period(days: tuple[str, str]) -> dict[str, str]:
    return {"from": days[0], "to": days[1]}


def _export(
    platform: Running, kind: str, query: dict[str, str], new_columns: frozenset[str]
) -> list[list[str]]:
    """The header and the rows of an exported CSV file, without new columns; the order of rows is not promised."""
    reply = httpx.get(
        f"{platform.url}/exports/{kind}",
        params=query,
        headers={"Authorization": f"Bearer {platform.token('admin')}"},
        trust_env=False,
        verify=False,
        timeout=30,
    )
    assert reply.status_code == httpx.codes.OK, reply.text
    header, *rows = csv.reader(reply.text.splitlines())
    places = [place for place, name in enumerate(header) if name not in new_columns]
    return [[row[place] for place in places] for row in (header, *sorted(rows))]


def with_row_ids(answers: Answers, key: bytes) -> Answers:
    """Answers of a version whose exports still showed the ids of responses, with row ids in their place."""
    found = dict(answers)
    for name in (name for name in answers if name.startswith("responses of ")):
        header, *rows = answers[name]
        shown = [[row_id(key, row[0]) if read_id(row[0]) else row[0], *row[1:]] for row in rows]
        found[name] = [header, *sorted(shown)]
    return found


def without_metrics(answers: Any, keys: frozenset[str]) -> Any:
    """Answers without some metrics: neither listed nor exported, nor tested for a change beside the others."""
    if isinstance(answers, dict):
        kept = answers.keys() - ({"adjustedPValue", "verdict"} if keys else set())
        return {key: without_metrics(answers[key], keys) for key in answers if key in kept}
    if isinstance(answers, list):
        return [without_metrics(item, keys) for item in answers if not _is_about(item, keys)]
    return answers


def _is_about(item: Any, keys: frozenset[str]) -> bool:
    """Whether an entry of a list defines one of these metrics, or a row of a file is a score of one."""
    if isinstance(item, dict):
        return "formula" in item and item["key"] in keys
    return isinstance(item, list) and not keys.isdisjoint(item)


def differences(before: Any, now: Any, at: str = "") -> list[str]:
    """Where two answers differ: another shape, another text, or a number by more than rounding."""
    if isinstance(before, dict) and isinstance(now, dict) and before.keys() == now.keys():
        return [d for key in before for d in differences(before[key], now[key], f"{at}/{key}")]
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        pairs = enumerate(zip(before, now, strict=True))
        return [d for place, pair in pairs for d in differences(*pair, f"{at}/{place}")]
    return [] if _same(before, now) else [f"{at}: {before!r} is now {now!r}"]


def _same(before: Any, now: Any) -> bool:
    if before == now:
        return type(before) is type(now) or isinstance(before, float | int)
    try:
        return math.isclose(float(before), float(now), rel_tol=1e-9)
    except (TypeError, ValueError):
        return False
