"""How the strength of evidence is put in words on a page: the shop's display rule."""

from dataclasses import dataclass

from app.guidance.models import Basis, Grade, Role

_AGAINST = "Guidelines advise against routine use."
_TESTED = {
    Grade.A: "Good evidence it helps a bit (A).",
    Grade.B: "Some evidence (B).",
    Grade.C: "Weak or mixed evidence (C).",
    Grade.D: "Not enough evidence (D).",
}
# A shopper who sees "A" on a band reads that the band works, so a product that
# was not studied itself never carries the letter of what it is used for.
_NOT_TESTED = {
    Grade.A: "Not tested itself.",
    Grade.B: "Not tested itself.",
    Grade.C: "Not tested for back pain.",
    Grade.D: "Not tested for back pain.",
}


@dataclass(frozen=True)
class EvidenceLine:
    """What a page says of the evidence: the headline first, then what it does and does not cover."""

    headline: str
    scope: str
    is_against: bool


def evidence_line(grade: Grade, basis: Basis, scope: str) -> EvidenceLine:
    """Put a grade in words; a letter appears only where the product itself was studied."""
    if grade is Grade.AGAINST:
        return EvidenceLine(_AGAINST, scope, is_against=True)
    headlines = _TESTED if basis is Basis.DIRECT else _NOT_TESTED
    return EvidenceLine(headlines[grade], scope, is_against=False)


# A claim is about a kind of thing, so it is put in the plural.
_CLAIMED_TESTED = {
    Grade.A: "good evidence it helps a bit (A).",
    Grade.B: "some evidence (B).",
    Grade.C: "weak or mixed evidence (C).",
    Grade.D: "not enough evidence (D).",
}
_CLAIMED_UNTESTED = {
    Grade.A: "not tested themselves.",
    Grade.B: "not tested themselves.",
    Grade.C: "not tested for back pain.",
    Grade.D: "not tested for back pain.",
}
_CLAIMED_AGAINST = "guidelines advise against routine use."
_ROLES_OF_GRADE = {
    Grade.A: {Role.HELPS, Role.MAY_HELP, Role.DOES_NOT_HELP, Role.SAFETY},
    Grade.B: {Role.MAY_HELP, Role.DOES_NOT_HELP, Role.SAFETY},
    Grade.C: {Role.MAY_HELP, Role.UNKNOWN, Role.SAFETY},
    Grade.D: {Role.UNKNOWN, Role.SAFETY},
    Grade.AGAINST: {Role.AGAINST},
}


def claim_words(grade: Grade, basis: Basis) -> str:
    """Put the grade of a claim in words, to stand after what the claim is about."""
    if grade is Grade.AGAINST:
        return _CLAIMED_AGAINST
    return (_CLAIMED_TESTED if basis is Basis.DIRECT else _CLAIMED_UNTESTED)[grade]


def role_fits_grade(role: Role, grade: Grade) -> bool:
    """Say whether evidence of a grade may carry what a role says."""
    return role in _ROLES_OF_GRADE[grade]
