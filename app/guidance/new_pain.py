"""What is said of a product to somebody whose pain is new."""

from app.guidance.evidence import EvidenceLine, evidence_line
from app.guidance.finder_answers import Stage
from app.guidance.models import Basis, Grade, Recommendation

EXERCISE_AIDS = "stretching-aids"
# The trials of exercise that carry the grade were about pain over 12 weeks.
_NOT_SHOWN_YET = EvidenceLine(
    "Keep moving.", "Exercise aids have not been shown to ease new pain.", is_against=False
)


def evidence_line_at(stage: Stage, tie: Recommendation, family: str) -> EvidenceLine:
    """Put the evidence for a product of a family in words, as it is at a stage of pain."""
    is_new = stage in (Stage.ACUTE, Stage.SUBACUTE)
    rests_on_exercise = tie.basis is Basis.INDIRECT and tie.grade in (Grade.A, Grade.B)
    if is_new and rests_on_exercise and family == EXERCISE_AIDS:
        return _NOT_SHOWN_YET
    return evidence_line(tie.grade, tie.basis, tie.scope)
