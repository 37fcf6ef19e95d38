"""What somebody can answer to the finder: four questions, each with a few fixed answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product


class Area(StrEnum):
    """Where it hurts, or what somebody wants to work on."""

    LOWER_BACK = "lower-back"
    UPPER_BACK = "upper-back"
    NECK_SHOULDERS = "neck-shoulders"
    HIPS_GLUTES = "hips-glutes"
    PELVIS = "pelvis"
    DOWN_THE_LEG = "down-the-leg"
    SEVERAL = "several"


class Stage(StrEnum):
    """How long it has lasted."""

    ACUTE = "acute"
    SUBACUTE = "subacute"
    CHRONIC = "chronic"
    PREVENTION = "prevention"


class Goal(StrEnum):
    """What somebody wants to do; only the last asks for no thing."""

    RELIEVE = "relieve"
    LOOSEN = "loosen"
    STRENGTHEN = "strengthen"
    SUPPORT = "support"
    UNDERSTAND = "understand"


class Situation(StrEnum):
    """What else decides."""

    PREGNANT = "pregnant"
    NOT_EASING = "not-easing"
    FLARE_UP = "flare-up"
    DESK = "desk"
    LIFTING = "lifting"
    SLEEP = "sleep"
    SPORT = "sport"
    NEEDLING = "needling"
    NONE = "none"


@dataclass(frozen=True, repr=False)
class Answers:
    """One answer to each question; it does not print itself, so no error can tell what somebody answered."""

    area: Area
    stage: Stage
    goal: Goal
    situation: Situation


def all_answers() -> Iterator[Answers]:
    """Return every way to answer the four questions."""
    for area, stage, goal, situation in product(Area, Stage, Goal, Situation):
        yield Answers(area, stage, goal, situation)
