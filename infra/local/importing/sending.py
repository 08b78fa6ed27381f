"""Batches to the API, a few at a time, so that reading goes on while the platform stores."""

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from infra.local.api import Api, ApiRefused, Json
from infra.local.importing.batches import Batch, Refusal
from infra.local.importing.report import Report, Tally


@dataclass(frozen=True, slots=True)
class Target:
    """The mutation that takes the items, and what its field paths are called in the file."""

    mutation: str
    items: str
    columns: Callable[[list[str], Json], str]
    in_flight: int = 1

    @property
    def document(self) -> str:
        name = self.mutation[0].upper() + self.mutation[1:]
        return (
            f"mutation Import($input: {name}Input!) {{ {self.mutation}(input: $input) {{"
            " results { index status userErrors { field message code } }"
            " userErrors { field message code } } }"
        )


def send(
    api: Api,
    target: Target,
    batches: Iterable[Batch],
    report: Report,
    tally: Tally,
    advance: Callable[[int], None],
) -> None:
    """Store every batch; results are taken in the order of the batches. Raises ApiRefused."""
    pending: deque[tuple[Batch, Future[Json | None]]] = deque()

    def settle() -> None:
        batch, future = pending.popleft()
        _count(target, batch, future.result(), report, tally)
        advance(len(batch))

    with ThreadPoolExecutor(target.in_flight, "import") as pool:
        try:
            for batch in batches:
                pending.append((batch, pool.submit(_store, api, target, batch)))
                while len(pending) > target.in_flight:
                    settle()
            while pending:
                settle()
        except BaseException:
            api.stopped.set()  # threads that wait for a lost platform would hold up the way out
            raise


def rehearse(
    batches: Iterable[Batch], report: Report, tally: Tally, advance: Callable[[int], None]
) -> None:
    """Everything but storing: what passes every check made here counts as stored."""
    for batch in batches:
        tally.stored += len(batch.drafts)
        tally.refused += len(batch.refusals)
        report.add(batch.refusals)
        advance(len(batch))


def _store(api: Api, target: Target, batch: Batch) -> Json | None:
    if not batch.drafts:
        return None
    items = [draft.item for draft in batch.drafts]
    return api.mutate(target.mutation, target.document, {"input": {target.items: items}})


def _count(
    target: Target, batch: Batch, payload: Json | None, report: Report, tally: Tally
) -> None:
    refusals = list(batch.refusals)
    results = _results(batch, payload)
    if not tally.stored and not tally.already:
        _check_right(results)
    for result in results:
        draft = batch.drafts[result["index"]]
        match result["status"]:
            case "STORED":
                tally.stored += 1
            case "ALREADY_STORED":
                tally.already += 1
            case _:
                refusals.append(_refusal(target, draft.row, draft.item, result["userErrors"]))
    tally.refused += len(refusals)
    report.add(refusals)


def _check_right(results: list[Json]) -> None:
    """Stop where the first thing sent is nothing this token may store: the rest would fare the same."""
    errors = [result["userErrors"][:1] for result in results]
    if errors and all(first and first[0]["code"] == "FORBIDDEN" for first in errors):
        raise ApiRefused(f"the token may not store this: {errors[0][0]['message']}")


def _results(batch: Batch, payload: Json | None) -> list[Json]:
    if payload is None:
        return []
    results: list[Json] = payload["results"] or []
    if sorted(result["index"] for result in results) != list(range(len(batch.drafts))):
        why = "; ".join(error["message"] for error in payload["userErrors"])
        raise ApiRefused(f"the API refused a whole batch: {why or 'it gave no result per item'}")
    return results


def _refusal(target: Target, row: int, item: Json, errors: list[Json]) -> Refusal:
    """Several reasons of one row become one line, the first one's column and reason lead."""
    first: Json = errors[0] if errors else {"field": None, "code": "REFUSED", "message": ""}
    field = [part for part in first["field"] or () if part not in ("input", target.items)]
    messages = "; ".join(error["message"] for error in errors) or "the API gave no reason"
    return Refusal(row, target.columns(field, item), first["code"], messages)
