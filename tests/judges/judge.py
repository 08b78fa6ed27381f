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


@dataclass(frozen=True, slots=True)
class Judge:
    """Somebody else's program that the API must satisfy."""

    name: str
    command: Sequence[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge found; `of` is 0 where it came to no end."""

    name: str
    passed: int
    of: int
    seconds: float

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
    return Verdict(judge.name, passed, of, time.monotonic() - since)


def table(verdicts: Sequence[Verdict]) -> str:
    """A line for each judge, and the seconds of all."""
    width = max(len(verdict.name) for verdict in verdicts)
    lines = [
        f"{verdict.name:{width}}  {verdict.passed:6}  {verdict.of:6}  {verdict.seconds:5.1f} s"
        f"{'' if verdict.is_content else '  FAILED'}"
        for verdict in verdicts
    ]
    whole = sum(verdict.seconds for verdict in verdicts)
    head = f"{'judge':{width}}  passed  {'of':>6}     time"
    return "\n".join([head, *lines, f"{'all':{width}}  {'':6}  {'':6}  {whole:5.1f} s"])
