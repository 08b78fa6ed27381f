"""Lines of the log at a collector: the fields of stderr, by the span that runs, and nothing that a failure quotes."""

import json
import subprocess
import sys
from collections.abc import Sequence

from tests.support.collector import collecting

PROGRAM = """
import sys
import structlog
from services.kit import telemetry
telemetry.configure_logs("survey")
providers = telemetry.start("survey", sys.argv[1]), telemetry.start_logs("survey", sys.argv[1])
log = structlog.get_logger()
with telemetry.tracer().start_as_current_span("work"):
    try:
        raise ConnectionError("quotes a row")
    except ConnectionError:
        log.exception("could not store", rows=3, survey="pulse")
log.info("ready")
telemetry.flush(*providers)
"""


def run(endpoint: str) -> Sequence[str]:
    """The lines on stderr of a process that sends its log there."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, endpoint], capture_output=True, text=True, check=True
    )
    return ran.stderr.splitlines()


def test_a_line_is_sent_as_it_is_written() -> None:
    with collecting() as (endpoint, kept):
        written = [json.loads(line) for line in run(endpoint)]

    failed, ready = kept.logs.lines
    said = written[0]
    assert (failed.service, failed.severity, failed.text) == (
        "cxm-survey",
        "ERROR",
        "could not store",
    )
    assert failed.trace_id == said["trace_id"] != ""
    assert failed.fields["survey"] == said["survey"] == "pulse"
    assert failed.fields["exception"] == said["exception"]
    assert failed.fields.keys() == said.keys() - {
        "event",
        "level",
        "timestamp",
        "trace_id",
        "span_id",
    }
    assert "quotes a row" not in str(failed)
    assert (ready.severity, ready.text, ready.trace_id) == ("INFO", "ready", "")


def test_without_a_collector_the_log_is_on_stderr_alone() -> None:
    events = [json.loads(line)["event"] for line in run("")]

    assert events == ["could not store", "ready"]
