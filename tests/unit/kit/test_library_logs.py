"""What libraries log: a line each, in the log of the process."""

import json
import subprocess
import sys

PROGRAM = """
import logging
from services.kit import telemetry
telemetry.configure_logs("survey")
logging.getLogger("sqlalchemy.pool").info("not said")
try:
    raise ConnectionError("quotes a row")
except ConnectionError:
    logging.getLogger("sqlalchemy.pool").exception("Exception during %s", "reset")
"""


def test_a_failure_that_a_library_logs_is_one_line_without_what_it_quotes() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )

    (line,) = ran.stderr.splitlines()
    said = json.loads(line)
    assert (said["process"], said["logger"]) == ("survey", "sqlalchemy.pool")
    assert (said["level"], said["event"]) == ("error", "Exception during reset")
    assert said["exception"].endswith("ConnectionError")
    assert "quotes a row" not in line
