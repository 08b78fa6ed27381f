"""What tests ask of a platform on the data of a release."""

from tests.support.platform import Running, cxm
from tests.upgrade.support.filling import SUBMIT, Json, must

NPS = """{ department(key: "root") { scorecard(period: {from: "2025-09-01", to: "2026-11-01"}) {
  nps { base value } } } }"""


def nps(platform: Running) -> tuple[int, float]:
    """Of all that `filling` brought in, and what came after."""
    score = platform.ask(NPS)["department"]["scorecard"]["nps"]
    return score["base"], score["value"]


def submit(platform: Running, response: Json) -> tuple[str, str | None]:
    """Whether it was new, and its receipt if one is given."""
    data = must(platform.ask(SUBMIT, {"i": {"responses": [response]}}))
    (result,) = data["submitResponses"]["results"]
    return result["status"], result["receipt"]


def reconcile(platform: Running, *arguments: str) -> tuple[int, str]:
    done = cxm("reconcile", "--url", platform.url, *arguments, CXM_TOKEN=platform.token("operator"))
    return done.returncode, done.stdout + done.stderr
