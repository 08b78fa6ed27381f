"""What a stranger may name in a response: departments and touchpoints that a survey, or an invitation, offers."""

from collections.abc import Iterable
from typing import NamedTuple

from services.kit.letters import composed
from services.survey.domain.refusal import Refusal
from services.survey.domain.text import can_be_a_key

MOST_OFFERED = 1_000  # departments, and as many touchpoints


class Offers(NamedTuple):
    """Keys of what may be named. `everything`: whatever there is."""

    departments: frozenset[str] = frozenset()
    touchpoints: frozenset[str] = frozenset()
    everything: bool = False

    def has_department(self, key: str | None) -> bool:
        """Whether it may be named; None, that nothing is, always."""
        return key is None or self.everything or key in self.departments

    def has_touchpoint(self, key: str | None) -> bool:
        """As has_department."""
        return key is None or self.everything or key in self.touchpoints


NOTHING = Offers()


def check_offers(offers: Offers, most: int = MOST_OFFERED) -> list[Refusal]:
    """Why offers cannot be kept; empty if they can."""
    refused: list[Refusal] = []
    for name, keys in (("departments", offers.departments), ("touchpoints", offers.touchpoints)):
        at = ("offers", name)
        if len(keys) > most:
            message = f"{len(keys):,} {name}: at most {most:,} are offered"
            refused.append(Refusal(at, "TOO_MANY_OFFERS", message))
        if not all(map(can_be_a_key, keys)):
            refused.append(refuse_unknown_offer(name))
        if keys and offers.everything:
            message = "everything is offered already: leave this out, or offer not everything"
            refused.append(Refusal(at, "EVERYTHING_OFFERED", message))
    return refused


def refuse_unknown_offer(name: str) -> Refusal:
    """Why what is not there cannot be offered; `name`: departments or touchpoints."""
    message = f"one of these {name} does not exist: offer by their keys some that do"
    return Refusal(("offers", name), f"UNKNOWN_{name[:-1].upper()}", message)


def offers_of(
    *, departments: Iterable[str] = (), touchpoints: Iterable[str] = (), everything: bool = False
) -> Offers:
    """Offers as they are sent and stored; keys composed, as those that responses name."""
    return Offers(
        frozenset(map(composed, departments)), frozenset(map(composed, touchpoints)), everything
    )


def offers_json(offers: Offers) -> dict[str, list[str] | bool]:
    """As offers are stored; what is empty is left out."""
    given: dict[str, list[str] | bool] = {
        "departments": sorted(offers.departments),
        "touchpoints": sorted(offers.touchpoints),
        "everything": offers.everything,
    }
    return {name: value for name, value in given.items() if value}
