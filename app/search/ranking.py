"""Puts candidates in order, the same way for both databases.

A word counts more the rarer it is, and more in a title than among the keywords than in the text. How good the
evidence is counts for nothing here, but for one rule: what guidelines advise against never stands above
anything else unless its own name has all the words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log10

from app.search.clause import Clause, Group
from app.search.full_text import Candidate
from app.search.models import EntryKind

TITLE = 6.0
KEYWORD = 3.0
TEXT = 1.5
# A title of which nothing is left over is what was asked for.
COVERED = 0.6
# An answer to part of the words must have the words that matter.
LEAST_COVERAGE = 0.3
# What is worth less than this part of the best answer only mentions the words.
LEAST_SHARE = 0.15


@dataclass(frozen=True)
class Ranked:
    """A candidate with what it is worth, and whether it has everything that was asked for."""

    candidate: Candidate
    score: float
    has_all: bool
    coverage: float

    @property
    def order(self) -> tuple[bool, bool, float, bool, bool, int, str]:
        """What to sort by, the best first."""
        one = self.candidate
        is_demoted = one.is_advised_against and not self.has_all
        return (
            is_demoted,
            not self.has_all,
            -round(self.score, 6),
            one.kind is not EntryKind.GUIDE,
            one.is_advised_against,
            one.position,
            one.slug,
        )


def rank(clause: Clause, candidates: Sequence[Candidate], entries: Mapping[str, int]) -> list[Ranked]:
    """Order candidates, the best first; `entries` counts how many entries hold each stem."""
    rarities = {stem: rarity(entries.get(stem, 0)) for stem in clause.stems()}
    judged = [_judge(clause, candidate, rarities) for candidate in candidates]
    least = LEAST_SHARE * max((each.score for each in judged), default=0.0)
    kept = (each for each in judged if each.coverage >= LEAST_COVERAGE and each.score >= least)
    return sorted(kept, key=lambda each: each.order)


def rarity(entries: int) -> float:
    """Return how much a word says that so many entries hold: from 1 down to nearly nothing."""
    return 1.0 / (1.0 + log10(1.0 + max(1, entries)))


def _judge(clause: Clause, candidate: Candidate, rarities: Mapping[str, float]) -> Ranked:
    worths = _worth_by_stem(candidate, rarities)
    scores = [_worth(group, worths) for group in clause.groups]
    asked = [_importance(group, rarities) for group in clause.groups]
    met = sum(importance for importance, score in zip(asked, scores, strict=True) if score > 0)
    wanted = set(rarities)
    title = candidate.title_stems
    covered = sum(stem in wanted for stem in title) / len(title) if title else 0.0
    if candidate.is_advised_against:
        # Its words lead to it; a fitting title alone does not lift it above others with the same words.
        covered = 0.0
    return Ranked(
        candidate,
        score=sum(scores) * (1.0 + COVERED * covered),
        has_all=all(score > 0 for score in scores),
        coverage=met / (sum(asked) or 1.0),
    )


def _worth(group: Group, worths: Mapping[str, float]) -> float:
    """Return what the best wording of a group is worth here; all of its words must be there."""
    best = 0.0
    for wording in group.wordings:
        each = [worths[stem] for stem in wording.stems]
        if all(each):
            best = max(best, wording.weight * sum(each) / max(1.0, len(each) ** 0.5))
    return best


def _importance(group: Group, rarities: Mapping[str, float]) -> float:
    return max(max(rarities[stem] for stem in wording.stems) for wording in group.wordings)


def _worth_by_stem(candidate: Candidate, rarities: Mapping[str, float]) -> dict[str, float]:
    title = set(candidate.title_stems)
    worths = {}
    for stem, rare in rarities.items():
        times = candidate.body_stems.count(stem)
        fields = (
            TITLE * (stem in title)
            + KEYWORD * (stem in candidate.keyword_stems)
            + TEXT * times / (times + 4.0)
        )
        worths[stem] = rare * fields
    return worths
