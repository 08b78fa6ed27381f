"""`make backup-drill`: a backup of a platform that is written to, restored elsewhere, and counted.

Ends with one line, and status 1 if a response that was acknowledged before the backup began is not there, a score is
not that of the restored responses, a planted loss or damage is not noticed, or a customer who was erased after the
backup is back.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from infra.client.api import Api
from tests.faults.support import erased
from tests.faults.support.clients import Clients, Ledger, set_up
from tests.faults.support.restored import count_after_a_loss, count_restored
from tests.support.database import fetch
from tests.support.platform import START_SECONDS, Running, cxm, eventually, up

SIZES = (1, 50)  # responses per call, of each client
AFTER_SECONDS = 1.0  # of writing once the backup is made
EMPLOYEES = """mutation ($i: UpsertEmployeesInput!) { upsertEmployees(input: $i) {
  results { status userErrors { message } } userErrors { message } } }"""
STAFF = 40
PEOPLE = {
    "cxm_employee_exp": "SELECT e::text FROM employee_exp_employee e UNION ALL SELECT s::text FROM employee_exp_stint s"
}
"""What no write changed while the backup was made: the same rows, before and after."""


def main() -> int:
    os.environ.setdefault("CXM_GATEWAY_SUBJECT_VALUES_RATE", "1000000")  # the clients share a token
    seconds = float(os.environ.get("SECONDS", "30"))
    with tempfile.TemporaryDirectory() as directory:
        base = Path(directory)
        with up(base / "old", base / "output", "--no-demo") as platform:
            eventually(platform.is_ready, seconds=START_SECONDS)
            before, sent, people = _back_up(platform, base / "backup", seconds)
            request = erased.erase(platform)
        noticed = _damages_noticed(base)
        began = time.monotonic()
        where = ("--data-dir", str(base / "new"), "--journal", str(base / "old" / "erasures"))
        done = cxm("restore", "--from", str(base / "backup"), *where)
        assert done.returncode == 0, done.stderr
        took = time.monotonic() - began
        with up(base / "new", base / "output", "--no-demo") as restored:
            is_erased = erased.reapply(restored, request)
            result = count_restored(restored, before, sent, "backups")
            unlike = sum(people[name] != fetch(base / "new", name, PEOPLE[name]) for name in people)
            caught = count_after_a_loss(restored, before, sent, "backups")
        is_back = erased.is_back_without_journal(base)
    sys.stdout.write(f"{result} unlike={unlike} noticed={noticed}/3 restore_seconds={took:.1f}\n")
    sys.stdout.write(f"one response removed on purpose: lost={caught}\n")
    sys.stdout.write(
        f"erased after the backup: erased={is_erased}, back without journal={is_back}\n"
    )
    is_right = (result.lost, result.twice, unlike, noticed) == (0, 0, 0, 3)
    return 0 if is_right and caught and is_erased and is_back else 1


def _back_up(
    platform: Running, to: Path, seconds: float
) -> tuple[Ledger, Ledger, dict[str, list[str]]]:
    """Back up under writes: what was acknowledged before it began, all that was sent, and rows about staff."""
    token = platform.token("admin")
    with Api(platform.url, token) as api:
        set_up(api)
        erased.plant(api)
        stints = [
            {"id": f"e{number}", "department": f"d{number % 6}", "startedOn": "2025-01-01"}
            for number in range(STAFF)
        ]
        answer = api.query(EMPLOYEES, {"i": {"employees": stints}})["upsertEmployees"]
        assert answer["userErrors"] == [], answer
    clients = Clients(platform.url, token, SIZES)
    time.sleep(seconds)
    before = Ledger(dict(clients.ledger.acked))
    people = {name: fetch(platform.data_dir, name, query) for name, query in PEOPLE.items()}
    assert before.acked
    assert all(people.values())
    done = cxm("backup", "--data-dir", str(platform.data_dir), "--to", str(to))
    time.sleep(AFTER_SECONDS)
    sent = clients.stop()
    assert done.returncode == 0, done.stderr
    assert len(sent.acked) > len(before.acked), "nothing was written beside the backup"
    return before, sent, people


def _damages_noticed(base: Path) -> int:
    """How many of three damaged copies are refused: a dump that is missing, a byte that is another, no end."""
    refused = 0
    for damage in ("missing", "changed", "cut"):
        copy = base / damage
        shutil.copytree(base / "backup", copy)
        dump = copy / "databases" / "survey.dump"
        if damage == "missing":
            dump.unlink()
        elif damage == "changed":
            content = bytearray(dump.read_bytes())
            content[len(content) // 2] ^= 1
            dump.write_bytes(content)
        else:
            (copy / "SHA256SUMS").unlink()
        done = cxm("restore", "--from", str(copy), "--data-dir", str(base / "never"))
        refused += done.returncode == 1 and not (base / "never").exists()
    return refused


if __name__ == "__main__":
    sys.exit(main())
