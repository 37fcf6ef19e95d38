"""Reads the finder's table as a whole, so that not even the database can tell what somebody answered."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.catalog.models import Product
from app.guidance.finder_models import FinderProduct, FinderReview, FinderRule
from app.guidance.models import Guide, Recommendation


def list_finder_rules(session: Session) -> Sequence[FinderRule]:
    """Return all rows in their order with guides, and products as in a list (4 statements)."""
    product = selectinload(FinderRule.products).joinedload(FinderProduct.product, innerjoin=True)
    statement = (
        select(FinderRule)
        .order_by(FinderRule.position, FinderRule.id)
        .options(
            joinedload(FinderRule.guide, innerjoin=True).load_only(
                Guide.slug, Guide.title, Guide.answer, Guide.next_review, Guide.is_published
            ),
            product.joinedload(Product.category, innerjoin=True),
            product.selectinload(Product.variants),
            product.selectinload(Product.images),
        )
    )
    return session.scalars(statement).all()


def list_finder_ties(session: Session) -> dict[tuple[int, int], Recommendation]:
    """Return what the guides of all rows say of their products, by guide and product id (1 statement)."""
    statement = (
        select(Recommendation)
        .join(FinderRule, FinderRule.guide_id == Recommendation.guide_id)
        .join(
            FinderProduct,
            (FinderProduct.rule_id == FinderRule.id)
            & (FinderProduct.product_id == Recommendation.product_id),
        )
        .distinct()
    )
    return {(tie.guide_id, tie.product_id): tie for tie in session.scalars(statement)}


def find_finder_review(session: Session) -> FinderReview | None:
    """Return who has reviewed the table; without a table there is nothing (1 statement)."""
    return session.scalars(select(FinderReview)).one_or_none()
