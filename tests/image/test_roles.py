"""Every role runs in a container that may do nothing else, as any user, and ends without a failed call."""

import random
import sys
from dataclasses import dataclass

import pytest

from infra.roles import BY_SERVICE, GATEWAY
from tests.image.support.deploying import OWN_UID, migrate, mint, running, to_end
from tests.image.support.running import (
    Ended,
    InContainers,
    Started,
    end_gateway,
    end_service,
)

LONGEST_START_SECONDS = 3.0


@dataclass(frozen=True)
class Run:
    """All roles, once started and ended as one user."""

    uid: int
    token: str
    started: list[Started]
    ended: dict[str, Ended]


def run_all(uid: int, deployment: InContainers) -> Run:
    """Migrate, start, ask, and end every role."""
    migrate(uid, deployment)
    token = to_end(uid, mint(deployment, "analyst"), deployment)
    with running(uid, deployment) as started:
        ended = {GATEWAY.name: end_gateway(started[GATEWAY.name], deployment)}
        for service, role in reversed(BY_SERVICE.items()):
            ended[role.name] = end_service(started[role.name], service, deployment)
        return Run(uid, token, list(started.values()), ended)


@pytest.fixture(scope="module")
def runs(deployment: InContainers) -> list[Run]:
    """As the user of the image, and as one of group 0 whose number nobody chose."""
    other = random.randrange(1_000_000_000, 2_000_000_000)
    return [run_all(uid, deployment) for uid in (OWN_UID, other)]


def test_every_role_runs_as_any_user_of_group_0_and_may_do_nothing_else(runs: list[Run]) -> None:
    for run in runs:
        names = [begun.role.name for begun in run.started]
        assert names == [*(role.name for role in BY_SERVICE.values()), GATEWAY.name]
        for begun in run.started:
            assert begun.proc["Uid"].split() == [str(run.uid)] * 4
            assert begun.proc["Gid"].split() == ["0"] * 4
            assert int(begun.proc["CapEff"], 16) == int(begun.proc["CapBnd"], 16) == 0
            assert begun.proc["NoNewPrivs"] == "1"
            assert "ro" in begun.proc["root"].split(",")


def test_a_role_that_is_ended_answers_the_call_under_way_and_exits_with_0(runs: list[Run]) -> None:
    for run in runs:
        assert run.ended == {begun.role.name: Ended(0, answered=True) for begun in run.started}


def test_every_role_starts_in_3_seconds(runs: list[Run], capfd: pytest.CaptureFixture[str]) -> None:
    """The better of two starts: a machine may be busy."""
    best = {
        one.role.name: min(one.seconds, other.seconds)
        for one, other in zip(runs[0].started, runs[1].started, strict=True)
    }

    with capfd.disabled():
        said = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in best.items())
        sys.stdout.write(f"\nready after: {said}\n")
    assert max(best.values()) < LONGEST_START_SECONDS, best


def test_the_command_runs_in_it(runs: list[Run]) -> None:
    assert all(run.token.splitlines()[-1].count(".") == 2 for run in runs)
