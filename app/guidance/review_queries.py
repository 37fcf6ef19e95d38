"""Reads which guides are due for review, and what hangs on them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.catalog.models import Product
from app.guidance.models import Grade, Guide, Recommendation
from app.guidance.review import ReviewState, review_state


@dataclass(frozen=True)
class DueGuide:
    """A guide that is due: in how many days (below 0: since), and how many products' claims hang on it."""

    guide: Guide
    state: ReviewState
    days: int
    products: int


def list_due_guides(session: Session, today: date, until: date) -> list[DueGuide]:
    """List the published guides whose review is due until a day, the longest overdue first (1 statement).

    Advice against a product never lapses, so only other claims on published products are counted.
    """
    hangs = and_(Recommendation.guide_id == Guide.id, Recommendation.grade != Grade.AGAINST)
    statement = (
        select(Guide, func.count(Product.id))
        .outerjoin(Recommendation, hangs)
        .outerjoin(Product, and_(Product.id == Recommendation.product_id, Product.is_published))
        .where(Guide.is_published, Guide.next_review <= until)
        .group_by(Guide.id)
        .order_by(Guide.next_review, Guide.position, Guide.id)
    )
    return [
        DueGuide(guide, review_state(guide, today), (guide.next_review - today).days, products)
        for guide, products in session.execute(statement)
    ]


def find_guide_by_slug(session: Session, slug: str) -> Guide | None:
    """Find a guide without its parts, whether it is published or not (1 statement)."""
    return session.scalars(select(Guide).where(Guide.slug == slug)).one_or_none()
