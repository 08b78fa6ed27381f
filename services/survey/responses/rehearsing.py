"""The intake of a rehearsal: what accepting submissions would come to, with nothing stored."""

from collections.abc import Sequence

from services.kit.imports.identity import FirstSeen
from services.kit.rights.access import Viewer
from services.survey.attribution.submission import Submission
from services.survey.responses.domain.judgement import Accepted, LateResponse
from services.survey.responses.domain.outcome import SubmissionOutcome, foresee, outcomes_of
from services.survey.responses.judging import Judging
from services.survey.responses.writer import ResponseWriter
from services.survey.surveys.domain.surveys import Survey


class Rehearsing:
    """Takes submissions as Intake does, and remembers those of earlier calls as stored.

    `planned`: the survey they are for, where it is yet to be created.
    """

    def __init__(self, judging: Judging, writer: ResponseWriter, planned: Survey | None) -> None:
        self.judging = judging
        self.writer = writer
        self.planned = planned
        self.bodies = FirstSeen()
        self.spent = FirstSeen()

    async def accept(
        self, viewer: Viewer, submissions: Sequence[Submission]
    ) -> list[SubmissionOutcome]:
        """What accepting them would come to, in order; no label is introduced and none refused."""
        _, judged = await self.judging.judge(viewer, submissions, self.planned)
        accepted = [item for item in judged if isinstance(item, Accepted)]
        late = [item.response for item in judged if isinstance(item, LateResponse)]
        ids = [response.id for response in accepted + late]
        stored = await self.writer.known(ids, self.judging.sees(viewer))
        fates = [foresee(response, stored, self.bodies.of, self.spent.of) for response in accepted]
        return outcomes_of(submissions, judged, fates, stored)
