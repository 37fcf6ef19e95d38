"""Finds wording the shop may never publish, in any guide, product text, review highlight or email."""

import re
from dataclasses import dataclass

from app.guidance.claim_rules import RULES

# Only these words may stand between a denial and the claim it denies, so that
# "does not cure" passes while "does not just ease pain, it cures it" is caught.
_DENIED = re.compile(
    r"(?:\b(?:does|do|did|is|are|was|were|can|will|has|have)(?:\s+not|n['\u2019]t)|\b(?:cannot|can['\u2019]t|won['\u2019]t|never|not)"
    r"|\bno\s+(?:product|belt|brace|strap|tool)s?(?:\s+(?:is|are|has|have|can|will))?)"
    r"(?:\s+(?:been|be|shown|known|to|for|a|an|ever|yet|fully|clinically))*\s+$"
    r"|\bnothing\s+we\s+sell\s+(?:is|can|has|will)(?:\s+(?:been|be|shown|known|to))*\s+$"
    r"|\b(?:no\s+(?:good\s+|clear\s+)?(?:evidence|proof)|cannot\s+promise)\s+that\s+(?:[\w'\u2019-]+\s+){0,4}$",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:if|unless|until|why)\b", re.IGNORECASE)
_CLAUSE_BREAK = re.compile(r"[.!?;:,()|]|\n\s*(?:\n|[-*#>])")
# What people say may stand as a heading of its own only where the very next line answers it.
_QUOTED = re.compile(r"^[#\s]*People say:")
_ANSWER = re.compile(r"\s*(?:\*\*)?What we know:")


@dataclass(frozen=True)
class BannedClaim:
    """Words found in a text that may not be published, and what to write instead."""

    words: str
    position: int
    advice: str


def find_banned_claims(text: str) -> list[BannedClaim]:
    """List every banned claim in a text, in reading order.

    A plain denial such as "does not cure" passes; so does what "People say:" right before "What we know:".
    """
    found = [
        BannedClaim(match.group(), match.start(), rule.advice)
        for rule in RULES
        for match in rule.pattern.finditer(text)
        if not (rule.may_be_denied and (_is_denied(text[: match.start()]) or _is_answered(text, match)))
    ]
    return sorted(found, key=lambda claim: claim.position)


def _is_denied(text_before: str) -> bool:
    clause = _CLAUSE_BREAK.split(text_before)[-1]
    return _CONDITION.search(clause) is None and _DENIED.search(clause) is not None


def _is_answered(text: str, match: re.Match[str]) -> bool:
    begin = text.rfind("\n", 0, match.start()) + 1
    line, _, after = text[begin:].partition("\n")
    is_within = match.end() <= begin + len(line)
    return is_within and _QUOTED.match(line) is not None and _ANSWER.match(after) is not None
