"""`make replicas KILLS=10`: two of every process at once, killed one after another under load, and everything counted.

Responses come by both gateways. A wave opens by itself and sends its mails; each replica did a part of the work. In the
end both gateways answer the same, and two rebuilds that are asked for at once agree. Ends with one line, and status 1
if anything is lost or happened twice; or if the same counts do not notice an inbox that forgets, and mails that stay
where they waited.
"""

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from infra.client.api import Api
from infra.roles import SERVICES
from tests.faults.support.clients import DEPARTMENTS, Clients, Ledger, set_up
from tests.faults.support.repeated_work import REPEAT_MAILS, Staff
from tests.faults.support.result import FaultResult, wait_for_result
from tests.faults.support.run import FORGET
from tests.support.database import execute
from tests.support.fleet import fleet, worked
from tests.support.harm import BACK_SECONDS, Echo
from tests.support.platform import START_SECONDS, Running, cxm, eventually, free_port

REPLICAS = 2
SIZES = (1, 5, 50)  # responses per call, of the clients of each gateway
PAUSE_SECONDS = (0.1, 1.5)
CONTROL_SECONDS = 2.0
OURS = (*(f"services.{service}.main" for service in SERVICES), "gateway.main")
WORK = {
    "survey": ("cxm_rpc_duration_seconds_count", "SubmitResponses"),
    "metrics": ("cxm_consumer_batch_count", "metrics-record-responses"),
}
"""Of whom each replica has to have done some, by a number and what its labels name."""


@dataclass(frozen=True)
class ReplicasResult:
    """What became of responses and mails; how many replicas did nothing, and commands that failed."""

    responses: FaultResult
    mails: str
    idle: int
    failed: int
    holds: bool

    def __str__(self) -> str:
        return f"{self.responses} {self.mails} idle={self.idle} failed={self.failed}"


def run(base: Path, kills: int, seed: int) -> tuple[ReplicasResult, str]:
    """One run, and the controls on the same platform."""
    ports = [free_port() for _ in range(REPLICAS)]
    with fleet(base / "data", base / "output", replicas=REPLICAS, gateways=ports) as first:
        eventually(first.is_ready, seconds=START_SECONDS)
        gateways = [replace(first, port=port) for port in ports]
        with Api(first.url, first.token("admin")) as api:
            set_up(api)
        staff = Staff(first, DEPARTMENTS[:3])
        staff.plan("first")
        echo, sending = Echo(first.data_dir), [_clients(gateway) for gateway in gateways]
        mails = staff.wait_for_mails("first")
        idle = sum(worked(first, REPLICAS, name, *WORK[name]).count(0) for name in WORK)
        kill_replicas(first, kills, seed)
        ledger = _stop(sending)
        assert echo.stop(), "no envelope came twice: the run proves too little"
        results = [wait_for_result(each, ledger, "kills", kills) for each in gateways]
        worst = max(results, key=lambda result: result.lost + result.twice)
        found = ReplicasResult(
            worst, str(mails), idle, _rebuilds_failed(gateways), holds=mails.is_exact
        )
        return found, _controls(first, ledger)


def kill_replicas(platform: Running, kills: int, seed: int) -> None:
    """Kill random processes of ours, each once the one before is replaced and all is well."""
    dice = random.Random(seed)
    for _ in range(kills):
        eventually(platform.is_ready, seconds=BACK_SECONDS)
        time.sleep(dice.uniform(*PAUSE_SECONDS))
        before = _ours(platform)
        victim = dice.choice(before)
        with suppress(ProcessLookupError):  # it has crashed by itself
            os.kill(victim, signal.SIGKILL)
        replaced = partial(_is_replaced, platform, victim, len(before))
        eventually(replaced, seconds=BACK_SECONDS)
    eventually(platform.is_ready, seconds=BACK_SECONDS)


def _is_replaced(platform: Running, victim: int, count: int) -> bool:
    now = _ours(platform)
    return victim not in now and len(now) == count


def _ours(platform: Running) -> list[int]:
    return [pid for pid in platform.pids() if any(name in _command(pid) for name in OURS)]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _clients(gateway: Running) -> Clients:
    return Clients(gateway.url, gateway.token("admin"), SIZES)


def _stop(sending: list[Clients]) -> Ledger:
    whole = Ledger()
    for clients in sending:
        whole.acked |= clients.stop().acked
    return whole


def _rebuilds_failed(gateways: list[Running]) -> int:
    """Rebuild by both gateways at once; how many commands did not end with equal scores."""

    def rebuild(gateway: Running) -> int:
        token = gateway.token("operator")
        done = cxm("reconcile", "--rebuild", "--url", gateway.url, CXM_TOKEN=token)
        if done.returncode:
            sys.stderr.write(f"{done.stdout}{done.stderr}")
        return done.returncode

    with ThreadPoolExecutor() as pool:
        return sum(status != 0 for status in pool.map(rebuild, gateways))


def _controls(platform: Running, ledger: Ledger) -> str:
    """The same counts on the same platform, broken on purpose."""
    execute(platform.data_dir, "cxm_metrics", FORGET)
    echo, clients = Echo(platform.data_dir), _clients(platform)
    time.sleep(CONTROL_SECONDS)
    ledger.acked |= clients.stop().acked
    echo.stop()
    twice = wait_for_result(platform, ledger, "controls", 1).twice
    execute(platform.data_dir, "cxm_employee_exp", REPEAT_MAILS)
    staff = Staff(platform, DEPARTMENTS[3:])
    staff.plan("second")
    mails = staff.wait_for_mails("second")
    assert twice, "the control was not noticed: metrics forgot what it had counted"
    assert not mails.is_exact, "the control was not noticed: mails went out twice"
    return f"broken on purpose: twice={twice} {mails}"


def main() -> int:
    os.environ.setdefault("CXM_GATEWAY_SUBJECT_VALUES_RATE", "1000000")  # the clients share a token
    kills, seed = int(os.environ.get("KILLS", "10")), int(os.environ.get("SEED", time.time()))
    sys.stdout.write(f"seed {seed}: SEED={seed} repeats the choice of victims\n")
    with tempfile.TemporaryDirectory() as directory:
        result, control = run(Path(directory), kills, seed)
    sys.stdout.write(f"{control}\n{result}\n")
    wrong = Counter(
        lost=result.responses.lost,
        twice=result.responses.twice,
        idle=result.idle,
        failed=result.failed,
        mails=not result.holds,
    )
    return 1 if wrong.total() else 0


if __name__ == "__main__":
    sys.exit(main())
