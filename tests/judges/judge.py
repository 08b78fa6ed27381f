"""What a judge is, what it found, and the table of all."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PASSED: Final = re.compile(r"^passed (\d+) of (\d+)$", re.MULTILINE)
"""The line that a judge ends with."""
LEFT_OUT: Final = re.compile(r"^left out (.+)$", re.MULTILINE)
"""The line of a claim that a judge does not make in a mode, and why."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Somebody else's program that the API must satisfy.

    `is_client`: it sends documents of its own, which are trusted on a hardened platform; `not_hardened`: why it is
    not asked there.
    """

    name: str
    command: Sequence[str]
    is_client: bool = False
    not_hardened: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge found; `of` is 0 where it came to no end."""

    name: str
    passed: int
    of: int
    seconds: float
    left_out: tuple[str, ...] = ()

    @property
    def is_content(self) -> bool:
        return 0 < self.of == self.passed


def ask(judge: Judge, build: Path, address: Mapping[str, str]) -> Verdict:
    """Let a judge run to its end in the folder of its packages; what it says is printed as it comes."""
    since = time.monotonic()
    ended = subprocess.run(
        judge.command,
        cwd=build,
        env={**os.environ, **address},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    sys.stdout.write(f"--- {judge.name}\n{ended.stdout.rstrip()}\n")
    sys.stdout.flush()
    told = PASSED.findall(ended.stdout)
    passed, of = (int(number) for number in told[-1]) if told else (0, 0)
    if ended.returncode != 0 and passed == of:
        of = 0
    left_out = LEFT_OUT.findall(ended.stdout)
    if judge.not_hardened:
        left_out.append(f"hardened mode: {judge.not_hardened}")
    return Verdict(judge.name, passed, of, time.monotonic() - since, tuple(left_out))


def table(verdicts: Sequence[Verdict]) -> str:
    """A line for each judge, the seconds of all, and what was left out."""
    width = max(len(verdict.name) for verdict in verdicts)
    lines = [
        f"{verdict.name:{width}}  {verdict.passed:6}  {verdict.of:6}  {verdict.seconds:5.1f} s"
        f"{'' if verdict.is_content else '  FAILED'}"
        for verdict in verdicts
    ]
    whole = sum(verdict.seconds for verdict in verdicts)
    head = f"{'judge':{width}}  passed  {'of':>6}     time"
    left_out = [
        f"left out of {verdict.name}: {claim}" for verdict in verdicts for claim in verdict.left_out
    ]
    return "\n".join([head, *lines, f"{'all':{width}}  {'':6}  {'':6}  {whole:5.1f} s", *left_out])
