"""What a restored platform has of what was acknowledged, and whether its scores are those of what it has."""

from tests.faults.support.clients import Ledger
from tests.faults.support.result import FaultResult, stored_ids, wait_for_result
from tests.support.database import execute
from tests.support.platform import Running, cxm

LOSE_A_RESPONSE = "DELETE FROM survey_response WHERE id = (SELECT id FROM survey_response LIMIT 1)"


def count_restored(restored: Running, before: Ledger, sent: Ledger, harm: str) -> FaultResult:
    """Rebuild scores; then what was acknowledged before and is not there, and scores against the responses that are."""
    token = restored.token("operator")
    done = cxm("reconcile", "--rebuild", "--url", restored.url, CXM_TOKEN=token)
    assert done.returncode == 0, done.stdout + done.stderr
    return _count(restored, before, sent, harm, seconds=30)


def count_after_a_loss(restored: Running, before: Ledger, sent: Ledger, harm: str) -> int:
    """What the same count finds lost when a response is removed on purpose."""
    execute(restored.data_dir, "cxm_survey", LOSE_A_RESPONSE)
    return _count(restored, before, sent, harm, seconds=0).lost


def _count(
    restored: Running, before: Ledger, sent: Ledger, harm: str, *, seconds: float
) -> FaultResult:
    there = stored_ids(restored.data_dir)
    kept = Ledger({name: sent.acked[name] for name in there if name in sent.acked})
    counted = wait_for_result(restored, kept, harm, 1, seconds=seconds)
    lost = len(before.acked.keys() - there) + counted.lost
    return FaultResult(harm, 1, len(before.acked), lost, counted.twice)
