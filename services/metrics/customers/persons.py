"""Which aliases are one person, as far as this replica has read: facts keep their alias, persons are looked up."""

from collections.abc import Iterable, Mapping

from pyroaring import BitMap


class Persons:
    """The person of each alias that is not alone; `revision` is of what was read last."""

    def __init__(self) -> None:
        self.revision = 0
        self.moved: dict[int, int] = {}
        self.aliases = BitMap()

    def learn(self, moved: Mapping[int, int], revision: int) -> None:
        """Take over what changed up to a revision; an alias that is its own person again, or erased (0), is alone."""
        for alias, person in moved.items():
            if person in (alias, 0):
                self.moved.pop(alias, None)
                self.aliases.discard(alias)
            else:
                self.moved[alias] = person
                self.aliases.add(alias)
        self.revision = revision

    def of(self, aliases: BitMap) -> BitMap:
        """The persons of aliases, each once."""
        moved = aliases & self.aliases
        if not moved:
            return aliases
        return (aliases - moved) | BitMap(self._persons(moved))

    def _persons(self, aliases: Iterable[int]) -> list[int]:
        return [self.moved[alias] for alias in aliases]
