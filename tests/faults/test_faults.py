"""What was acknowledged is counted, once, whatever is killed; and a run in which it is not would be caught."""

from tests.faults.support.run import run
from tests.support.platform import Running


def test_kills_lose_nothing_and_count_nothing_twice(platform: Running) -> None:
    result = run(platform, kills=10, seed=1)

    assert (result.lost, result.twice) == (0, 0), result


def test_without_the_inbox_the_same_run_is_caught(platform: Running) -> None:
    result = run(platform, kills=2, seed=2, inbox=False)

    assert result.lost == 0
    assert result.twice > 0, result
