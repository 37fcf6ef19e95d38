"""Publishes and withdraws, and keeps the promise that no product is sold without guidance beside it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.models import Product
from app.catalog.services import publish, touch_content
from app.guidance.models import Guide, Recommendation
from app.guidance.product_obstacles import NO_GUIDE, find_product_obstacles
from app.guidance.publishing import GuideNotReady, ProductNotReady, ProductWithoutGuide, find_obstacles
from app.guidance.queries import list_products_by_guidance

__all__ = [
    "GuideNotReady",
    "GuideStillNeeded",
    "ProductNotReady",
    "ProductWithoutGuide",
    "publish_guide",
    "publish_product",
    "require_guides",
    "withdraw_guide",
]


class GuideStillNeeded(Exception):
    """Published products would be left without any guide."""

    def __init__(self, products: list[Product]) -> None:
        codes = ", ".join(product.code for product in products)
        super().__init__(f"no other published guide recommends {codes}")
        self.products = products


def publish_product(session: Session, product: Product) -> None:
    """Offer a product to shoppers; raises ProductNotReady with every obstacle, or ProductWithoutGuide."""
    _hold_guides(session, [product.id])
    obstacles = find_product_obstacles(session, product)
    if NO_GUIDE in obstacles:
        raise ProductWithoutGuide(product, obstacles)
    if obstacles:
        raise ProductNotReady(product, obstacles)
    publish(session, product)


def publish_guide(session: Session, guide: Guide) -> None:
    """Show a guide to readers; raises GuideNotReady with every obstacle."""
    obstacles = find_obstacles(session, guide)
    if obstacles:
        raise GuideNotReady(guide, obstacles)
    if not guide.is_published:
        guide.is_published = True
        touch_content(session)


def withdraw_guide(session: Session, guide: Guide) -> None:
    """Take a guide off the shop; raises GuideStillNeeded when a published product has no other."""
    if not guide.is_published:
        return
    product_ids = session.scalars(
        select(Recommendation.product_id).where(Recommendation.guide_id == guide.id)
    ).all()
    _hold_guides(session, product_ids)
    unguided = list_products_by_guidance(session, is_published=True, has_guide=False, leaving_out=guide)
    needed = [product for product in unguided if product.id in product_ids]
    if needed:
        raise GuideStillNeeded(needed)
    guide.is_published = False
    touch_content(session)


def require_guides(session: Session) -> None:
    """Check the promise for the whole shop; raises GuideStillNeeded naming the products that break it."""
    unguided = list_products_by_guidance(session, is_published=True, has_guide=False)
    if unguided:
        raise GuideStillNeeded(unguided)


def _hold_guides(session: Session, product_ids: Sequence[int]) -> None:
    """Hold every guide of some products until commit.

    Else two of them could be withdrawn at the same moment, each in the belief that the other stays.
    """
    guides = select(Recommendation.guide_id).where(Recommendation.product_id.in_(product_ids))
    session.execute(select(Guide.id).where(Guide.id.in_(guides)).order_by(Guide.id).with_for_update())
