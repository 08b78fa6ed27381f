"""Ballots sealed and opened: all of a wave have one length, and none can stand in for another."""

from dataclasses import dataclass
from uuid import UUID

from services.employee_exp.ballots.domain.body import Answers, Ballot, longest, pack, unpack
from services.employee_exp.sealing.wave_keys import Purpose, WaveKeys
from services.employee_exp.waves.domain.wave import Wave
from services.kit.sealing.seal import Seal


@dataclass(frozen=True, slots=True)
class BallotSeal:
    """One key of one wave. `about` is the id of the row, or the hash of the link, that a ballot belongs to."""

    wave: Wave
    purpose: Purpose
    cipher: Seal

    @classmethod
    def of(cls, keys: WaveKeys, wave: Wave, purpose: Purpose) -> "BallotSeal":
        """KeyLost where the key is gone, Unavailable where nobody knows."""
        return cls(wave, purpose, Seal(keys.read(wave.id, purpose)))

    def seal(self, ballot: Ballot, about: UUID | bytes) -> bytes:
        """The ballot, as long as any other of the wave."""
        draft = self.wave.draft
        length = longest(draft.questions, len(draft.dimensions))
        return self.cipher.seal(pack(ballot, draft.questions), length, self._about(about))

    def open(self, sealed: bytes, about: UUID | bytes) -> Ballot:
        """Unopened where it was sealed otherwise."""
        content = self.cipher.open(sealed, self._about(about))
        return unpack(content, self.wave.draft.questions, len(self.wave.draft.dimensions))

    def seal_kept(self, answers: Answers, token_hash: bytes) -> bytes:
        """Answers kept for later: where they would count is not said."""
        nowhere = Ballot(0, (0,) * len(self.wave.draft.dimensions), answers)
        return self.seal(nowhere, b"kept" + token_hash)

    def open_kept(self, sealed: bytes, token_hash: bytes) -> Answers:
        return self.open(sealed, b"kept" + token_hash).answers

    def _about(self, about: UUID | bytes) -> bytes:
        one = about.bytes if isinstance(about, UUID) else about
        return self.purpose.encode() + UUID(self.wave.id).bytes + one
