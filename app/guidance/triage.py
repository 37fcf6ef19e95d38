"""The decision of the finder: the first row of the table that fits the answers.

Pure functions of answers and rows: nothing is read, kept or sent here.
"""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from app.guidance.finder_answers import Answers, all_answers
from app.guidance.finder_models import ANY, BETWEEN


class Rule(Protocol):
    """A row of the table: in each cell the keys of some answers, or "any"."""

    @property
    def area(self) -> str:
        """Where."""

    @property
    def stage(self) -> str:
        """How long."""

    @property
    def goal(self) -> str:
        """What for."""

    @property
    def situation(self) -> str:
        """What else decides."""


SomeRule = TypeVar("SomeRule", bound=Rule)


class NoRuleFits(Exception):
    """The table has a hole."""


def fits(rule: Rule, answers: Answers) -> bool:
    """Say whether a row is about these answers."""
    return (
        _holds(rule.area, answers.area)
        and _holds(rule.stage, answers.stage)
        and _holds(rule.goal, answers.goal)
        and _holds(rule.situation, answers.situation)
    )


def decide(rules: Sequence[SomeRule], answers: Answers) -> SomeRule:
    """Return the first row that fits; raises NoRuleFits, without the answers."""
    for rule in rules:
        if fits(rule, answers):
            return rule
    raise NoRuleFits


def deciding_answers(rules: Sequence[Rule]) -> list[list[Answers]]:
    """Return for each row the answers that it decides; the last row must fit everything."""
    decided: list[list[Answers]] = [[] for _ in rules]
    for answers in all_answers():
        place = next(place for place, rule in enumerate(rules) if fits(rule, answers))
        decided[place].append(answers)
    return decided


def fits_everything(rule: Rule) -> bool:
    """Say whether a row asks nothing."""
    return rule.area == rule.stage == rule.goal == rule.situation == ANY


def _holds(cell: str, answer: str) -> bool:
    return cell == ANY or answer in cell.split(BETWEEN)
