"""What scores of the questions to employees mean, in the order they are shown; in words, in five languages."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from gateway.browsers.languages import LANGUAGES


class Level(NamedTuple):
    """A score, and what it means in each of LANGUAGES."""

    score: int
    words: tuple[str, str, str, str, str]

    def said(self, language: str) -> str:
        """In one of LANGUAGES; not escaped."""
        return self.words[LANGUAGES.index(language)]


AGREEMENT: Final[Sequence[Level]] = (
    Level(
        5,
        (
            "Strongly agree",
            "Pilnīgi piekrītu",
            "Visiškai sutinku",
            "Povsem se strinjam",
            "Целосно се согласувам",
        ),
    ),
    Level(4, ("Agree", "Piekrītu", "Sutinku", "Strinjam se", "Се согласувам")),
    Level(
        3,
        (
            "Neither agree nor disagree",
            "Ne piekrītu, ne nepiekrītu",
            "Nei sutinku, nei nesutinku",
            "Niti se strinjam niti se ne strinjam",
            "Ниту се согласувам ниту не се согласувам",
        ),
    ),
    Level(2, ("Disagree", "Nepiekrītu", "Nesutinku", "Ne strinjam se", "Не се согласувам")),
    Level(
        1,
        (
            "Strongly disagree",
            "Pilnīgi nepiekrītu",
            "Visiškai nesutinku",
            "Sploh se ne strinjam",
            "Воопшто не се согласувам",
        ),
    ),
)
BURNOUT: Final[Sequence[Level]] = (
    Level(
        5,
        (
            "Always, or very much",
            "Vienmēr vai ļoti daudz",
            "Visada arba labai stipriai",
            "Vedno ali zelo močno",
            "Секогаш, или многу силно",
        ),
    ),
    Level(
        4,
        (
            "Often, or much",
            "Bieži vai daudz",
            "Dažnai arba stipriai",
            "Pogosto ali močno",
            "Често, или силно",
        ),
    ),
    Level(
        3,
        (
            "Sometimes, or somewhat",
            "Dažreiz vai nedaudz",
            "Kartais arba šiek tiek",
            "Včasih ali nekoliko",
            "Понекогаш, или донекаде",
        ),
    ),
    Level(
        2,
        (
            "Seldom, or a little",
            "Reti vai maz",
            "Retai arba silpnai",
            "Redko ali malo",
            "Ретко, или малку",
        ),
    ),
    Level(
        1,
        (
            "Never, or hardly at all",
            "Nekad vai gandrīz nemaz",
            "Niekada arba beveik visai ne",
            "Nikoli ali skoraj nič",
            "Никогаш, или речиси воопшто",
        ),
    ),
)
"""How often, or how much: questions of the Copenhagen Burnout Inventory ask either."""
YES_NO: Final[Sequence[Level]] = (
    Level(0, ("No", "Nē", "Ne", "Ne", "Не")),
    Level(1, ("Yes", "Jā", "Taip", "Da", "Да")),
)
