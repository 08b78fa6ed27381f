"""Outcomes of items as the contract has them."""

from collections.abc import Iterable

from cxm.batch.v1 import batch_pb2 as batch
from services.kit.items import ItemOutcome


def item_results(outcomes: Iterable[ItemOutcome]) -> list[batch.ItemResult]:
    """One result per item, in the order of the items."""
    return [_result(outcome) for outcome in outcomes]


def _result(outcome: ItemOutcome) -> batch.ItemResult:
    failure = outcome.refusal
    if failure is not None:
        refusal = batch.Refusal(field=failure.field, reason=failure.reason, message=failure.message)
        return batch.ItemResult(status=batch.ITEM_STATUS_REFUSED, refusals=[refusal])
    stored = batch.ITEM_STATUS_STORED if outcome.is_changed else batch.ITEM_STATUS_ALREADY_STORED
    return batch.ItemResult(id=outcome.id, status=stored)
