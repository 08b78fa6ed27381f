"""Reading results of a wave, of one department named by its key."""

from cxm.employee_exp.v1 import releases_pb2, waves_pb2
from cxm.profile.v1 import profile_pb2
from gateway.graph.base.loaders import Ref, by_key
from gateway.graph.directory.loaders import departments
from gateway.graph.waves.loaders import waves
from gateway.graph.waves.results import BreakdownView, CategoryView, ResultsView
from gateway.graph.waves.verbatims import status_number
from gateway.request.context import Info
from services.kit.errors import Denied, NotFound


async def read_results(
    info: Info, wave: waves_pb2.Wave, department: str, compare_to: str | None
) -> ResultsView | None:
    """Results of a department; None where there are none for the viewer. Denied where the role may see no scores.

    NotFound for a wave to compare with that is none.
    """
    found = await _department(info, wave, department)
    if found is None:
        return None
    other = await _other_wave(info, compare_to)
    request = releases_pb2.GetResultsRequest(wave=wave.id, department_ids=[found.id])
    reply = await info.context.call(
        "employee_exp", info.context.clients.releases.GetResults, request
    )
    if reply.denied_ids:
        raise Denied("your role does not allow this (read scores)")
    for results in reply.results:
        return ResultsView(wave, found, results, other)
    return None


async def read_breakdown(
    info: Info, wave: waves_pb2.Wave, department: str, dimension: str
) -> BreakdownView | None:
    """Results of a department by a dimension; None where there are none for the viewer."""
    found = await _department(info, wave, department)
    if found is None:
        return None
    request = releases_pb2.GetWaveBreakdownRequest(
        wave=wave.id, department_id=found.id, dimension=dimension
    )
    try:
        reply = await info.context.call(
            "employee_exp", info.context.clients.releases.GetWaveBreakdown, request
        )
    except NotFound:
        return None
    categories = [CategoryView(wave, each) for each in reply.categories]
    return BreakdownView(status_number(is_released=reply.released), categories)


async def _department(info: Info, wave: waves_pb2.Wave, key: str) -> profile_pb2.Department | None:
    if wave.state != waves_pb2.WAVE_STATE_RELEASED:
        return None
    return await departments(info.context).load(by_key(key))


async def _other_wave(info: Info, key: str | None) -> str:
    if key is None:
        return ""
    other = await waves(info.context).load(Ref(key=key))
    if other is None:
        raise NotFound(
            f"there is no wave {key} to compare with", reason="UNKNOWN_WAVE", field=["compareTo"]
        )
    return other.id
