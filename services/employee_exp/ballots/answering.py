"""Answers taken by a link: found, kept for later, and sent once. Nothing here tells who came."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from services.employee_exp.ballots import storage
from services.employee_exp.ballots.domain.answers import check_answers
from services.employee_exp.ballots.domain.body import Answers, Ballot
from services.employee_exp.ballots.sealed_ballots import BallotSeal
from services.employee_exp.ballots.storage import Link
from services.employee_exp.invitations.domain import link_hash
from services.employee_exp.sealing.wave_keys import KeyLost, Purpose, WaveKeys
from services.employee_exp.waves.domain.wave import Wave
from services.employee_exp.waves.storage import find_waves
from services.kit.clock import Clock, now
from services.kit.db.database import Database, reaching
from services.kit.errors import Invalid
from services.kit.sealing.seal import Unopened

Given = Sequence[tuple[str, int | str]]
FindLanguage = Callable[[AsyncSession, str], Awaitable[str]]


class LinkState(Enum):
    """What became of a link."""

    UNKNOWN = "no such link"
    READY = "takes answers"
    SPENT = "was used"
    CLOSED = "the wave takes no answers any more"


@dataclass(frozen=True, slots=True)
class FoundBallot:
    """What a link asks. The wave is there when it is READY or CLOSED."""

    state: LinkState
    wave: Wave | None = None
    language: str = ""
    kept: Answers = field(default_factory=dict, repr=False)


class BallotTaker:
    """Takes answers. `find_language`: the language of an employee, by id, empty where it is not known."""

    def __init__(
        self,
        database: Database,
        keys: WaveKeys,
        find_language: FindLanguage,
        clock: Clock = now,
    ) -> None:
        self.database = database
        self.keys = keys
        self.find_language = find_language
        self.clock = clock
        self.opened: dict[str, Wave] = {}  # what a wave asks never changes once links to it exist

    async def find(self, token: str) -> FoundBallot:
        """What a link asks; spends nothing."""
        token_hash = link_hash(token)
        with reaching("this wave"):
            async with self.database.write.begin() as session:
                link = await storage.find_link(session, token_hash)
                if link is None:
                    return FoundBallot(LinkState.UNKNOWN)
                wave = await self._wave(session, link)
                if not await storage.takes_answers(session, wave.id, self.clock()):
                    return FoundBallot(LinkState.CLOSED, wave)
                if link.is_spent:
                    return FoundBallot(LinkState.SPENT)
                language = ""
                if link.employee_id:
                    language = await self.find_language(session, link.employee_id)
        return FoundBallot(LinkState.READY, wave, language, self._kept(wave, link, token_hash))

    async def keep(self, token: str, given: Given) -> LinkState:
        """Keep answers for later; READY where they are kept. Invalid where the wave does not take one of them."""
        token_hash = link_hash(token)
        with reaching("this wave"):
            async with self.database.write.begin() as session:
                link, state = await self._ready(session, token_hash)
                if link is None:
                    return state
                wave = await self._wave(session, link)
                answers = check_answers(given, wave.draft.questions)
                seal = BallotSeal.of(self.keys, wave, Purpose.SPOOL)
                sealed = seal.seal_kept(answers, token_hash)
                is_kept = await storage.keep(session, token_hash, sealed)
        return LinkState.READY if is_kept else LinkState.SPENT

    async def send(self, token: str, given: Given) -> tuple[LinkState, bool]:
        """Take answers and spend the link, both or neither; whether these answers were taken.

        Invalid where there are none, or the wave does not take one of them.
        """
        token_hash = link_hash(token)
        with reaching("this wave"):
            async with self.database.write.begin() as session:
                link, state = await self._ready(session, token_hash)
                if link is None:
                    return state, False
                wave = await self._wave(session, link)
                answers = check_answers(given, wave.draft.questions)
                if not answers:
                    message = "nothing is answered: answer one question at least"
                    raise Invalid(message, reason="NO_ANSWER", field=["answers"])
                return LinkState.SPENT, await self._take(session, wave, link, token_hash, answers)

    async def _take(
        self, session: AsyncSession, wave: Wave, link: Link, token_hash: bytes, answers: Answers
    ) -> bool:
        id_ = uuid4()
        seal = BallotSeal.of(self.keys, wave, Purpose.SPOOL)
        sealed = seal.seal(Ballot(link.place, link.categories, answers), id_)
        if not await storage.spend(session, token_hash):
            return False
        await storage.put_spool(session, wave.id, id_, sealed)
        return True

    async def _ready(
        self, session: AsyncSession, token_hash: bytes
    ) -> tuple[Link | None, LinkState]:
        """A link that takes answers until the transaction ends; None and what became of it otherwise."""
        link = await storage.find_link(session, token_hash)
        if link is None:
            return None, LinkState.UNKNOWN
        if not await storage.takes_answers(session, link.wave_id, self.clock()):
            return None, LinkState.CLOSED
        if link.is_spent:
            return None, LinkState.SPENT
        return link, LinkState.READY

    async def _wave(self, session: AsyncSession, link: Link) -> Wave:
        if link.wave_id not in self.opened:
            [wave] = await find_waves(session, [UUID(link.wave_id)])
            self.opened[wave.id] = wave
        return self.opened[link.wave_id]

    def _kept(self, wave: Wave, link: Link, token_hash: bytes) -> Answers:
        """Nothing where the key is gone: what was kept was never sent."""
        if link.kept is None:
            return {}
        try:
            return BallotSeal.of(self.keys, wave, Purpose.SPOOL).open_kept(link.kept, token_hash)
        except (KeyLost, Unopened):
            return {}
