"""Memory of processes over time, and whether it grows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.platform import Running

ANONYMOUS = "RssAnon:"


@dataclass
class Memory:
    """Samples of each process, by its module or program."""

    samples: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def sample(self, platform: Running, at_minutes: float) -> None:
        """What each process holds for itself now, in MiB; of PostgreSQL its main process."""
        for pid in platform.pids():
            try:
                name = _name(pid)
                own = _own_mib(pid)
            except (OSError, StopIteration):
                continue  # it has ended, or ends now
            self.samples.setdefault(name, []).append((at_minutes, own))

    def growth(self) -> Mapping[str, tuple[float, float]]:
        """MiB at the end, and MiB a minute in the second half, when all is warm."""
        return {
            name: (points[-1][1], _slope(points[len(points) // 2 :]))
            for name, points in self.samples.items()
        }


def _name(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    modules = [word for word in words if word.endswith(".main")]
    return modules[0] if modules else Path(words[0]).name


def _own_mib(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(ANONYMOUS)) / 1024


def _slope(points: list[tuple[float, float]]) -> float:
    """Of the line of least squares."""
    if len(points) < 2:
        return 0.0
    x = sum(p[0] for p in points) / len(points)
    y = sum(p[1] for p in points) / len(points)
    spread = sum((p[0] - x) ** 2 for p in points)
    return sum((p[0] - x) * (p[1] - y) for p in points) / spread if spread else 0.0
