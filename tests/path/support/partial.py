"""A screen that needs every service, and what of it is missing without each."""

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import httpx

from tests.path.support.pulse import PERIOD
from tests.support.harm import process_of
from tests.support.platform import Running, eventually

SCREEN: Final = """query ($period: PeriodInput!) {
  department(key: "billing") {
    name
    parent { key }
    ancestors { key }
    touchpoints { edges { node { key } } }
    filterValues { stages }
    scorecard(period: $period) {
      completeness { measured }
      nps { value base explanation { formula } responses(first: 1) { edges { node { day } } } }
      csat { status base }
      enps { status }
      engagement { status }
      participationRate { status }
      turnoverRate { status }
    }
    alerts { edges { node { id } } }
    verbatims(period: $period) { edges { node { text } } }
    targets { value }
  }
  surveys { edges { node { key } } }
  waves { edges { node { key } } }
  metricDefinitions { key }
  viewer { subject departments { key } }
}"""
MISSING: Final[Mapping[str, set[str]]] = {
    "profile": {"department", "viewer.departments"},
    "survey": {"surveys", "department.verbatims", "department.scorecard.nps.responses"},
    "metrics": {
        "metricDefinitions",
        "department.filterValues",
        "department.scorecard",
        "department.alerts",
        "department.targets",
    },
    "employee_exp": {"waves"},
}
"""What each service alone can answer; `department` is profile's, so nothing of it is there without."""
BACK_SECONDS: Final = 60.0


def screen(platform: Running) -> dict[str, Any]:
    reply = httpx.post(
        f"{platform.url}/graphql",
        json={"query": SCREEN, "variables": {"period": PERIOD}},
        headers={"Authorization": f"Bearer {platform.token('admin')}"},
        trust_env=False,
        timeout=30,
    )
    body: dict[str, Any] = reply.json()
    return body


@contextmanager
def without(platform: Running, service: str) -> Iterator[None]:
    """All are there, then one is killed, and nobody starts it again meanwhile."""
    eventually(lambda: "errors" not in screen(platform), seconds=BACK_SECONDS)
    os.kill(platform.process.pid, signal.SIGSTOP)
    try:
        victim = process_of(platform, f"services.{service}.main")
        assert victim is not None
        os.kill(victim, signal.SIGKILL)
        yield
    finally:
        os.kill(platform.process.pid, signal.SIGCONT)


def cut(data: Any, places: set[str], at: str = "") -> Any:
    """The same with null at these places."""
    if at in places:
        return None
    if not isinstance(data, dict):
        return data
    return {key: cut(value, places, f"{at}.{key}".lstrip(".")) for key, value in data.items()}
