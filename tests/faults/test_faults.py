"""What was acknowledged is counted, once, whatever is killed; and a run in which it is not would be caught."""

from tests.faults.support.clients import Ledger
from tests.faults.support.late import COPIES, submit_with_late_copies
from tests.faults.support.result import wait_for_result
from tests.faults.support.run import run
from tests.support.platform import Running


def test_kills_lose_nothing_and_count_nothing_twice(platform: Running) -> None:
    result = run(platform, kills=10, seed=1)

    assert (result.lost, result.twice) == (0, 0), result


def test_without_the_inbox_the_same_run_is_caught(platform: Running) -> None:
    result = run(platform, kills=2, seed=2, inbox=False)

    assert result.lost == 0
    assert result.twice > 0, result
    check_that_a_late_copy_is_noticed(platform)


def check_that_a_late_copy_is_noticed(platform: Running) -> None:
    """It comes when the broker has waited 4 s for who took it; all that was acknowledged is counted long before."""
    before = wait_for_result(platform, Ledger(), "copies", 0)

    held = submit_with_late_copies(platform)

    assert held
    after = wait_for_result(platform, Ledger(), "copies", COPIES)
    # The response is stored once, and counted once and with each of its copies.
    assert after.twice - before.twice == 2 + COPIES, (held, before, after)
