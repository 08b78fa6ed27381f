"""`cxm reconcile`: what the log lost is found, and `--rebuild` brings it back."""

from tests.support.database import execute
from tests.support.platform import Running, cxm, eventually

SET_UP = """mutation {
  upsertDepartments(input: {departments: [{key: "shop", name: "Shop", parent: "root"}]}) { results { status } }
  createSurvey(input: {key: "pulse", title: "Pulse", questions: [
    {key: "recommend", kind: NPS, text: "How likely ..."}]}) { survey { key } } }"""
SUBMIT = """mutation ($score: Int!) { submitResponse(input: {survey: "pulse", department: "shop",
  occurredAt: "2026-03-15T12:00:00Z", answers: [{question: "recommend", score: $score}]}) { userErrors { code } } }"""
BASE = """{ department(key: "shop") { scorecard(period: {from: "2026-01-01", to: "2120-01-01"}) {
  nps { base value } } } }"""


def reconcile(platform: Running, *arguments: str, role: str = "operator") -> tuple[int, str]:
    """The exit status and what was printed."""
    token = platform.token(role)
    done = cxm("reconcile", "--url", platform.url, *arguments, CXM_TOKEN=token)
    return done.returncode, done.stdout + done.stderr.partition("cxm: ")[2]


def base(platform: Running) -> int:
    base: int = platform.ask(BASE)["department"]["scorecard"]["nps"]["base"]
    return base


LOSE_A_ROW = "DELETE FROM metrics_journal WHERE ctid = (SELECT max(ctid) FROM metrics_journal)"


def test_what_the_log_lost_is_found_and_rebuilt(platform: Running) -> None:
    platform.ask(SET_UP)
    for score in range(10):
        platform.ask(SUBMIT, {"score": score})
    eventually(
        lambda: base(platform) == 10, seconds=10
    )  # so that the last row of the log is of one response
    platform.ask(SUBMIT, {"score": 10})

    assert reconcile(platform) == (0, "all agrees; compared by department, survey and month: 1\n")

    execute(platform.data_dir, "cxm_metrics", LOSE_A_ROW)
    status, output = reconcile(platform)
    assert status == 2
    assert "numbers that differ: 3;" in output
    (row,) = [line.split() for line in output.splitlines() if " responses " in line]
    assert row == ["shop", "pulse", "2026-03", "responses", "11", "10"]

    status, output = reconcile(platform, role="analyst")
    assert status == 1
    assert "may not do this" in output

    status, output = reconcile(platform, "--rebuild")
    assert status == 0
    assert output.startswith("rebuilt from 11 responses\nall agrees")
    eventually(lambda: base(platform) == 11, seconds=10)
