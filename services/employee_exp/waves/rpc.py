"""cxm.employee_exp.v1.WaveService."""

from collections.abc import Iterable
from uuid import UUID

from cxm.employee_exp.v1 import waves_pb2 as pb
from cxm.employee_exp.v1.waves_pb2_grpc import (
    WaveServiceServicer,
    add_WaveServiceServicer_to_server,
)
from services.employee_exp.waves import convert
from services.employee_exp.waves.closing import WaveCloser
from services.employee_exp.waves.domain.preview import ForeseeRelease
from services.employee_exp.waves.domain.standard import standard_questions
from services.employee_exp.waves.domain.wave import Wave
from services.employee_exp.waves.editing import WaveEditor, sees_whole
from services.employee_exp.waves.opening import WaveOpener
from services.kit.errors import Invalid
from services.kit.letters import composed
from services.kit.process import Process
from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import Actor, actor_of
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count, check_page, viewer

LARGEST_CALL = 100


class WaveRpc(WaveServiceServicer):
    """Waves are few and read from the database at every call."""

    def __init__(
        self,
        editor: WaveEditor,
        opener: WaveOpener,
        closer: WaveCloser,
        foresee_release: ForeseeRelease,
    ) -> None:
        self.editor = editor
        self.opener = opener
        self.closer = closer
        self.foresee_release = foresee_release
        self.directory = editor.directory

    @needs(Action.WRITE_WAVES, Scope.ORGANISATION)
    async def UpsertWave(
        self, request: pb.UpsertWaveRequest, context: Context
    ) -> pb.UpsertWaveResponse:
        """Create a draft, or change one."""
        draft = convert.draft(request.draft)
        wave = await self.editor.upsert(viewer(context), composed(request.key), draft)
        return pb.UpsertWaveResponse(wave=convert.wave_message(wave, whole=True))

    @needs(Action.WRITE_WAVES, Scope.ORGANISATION)
    async def RemoveWave(
        self, request: pb.RemoveWaveRequest, context: Context
    ) -> pb.RemoveWaveResponse:
        """Remove a draft."""
        await self.editor.remove(viewer(context), composed(request.key))
        return pb.RemoveWaveResponse()

    @needs(Action.WRITE_WAVES, Scope.ORGANISATION)
    async def OpenWave(self, request: pb.OpenWaveRequest, context: Context) -> pb.OpenWaveResponse:
        """Open a draft now."""
        wave = await self.opener.open(composed(request.key), self._actor(context))
        return pb.OpenWaveResponse(wave=convert.wave_message(wave, whole=True))

    @needs(Action.WRITE_WAVES, Scope.ORGANISATION)
    async def CloseWave(
        self, request: pb.CloseWaveRequest, context: Context
    ) -> pb.CloseWaveResponse:
        """Close an open wave before its time."""
        key, reason = composed(request.key), composed(request.reason.strip())
        wave = await self.closer.close_early(key, reason, self._actor(context))
        return pb.CloseWaveResponse(wave=convert.wave_message(wave, whole=True))

    @needs(Action.READ_SCORES, Scope.ANY_DEPARTMENT)
    async def ListWaves(
        self, request: pb.ListWavesRequest, context: Context
    ) -> pb.ListWavesResponse:
        """A page of waves, the latest first."""
        check_page(request.first)
        who = viewer(context)
        after = _after(request.after) if request.after else None
        found = await self.editor.page(who, request.first + 1, after)
        total = await self.editor.count(who) if request.count else None
        waves = self._messages(who, found[: request.first])
        return pb.ListWavesResponse(waves=waves, more=len(found) > request.first, total=total)

    @needs(Action.READ_SCORES, Scope.ANY_DEPARTMENT)
    async def BatchGetWaves(
        self, request: pb.BatchGetWavesRequest, context: Context
    ) -> pb.BatchGetWavesResponse:
        """Waves by id or key."""
        check_count(len(request.ids) + len(request.keys), largest=LARGEST_CALL, what="waves")
        who = viewer(context)
        found = await self.editor.find(who, _uuids(request.ids), list(map(composed, request.keys)))
        return pb.BatchGetWavesResponse(waves=self._messages(who, found))

    @needs(Action.WRITE_WAVES, Scope.ORGANISATION)
    async def PreviewWave(
        self, request: pb.PreviewWaveRequest, context: Context
    ) -> pb.PreviewWaveResponse:
        """Who would be asked today, and how many departments would see results."""
        preview = await self.opener.foresee(composed(request.key), self.foresee_release)
        return convert.preview_message(preview)

    @needs(None, Scope.ANY_TOKEN)
    async def GetStandardQuestions(
        self, request: pb.GetStandardQuestionsRequest, context: Context
    ) -> pb.GetStandardQuestionsResponse:
        """The same for everybody."""
        questions = map(convert.question_message, standard_questions())
        return pb.GetStandardQuestionsResponse(questions=questions)

    def _messages(self, who: Viewer, waves: Iterable[Wave]) -> list[pb.Wave]:
        whole = sees_whole(who, self.directory.tree)
        return [convert.wave_message(wave, whole=whole) for wave in waves]

    def _actor(self, context: Context) -> Actor:
        tree = self.directory.tree
        return actor_of(viewer(context), Action.WRITE_WAVES, tree, tree.root_id)


def _uuids(texts: Iterable[str]) -> list[UUID]:
    """The ones that are UUIDs; what is not names nothing."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _after(text: str) -> UUID:
    found = _uuids([text])
    if not found:
        message = "this is no place in the list of waves"
        raise Invalid(message, reason="BAD_CURSOR", field=["after"])
    return found[0]


def wire(process: Process, rpc: WaveRpc) -> None:
    """Answer cxm.employee_exp.v1.WaveService."""
    process.serve("cxm.employee_exp.v1.WaveService", add_WaveServiceServicer_to_server, rpc)
