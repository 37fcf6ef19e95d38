"""Which sign needs which help, and the number to call in each country."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.guidance.warning_boxes import CareLevel

WARNING_GUIDE = "back-pain-warning-signs"


class Urgency(StrEnum):
    """How soon somebody with a sign gets help, and from whom; the most urgent first."""

    EMERGENCY = "emergency"
    PREGNANCY = "pregnancy"
    URGENT = "urgent"


class Country(StrEnum):
    """Where somebody would call from."""

    US = "us"
    UK = "uk"
    EU = "eu"
    ELSEWHERE = "elsewhere"


EMERGENCY_NUMBERS = {Country.US: "911", Country.UK: "999", Country.EU: "112"}
_EU_CODES = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"


@dataclass(frozen=True)
class Sign:
    """One warning sign; its key says no more than how urgent it is and which in the list."""

    key: str
    words: str


def country_of(code: str) -> Country:
    """Return where a country of two letters belongs."""
    if code in _EU_CODES.split():
        return Country.EU
    return {"US": Country.US, "GB": Country.UK}.get(code, Country.ELSEWHERE)


def group_signs(cards: Sequence[Mapping[str, object]]) -> dict[Urgency, list[Sign]]:
    """Return the signs of the care cards of the warning guide by urgency, the most urgent first."""
    groups: dict[Urgency, list[Sign]] = {urgency: [] for urgency in Urgency}
    for card in cards:
        urgency = _urgency_of(card)
        signs = groups[urgency]
        for words in _items(card):
            signs.append(Sign(f"{urgency}-{len(signs) + 1}", words))
    return groups


def find_urgencies(keys: Iterable[str]) -> list[Urgency]:
    """Return how urgent some signs are, the most urgent first; keys that name no urgency are left out.

    Only the urgency in a key counts, so that a list that has changed meanwhile cannot lose a sign.
    """
    named = {key.partition("-")[0] for key in keys}
    return [urgency for urgency in Urgency if urgency in named]


def _items(card: Mapping[str, object]) -> list[str]:
    items = card["items"]
    return [str(item) for item in items] if isinstance(items, list) else []


def _urgency_of(card: Mapping[str, object]) -> Urgency:
    if card["level"] == CareLevel.EMERGENCY:
        return Urgency.EMERGENCY
    return Urgency.PREGNANCY if "pregnant" in str(card["title"]).lower() else Urgency.URGENT
