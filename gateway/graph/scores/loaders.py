"""Scorecards and definitions, asked of metrics."""

from collections import defaultdict
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass

from cxm.metrics.v1 import definitions_pb2
from cxm.metrics.v1 import scores_pb2 as pb
from cxm.survey.v1 import reading_pb2
from gateway.graph.base.loaders import Loader, load_apart, request_loader
from gateway.request.compiled.readers import Unusual
from gateway.request.context import Context
from services.kit.errors import Denied, Failure, NotFound


@dataclass(frozen=True, slots=True)
class Scope:
    """Over which days, and which departments, a score is taken; of which answers; and what it is compared with."""

    from_day: int
    to_day: int
    include_subtree: bool
    tree: pb.TreeReading.ValueType
    filter: tuple[tuple[str, str], ...] = ()  # (field of the contract's filter, key), in one order
    compare_to: tuple[int, int] | None = None  # from day, to day

    def message(self) -> pb.Scope:
        return pb.Scope(
            from_day=self.from_day,
            to_day=self.to_day,
            include_subtree=self.include_subtree,
            tree=self.tree,
            filter=pb.Filter(**dict(self.filter)) if self.filter else None,
        )

    def to_read(self, department_id: str) -> reading_pb2.ReadingScope:
        """The same, as the responses behind it are asked for."""
        return reading_pb2.ReadingScope(
            department_id=department_id,
            from_day=self.from_day,
            to_day=self.to_day,
            include_subtree=self.include_subtree,
            as_it_was=self.tree == pb.TREE_READING_AS_IT_WAS,
            filter=reading_pb2.ReadingFilter(**dict(self.filter)) if self.filter else None,
        )

    def days_to_compare(self) -> pb.Days | None:
        if self.compare_to is None:
            return None
        return pb.Days(from_day=self.compare_to[0], to_day=self.compare_to[1])


@dataclass(frozen=True, slots=True)
class ScorecardRef:
    """One department's scorecard; no metrics named: all. `with_rest`: beside the rest of its parent."""

    department_id: str
    scope: Scope
    metrics: tuple[str, ...]
    with_rest: bool = False


def scorecards(context: Context) -> Loader[ScorecardRef, pb.Scorecard | None]:
    """One call for all departments that are asked for the same period, reading and metrics."""

    async def load_group(
        group: tuple[Scope, tuple[str, ...], bool], refs: list[ScorecardRef]
    ) -> dict[ScorecardRef, pb.Scorecard | Failure]:
        scope, metrics, with_rest = group
        request = pb.GetScorecardsRequest(
            department_ids=[ref.department_id for ref in refs],
            scope=scope.message(),
            metrics=metrics,
            compare_to=scope.days_to_compare(),
            with_rest=with_rest,
        )
        reply = await context.call("metrics", context.clients.scores.GetScorecards, request)
        denied = Denied("your role does not allow this (read scores)")
        found: dict[str, pb.Scorecard | Failure] = dict.fromkeys(reply.denied_ids, denied)
        found |= {card.department_id: card for card in reply.scorecards}
        return {ScorecardRef(key, scope, metrics, with_rest): card for key, card in found.items()}

    async def load(refs: list[ScorecardRef]) -> Sequence[pb.Scorecard | Failure | None]:
        groups: dict[tuple[Scope, tuple[str, ...], bool], list[ScorecardRef]] = defaultdict(list)
        for ref in refs:
            groups[ref.scope, ref.metrics, ref.with_rest].append(ref)
        found = await load_apart(groups, load_group)
        return [found.get(ref) for ref in refs]

    return request_loader(context, "scorecards", load)


def definitions(context: Context) -> Loader[tuple[str, int], definitions_pb2.Definition | None]:
    async def load(keys: list[tuple[str, int]]) -> Sequence[definitions_pb2.Definition | None]:
        await list_definitions(context, all_versions=True)
        return [context.cache.definitions.get(key) for key in keys]

    return request_loader(context, "definitions", load)


def definition_at_once(context: Context, key: str, version: int) -> definitions_pb2.Definition:
    """A version of a metric where it is cached; Unusual where it is not."""
    known = context.cache.definitions.get((key, version))
    if known is None:
        raise Unusual
    return known


def definition_of(
    context: Context, key: str, version: int
) -> definitions_pb2.Definition | Awaitable[definitions_pb2.Definition]:
    """A version of a metric, at once where it is cached; NotFound for one that is not known any more."""
    known = context.cache.definitions.get((key, version))
    return known if known is not None else _load_definition(context, key, version)


async def _load_definition(context: Context, key: str, version: int) -> definitions_pb2.Definition:
    definition = await definitions(context).load((key, version))
    if definition is None:
        raise NotFound(f"version {version} of the metric {key} is not known any more")
    return definition


async def list_definitions(
    context: Context, *, all_versions: bool = False
) -> Sequence[definitions_pb2.Definition]:
    """The newest version of each metric, or all; cached for the definitions that scores name."""
    request = definitions_pb2.ListDefinitionsRequest(all_versions=all_versions)
    reply = await context.call("metrics", context.clients.definitions.ListDefinitions, request)
    context.cache.keep_definitions(reply.definitions)
    return reply.definitions
