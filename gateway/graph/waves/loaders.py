"""Waves, asked of employee_exp; what differs between two of them, asked of metrics."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cxm.employee_exp.v1 import waves_pb2 as pb
from cxm.metrics.v1 import scores_pb2
from gateway.graph.base.loaders import Loader, Ref, find_ref, request_loader
from gateway.request.context import Context

Changes = Mapping[str, scores_pb2.Change]
"""By statistic."""


@dataclass(frozen=True, slots=True)
class ChangesRef:
    """What differs in a department between a wave and another one, both by id."""

    department_id: str
    wave_id: str
    compare_to: str


def waves(context: Context) -> Loader[Ref, pb.Wave | None]:
    async def load(refs: list[Ref]) -> Sequence[pb.Wave | None]:
        request = pb.BatchGetWavesRequest(
            ids=[ref.id for ref in refs if ref.id], keys=[ref.key for ref in refs if ref.key]
        )
        reply = await context.call("employee_exp", context.clients.waves.BatchGetWaves, request)
        found = {Ref(id=item.id): item for item in reply.waves}
        found |= {Ref(key=item.key): item for item in reply.waves}
        return [find_ref(found, ref) for ref in refs]

    return request_loader(context, "waves", load)


def wave_changes(context: Context) -> Loader[ChangesRef, Changes]:
    """One call for all departments in which the same two waves are compared."""

    async def load(refs: list[ChangesRef]) -> Sequence[Changes]:
        pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
        for ref in refs:
            pairs[ref.wave_id, ref.compare_to].append(ref.department_id)
        found: dict[ChangesRef, Changes] = {}
        for (wave, other), ids in pairs.items():
            request = scores_pb2.GetWaveChangesRequest(
                department_ids=ids, wave=wave, compare_to=other
            )
            reply = await context.call("metrics", context.clients.scores.GetWaveChanges, request)
            for each in reply.changes:
                found[ChangesRef(each.department_id, wave, other)] = each.by_statistic
        return [found.get(ref, {}) for ref in refs]

    return request_loader(context, "wave_changes", load)
