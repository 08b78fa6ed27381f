"""What of a wave is public, read through the API; where there is nothing, why."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from infra.cli.options import instant
from infra.cli.waves import numbers
from infra.client.api import Api, Json
from infra.client.problem import Problem

WAVE: Final = """query ($key: String!) { wave(key: $key) {
  key name state imported closesAt closedAt dimensions questions { key kind text } } }"""
_SCORE: Final = """statistic question { kind } status value base countedIn interval { low high method }
  bands { name share end } alpha"""
RESULTS: Final = f"""query ($key: String!, $department: String!, $compareTo: String, $by: String!, $isCut: Boolean!) {{
  department(key: $department) {{ key name }}
  wave(key: $key) {{
    results(department: $department, compareTo: $compareTo) {{ status countedIn dimensions
      verbatimCounts {{ question count }}
      scores {{ {_SCORE} change {{ delta interval {{ low high }} verdict }} }} }}
    breakdown(department: $department, dimension: $by) @include(if: $isCut) {{ status
      categories {{ name scores {{ {_SCORE} }} }} }} }} }}"""
COMMENTS: Final = """query ($key: String!, $department: String!, $question: String!, $after: String) {
  wave(key: $key) { results(department: $department) {
    verbatims(question: $question, first: 100, after: $after) { status countedIn
      edges { node { text } } pageInfo { hasNextPage endCursor } } } } }"""
DEPARTMENTS: Final = """query ($after: String) { departments(first: 100, after: $after) {
  edges { node { key } } pageInfo { hasNextPage endCursor } } }"""
NOT_YET: Final = {
    "DRAFT": "it is a draft, and was not opened yet",
    "OPEN": "it is open until {closesAt}. They are released once, after it has closed",
    "CLOSED": "it closed at {closedAt}, and they are being computed. Try again in a minute",
}
"""Why a wave has no results, by its state."""


@dataclass(frozen=True, slots=True)
class DepartmentResults:
    """What the API says of one department; `breakdown` None: it was not asked for."""

    key: str
    name: str
    found: Json
    breakdown: Json | None = None


@dataclass(frozen=True, slots=True)
class WaveReader:
    """A released wave, as one viewer sees it. `by`: a dimension that it declared."""

    api: Api
    wave: Json
    compare_to: str | None = None
    by: str | None = None

    @property
    def key(self) -> str:
        """Of the wave."""
        key: str = self.wave["key"]
        return key

    @property
    def withheld(self) -> str:
        """Why a department has no results of its own."""
        return numbers.NOT_IN_FILE if self.wave["imported"] else "withheld to protect people"

    @property
    def texts(self) -> list[str]:
        """Keys of the questions that are answered in words."""
        return [each["key"] for each in self.wave["questions"] if each["kind"] == "TEXT"]

    def departments(self) -> Iterator[DepartmentResults]:
        """All that the viewer sees and the wave asked."""
        after = None
        while True:
            page = self.api.query(DEPARTMENTS, {"after": after})["departments"]
            if page is None:
                raise Problem("the departments cannot be read now: their service does not answer")
            for edge in page["edges"]:
                _, results = self._ask(edge["node"]["key"])
                if results is not None:
                    yield results
            if not page["pageInfo"]["hasNextPage"]:
                return
            after = page["pageInfo"]["endCursor"]

    def department(self, key: str) -> DepartmentResults:
        """Problem where there are none, with the reason."""
        is_there, results = self._ask(key)
        if not is_there:
            raise Problem(f"there is no department {key}, or it is not yours to see")
        if results is None:
            raise Problem(f"the wave {self.key} did not ask the department {key}")
        return results

    def comments(self, department: str, question: str) -> Iterator[Json]:
        """Pages of what was written to a question."""
        asked = {"key": self.key, "department": department, "question": question}
        after = None
        while True:
            found = self.api.query(COMMENTS, asked | {"after": after})["wave"]["results"]
            page: Json = found["verbatims"]
            if page is None:
                raise Problem("comments cannot be read now: their service does not answer")
            yield page
            if not page["pageInfo"]["hasNextPage"]:
                return
            after = page["pageInfo"]["endCursor"]

    def _ask(self, department: str) -> tuple[bool, DepartmentResults | None]:
        """Whether there is such a department, and what is said of it."""
        asked = {
            "key": self.key,
            "department": department,
            "compareTo": self.compare_to,
            "by": self.by or "",
            "isCut": self.by is not None,
        }
        data = self.api.query(RESULTS, asked)
        found, wave = data["department"], data["wave"]
        if found is None or wave is None or wave["results"] is None:
            return found is not None, None
        results = DepartmentResults(
            found["key"], found["name"], wave["results"], wave.get("breakdown")
        )
        return True, results


def find_released(
    api: Api, key: str, compare_to: str | None = None, by: str | None = None
) -> WaveReader:
    """Problem for a wave that is unknown, or not released yet, and for a dimension that it did not declare."""
    wave = _find(api, key)
    if by is not None and by not in wave["dimensions"]:
        declared = ", ".join(wave["dimensions"]) or "none"
        raise Problem(
            f"{key} cannot be shown by {by}; its dimensions were declared before it opened: {declared}"
        )
    if compare_to is not None:
        _find(api, compare_to)
    return WaveReader(api, wave, compare_to, by)


def _find(api: Api, key: str) -> Json:
    wave: Json | None = api.query(WAVE, {"key": key})["wave"]
    if wave is None:
        raise Problem(f"there is no wave {key}: `cxm waves list` has all")
    if wave["state"] in NOT_YET:
        times = {name: instant(wave[name]) for name in ("closesAt", "closedAt")}
        raise Problem(f"{key} has no results yet: {NOT_YET[wave['state']].format_map(times)}")
    return wave
