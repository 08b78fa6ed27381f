"""Protobuf <-> definitions."""

from cxm.metrics.v1 import definitions_pb2 as pb
from services.metrics.definitions.domain.definitions import Definition, ItemRef, Unit
from services.metrics.definitions.domain.drafts import Draft, DraftStatistic

_KIND = {pb.Statistic.Value(f"STATISTIC_{kind.value}"): kind for kind in DraftStatistic}
_UNIT = {unit: pb.Unit.Value(f"UNIT_{unit.value}") for unit in Unit}


def definition(found: Definition) -> pb.Definition:
    return pb.Definition(
        key=found.key,
        version=found.version,
        name=found.name,
        unit=_UNIT[found.unit],
        higher_is_better=found.higher_is_better,
        formula=found.formula,
        denominator=found.denominator,
        minimum_base=found.minimum_base,
        secondary=found.secondary,
        built_in=found.is_built_in,
    )


def draft(message: pb.MetricDraft, item: ItemRef | None, label: str) -> Draft:
    """A draft as it was sent; an unknown statistic is a share, which needs answers."""
    return Draft(
        key=message.key,
        name=message.name,
        kind=message.kind if item is None else None,
        item=item,
        label=label,
        statistic=_KIND.get(message.statistic, DraftStatistic.SHARE),
        answers=tuple(message.answers),
        against=tuple(message.against),
        top=message.top,
        with_dont_know=message.denominator == pb.DENOMINATOR_ALL,
        minimum_base=message.minimum_base,
        higher_is_better=message.higher_is_better,
    )
