"""Reads which goods the guidelines advise against: the line that stands above their price."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.models import Variant
from app.guidance.evidence import EvidenceLine, evidence_line
from app.guidance.models import Grade, Guide, Recommendation


def list_advice_against(session: Session, variant_ids: Iterable[int]) -> dict[int, EvidenceLine]:
    """Put the advice against variants in words, by variant id, where there is any (1 statement).

    The first published guide speaks; advice against a product stays when a review has lapsed.
    """
    statement = (
        select(Variant.id, Recommendation.basis, Recommendation.scope)
        .join(Recommendation, Recommendation.product_id == Variant.product_id)
        .join(Recommendation.guide)
        .where(
            Variant.id.in_(sorted(set(variant_ids))),
            Recommendation.grade == Grade.AGAINST,
            Guide.is_published,
        )
        .order_by(Guide.position, Guide.id)
    )
    lines: dict[int, EvidenceLine] = {}
    for variant_id, basis, scope in session.execute(statement):
        lines.setdefault(variant_id, evidence_line(Grade.AGAINST, basis, scope))
    return lines
