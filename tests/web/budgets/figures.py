"""A figure, and the bar it is judged by."""

from dataclasses import dataclass
from statistics import median
from typing import Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured: once or several times, of which the median counts."""

    name: str
    values: tuple[float, ...]
    unit: Literal["bytes", "ms"]
    most: float | None = None
    """The bar, in the same unit: less than this. None: for information."""
    is_told: bool = False
    """Never judged, only said: what else the machine does decides it."""

    @property
    def value(self) -> float:
        return median(self.values)

    def is_missed(self, *, judges_time: bool) -> bool:
        """Whether the bar is missed; a time counts only where times are judged."""
        if self.most is None or self.is_told or (self.unit == "ms" and not judges_time):
            return False
        return self.value >= self.most

    def __str__(self) -> str:
        text = f"{self.name}: {self.value:,.0f} {self.unit}"
        if len(self.values) > 1:
            text += f" ({min(self.values):,.0f} to {max(self.values):,.0f} in {len(self.values)})"
        if self.most is not None:
            verdict = "MISSED" if self.value >= self.most else "kept"
            text += f", of at most {self.most:,.0f}: {verdict}"
            text += " (not judged)" if self.is_told else ""
        return text
