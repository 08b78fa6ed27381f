"""What a superuser sees of a wave while it is open, and how well that joins who came to what was answered.

It is seen between any two answers, each batch is as small as batches are, and everybody counts at one department: so
nothing but order and length could tell them apart. The guess of each order is that ranks agree, forwards or backwards.
"""

import random
import secrets
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import sqrt
from pathlib import Path
from typing import Any
from uuid import UUID

from services.employee_exp.ballots.domain.body import Ballot, pack
from services.employee_exp.ballots.sealed_ballots import BallotSeal
from services.employee_exp.invitations.domain import link_hash
from services.employee_exp.sealing.wave_keys import Purpose
from tests.service.employee_exp.ballots.support.bytes_on_disk import Needles, names_in, whole
from tests.service.employee_exp.support.staff import Answers, Staff
from tests.support.open_wave import Invited, OpenWave

ROOT = "0190a000-0000-7000-8000-000000000000"
K = 5
SPOOL = "SELECT id, ctid::text, xmin::text, sealed FROM employee_exp_spool WHERE wave_id = $1"
BALLOTS = """
SELECT id, ctid::text, xmin::text, sealed FROM employee_exp_ballot WHERE wave_id = $1"""
SPENT = """
SELECT token_hash, xmin::text FROM employee_exp_invitation WHERE wave_id = $1 AND spent"""
WALS = "SELECT pg_walfile_name(pg_current_wal_lsn())"


@dataclass(frozen=True)
class SeenRow:
    """A row as the superuser sees it."""

    id: UUID
    ctid: tuple[int, ...]
    xmin: int
    sealed: bytes = field(repr=False)


@dataclass
class Observation:
    """Rows of the spool in the batches they left in, and the ballots that came for each."""

    batches: list[tuple[list[SeenRow], list[SeenRow]]]
    wal: bytes = field(repr=False)
    heap: bytes = field(repr=False)
    person_of: Mapping[UUID, str]
    """Whose a row of the spool is: the transaction is that in which the link was spent."""

    @property
    def spool(self) -> list[SeenRow]:
        return [row for rows, _ in self.batches for row in rows]

    @property
    def ballots(self) -> list[SeenRow]:
        return [row for _, rows in self.batches for row in rows]


@dataclass(frozen=True)
class Result:
    """`best`: the share of answers that the best guess joins; `leaks`: patterns that were found where none may be."""

    ballots: int
    batches: int
    best: float
    order: str
    leaks: frozenset[str]
    repeated: int
    lengths: int
    in_wal: int
    """Rows whose ciphertext was found in the WAL: the search looks where they are."""

    @property
    def bound(self) -> float:
        """1/k and three standard deviations of that many guesses."""
        return 1 / K + 3 * sqrt(1 / K * (1 - 1 / K) / self.ballots)

    @property
    def holds(self) -> bool:
        return (
            self.best <= self.bound and not self.leaks and not self.repeated and self.lengths == 1
        )

    def __str__(self) -> str:
        return (
            f"ballots={self.ballots} batches={self.batches} best_guess={self.best:.4f}"
            f" by={self.order.replace(' ', '_')} bound={self.bound:.4f}"
            f" leaks={len(self.leaks)} repeated={self.repeated} lengths={self.lengths}"
        )


class Observer:
    """Answers a wave and writes down what can be seen, between any two answers if it is told so."""

    def __init__(self, staff: Staff, data: Path, nats: Path, folder: Path, *, every: int) -> None:
        self.staff = staff
        self.data = data
        self.nats = nats
        self.folder = folder
        self.every = every
        self.texts: dict[str, str] = {}
        self.left: list[list[SeenRow]] = []
        self.rows: dict[UUID, SeenRow] = {}
        self.wave: OpenWave | None = None
        self.spool_key = b""

    async def run(self, people: int) -> Result:
        """From the first answer to the release."""
        wave = await self.staff.open([ROOT], [-1], [(0, (1,))] * people)
        self.wave = wave
        first_wal = await self.staff.database.fetchval(WALS)
        dice = random.Random(1)
        order = dice.sample(wave.invited, people)
        for number, one in enumerate(order, 1):
            await self._answer(one, dice)
            if number % self.every == 0:
                await self._flush(wave)
            if number == people // 2:
                await self._back_up(first_wal)
        person_of = await self._whose(wave)
        self.spool_key = self.staff.keys.read(wave.id, Purpose.SPOOL)
        closed = await self.staff.close(wave)
        before = await self._see(SPOOL)
        await self.staff.flusher.finish(closed)
        self.left.append(before)
        batches = list(zip(self.left, await self._ballot_batches(), strict=True))
        truth = self._open(await self._see(BALLOTS), await self.staff.wave(wave))
        await self.staff.runner.look()
        await self.staff.releaser.announcer.outbox.relay()
        seen = Observation(batches, self._wal(first_wal), await self._heap(), person_of)
        return self._judge(seen, truth)

    async def _answer(self, one: Invited, dice: random.Random) -> None:
        text = secrets.token_hex(8) + "x" * dice.randrange(600)
        self.texts[one.token] = text
        answers: Answers = {
            "recommend": dice.randrange(11),
            "a0": dice.randrange(1, 6),
            "better": text,
        }
        assert (await self.staff.send(one.token, answers)).taken

    async def _flush(self, wave: OpenWave) -> None:
        before = await self._see(SPOOL)
        await self.staff.flusher.flush(await self.staff.wave(wave))
        after = {row.id for row in await self._see(SPOOL)}
        if gone := [row for row in before if row.id not in after]:
            self.left.append(gone)

    async def _see(self, query: str) -> list[SeenRow]:
        assert self.wave is not None
        rows = await self.staff.database.fetch(query, UUID(self.wave.id))
        seen = [
            SeenRow(
                row["id"],
                tuple(map(int, row["ctid"].strip("()").split(","))),
                int(row["xmin"]),
                row["sealed"],
            )
            for row in rows
        ]
        self.rows |= {row.id: row for row in seen}
        return seen

    async def _whose(self, wave: OpenWave) -> dict[UUID, str]:
        """By the transaction, as long as the invitations stand as they were spent."""
        rows = await self.staff.database.fetch(SPENT, UUID(wave.id))
        tokens = {link: one.token for one in wave.invited for link in [link_hash(one.token)]}
        by_xmin = {int(row["xmin"]): tokens[row["token_hash"]] for row in rows}
        return {id_: by_xmin[row.xmin] for id_, row in self.rows.items() if row.xmin in by_xmin}

    async def _ballot_batches(self) -> list[list[SeenRow]]:
        """By the transaction that brought them, the earliest first."""
        batches: dict[int, list[SeenRow]] = {}
        for row in await self._see(BALLOTS):
            batches.setdefault(row.xmin, []).append(row)
        return [batches[xmin] for xmin in sorted(batches)]

    def _open(self, rows: Iterable[SeenRow], wave: Any) -> dict[UUID, str]:
        """The truth: whose each ballot is. Nobody has this but who has the key, and then only what was written."""
        seal = BallotSeal.of(self.staff.keys, wave, Purpose.BALLOTS)
        who = {text: token for token, text in self.texts.items()}
        return {row.id: who[str(seal.open(row.sealed, row.id).answers["better"])] for row in rows}

    async def _back_up(self, first_wal: str) -> None:
        """The data directory as a base backup has it, while the wave is open; the WAL first: a checkpoint drops it."""
        (self.folder / "wal").mkdir()
        for segment in self._segments(self.data / "pg_wal", first_wal):
            shutil.copy(segment, self.folder / "wal")
        await self.staff.database.fetch("CHECKPOINT")
        oid = await self.staff.database.fetchval(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        )
        shutil.copytree(self.data / "base" / str(oid), self.folder / "base")

    def _segments(self, folder: Path, first: str) -> list[Path]:
        return [path for path in folder.glob("0*") if path.name >= first]

    def _wal(self, first: str) -> bytes:
        """All of it: what was copied before the checkpoint, then what is there now."""
        now = self._segments(self.data / "pg_wal", first)
        return whole(self._segments(self.folder / "wal", first)) + whole(now)

    async def _heap(self) -> bytes:
        """The files of all tables that hold answers, with where long values lie."""
        await self.staff.database.fetch("CHECKPOINT")
        paths = await self.staff.database.fetch(
            "SELECT pg_relation_filepath(c.oid) FROM pg_class c WHERE c.relname IN"
            " ('employee_exp_ballot', 'employee_exp_spool') OR c.oid IN (SELECT reltoastrelid FROM pg_class"
            " WHERE relname IN ('employee_exp_ballot', 'employee_exp_spool')) ORDER BY c.relname"
        )
        return b"".join((self.data / row[0]).read_bytes() for row in paths)

    def _judge(self, seen: Observation, truth: Mapping[UUID, str]) -> Result:
        best, order = max(guesses(seen, truth), default=(0.0, ""))
        in_wal = _places(seen).first_places(seen.wal)
        sealed = [row.sealed for row in (*seen.spool, *seen.ballots)]
        return Result(
            len(truth),
            len(seen.batches),
            best,
            order,
            frozenset(self._leaks(seen)),
            len(sealed) - len(set(sealed)),
            len({len(one) for one in sealed}),
            len(in_wal),
        )

    def _leaks(self, seen: Observation) -> set[str]:
        """Words, tokens, answers in the clear and keys in heap, WAL, backup and streams."""
        assert self.wave is not None
        patterns: dict[str, bytes] = {
            "spool key": self.spool_key,
            "ballots key": self.staff.keys.read(self.wave.id, Purpose.BALLOTS),
        }
        for one in self.wave.invited:
            text = self.texts[one.token]
            ballot = Ballot(one.place, one.categories, {"better": text})
            patterns[f"token {one.token}"] = one.token.encode()
            patterns[f"words {one.token}"] = text[:16].encode()
            patterns[f"answer {one.token}"] = pack(ballot, self.wave.questions)[-2 * len(text) :][
                :32
            ]
        needles = Needles(patterns)
        released = {f"words {token}" for token in self.texts}  # comments are released as they are
        found = {name for name, _ in needles.find(seen.heap)}
        found |= {name for name, _ in needles.find(seen.wal)} - released
        assert list(self.nats.rglob("*.blk")), "no stream is where it is looked for"
        found |= names_in(needles, self.folder) | names_in(needles, self.nats)
        return found


def guesses(seen: Observation, truth: Mapping[UUID, str]) -> Iterable[tuple[float, str]]:
    """The share of answers that each way to guess joins to who gave them."""
    places = _places(seen)
    in_wal, in_files = places.first_places(seen.wal), places.first_places(seen.heap)
    orders: dict[str, Callable[[SeenRow], Any]] = {
        "ctid": lambda row: row.ctid,
        "xmin": lambda row: (row.xmin, row.ctid),
        "id": lambda row: row.id,
        "wal": lambda row: in_wal.get(str(row.id), -1),
        "files": lambda row: in_files.get(str(row.id), -1),
        "sealed": lambda row: row.sealed,
    }
    for (name, came), (other, lies), backwards in product(
        orders.items(), orders.items(), (False, True)
    ):
        hits = 0
        for left, arrived in seen.batches:
            lying = sorted(arrived, key=lies, reverse=backwards)
            hits += _hits(sorted(left, key=came), lying, seen.person_of, truth)
        yield hits / len(truth), f"{name} to {other}{' backwards' if backwards else ''}"
    yield _by_length(seen, truth) / len(truth), "length"


def _places(seen: Observation) -> Needles:
    """What is looked for to know where a row stands."""
    return Needles({str(row.id): row.sealed[1:33] for row in (*seen.spool, *seen.ballots)})


def _hits(
    left: Sequence[SeenRow],
    arrived: Sequence[SeenRow],
    person_of: Mapping[UUID, str],
    truth: Mapping[UUID, str],
) -> int:
    pairs = zip(left, arrived, strict=True)
    return sum(person_of[spooled.id] == truth[ballot.id] for spooled, ballot in pairs)


def _by_length(seen: Observation, truth: Mapping[UUID, str]) -> float:
    """Of each row of the spool one of the ballots as long as it, in its batch: how many hits that brings on average."""
    hits = 0.0
    for left, arrived in seen.batches:
        for spooled in left:
            alike = [b for b in arrived if len(b.sealed) == len(spooled.sealed)]
            right = sum(truth[ballot.id] == seen.person_of[spooled.id] for ballot in alike)
            hits += right / max(1, len(alike))
    return hits
