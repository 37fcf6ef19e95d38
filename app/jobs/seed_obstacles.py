"""Holds what the seed has loaded against the rules of publishing, before any of it is committed."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.catalog.models import Product, Variant
from app.catalog.seed_problem import SeedProblem
from app.guidance.models import Guide
from app.guidance.obstacle import Obstacle
from app.guidance.product_obstacles import NO_GUIDE, find_product_obstacles
from app.guidance.publishing import ProductNotReady, find_content_faults
from app.guidance.services import publish_product

_PARTS = (
    selectinload(Product.images),
    selectinload(Product.variants).options(joinedload(Variant.facts)),
)


def publish_all(session: Session, products: Sequence[Product]) -> list[SeedProblem]:
    """Offer products to shoppers; returns what keeps some of them from it."""
    problems: list[SeedProblem] = []
    for product in products:
        try:
            publish_product(session, product)
        except ProductNotReady as refusal:
            problems += _problems_of(product, refusal.obstacles)
    return problems


def list_obstacles(session: Session, *, checked: Sequence[Product]) -> list[SeedProblem]:
    """List all that readers and shoppers see and should not; products that were checked are left out.

    A guide whose review is due keeps nothing from loading: it says so on its page.
    """
    return [*_guide_problems(session), *_product_problems(session, checked)]


def _guide_problems(session: Session) -> Iterator[SeedProblem]:
    for guide in session.scalars(select(Guide).where(Guide.is_published)):
        for fault in find_content_faults(session, guide):
            yield SeedProblem(f"guides/{guide.slug}.md", 0, fault.part, fault.message)


def _product_problems(session: Session, checked: Sequence[Product]) -> Iterator[SeedProblem]:
    for product in session.scalars(select(Product).where(Product.is_published).options(*_PARTS)):
        if product not in checked:
            # Whether it has a guide is asked of the whole shop, and one that has lapsed keeps nothing back.
            faults = [each for each in find_product_obstacles(session, product) if each != NO_GUIDE]
            yield from _problems_of(product, faults)


def _problems_of(product: Product, obstacles: Iterable[Obstacle]) -> Iterator[SeedProblem]:
    for obstacle in obstacles:
        yield SeedProblem("products.csv", 0, f"{product.code} {obstacle.part}", obstacle.message)
