"""How the strength of evidence is put in words on a page: the shop's display rule."""

from dataclasses import dataclass

from app.guidance.models import Basis, Grade

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
