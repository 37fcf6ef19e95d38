"""Reads guides and what they say of products; nothing unpublished comes out."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from app import clock
from app.catalog.models import Product
from app.guidance.evidence import EvidenceLine, evidence_line
from app.guidance.models import Claim, Grade, Guide, GuideSource, Recommendation
from app.guidance.review import is_in_date


def list_guides(session: Session) -> list[Guide]:
    """List the published guides in their order, without their parts (1 statement)."""
    statement = select(Guide).where(Guide.is_published).order_by(Guide.position, Guide.id)
    return list(session.scalars(statement))


def list_guides_by_id(session: Session, ids: Sequence[int]) -> list[Guide]:
    """List the published guides among these, in this order, without their parts (1 statement)."""
    statement = select(Guide).where(Guide.id.in_(ids), Guide.is_published)
    return sorted(session.scalars(statement), key=lambda guide: ids.index(guide.id))


def find_guide(session: Session, slug: str) -> Guide | None:
    """Find a published guide with all that its page shows (6 statements).

    Loads the sources, the evidence statements, and the recommendations of published products
    with each product's category, variants and pictures.
    """
    shown = Guide.recommendations.and_(Recommendation.product.has(Product.is_published))
    product = selectinload(shown).joinedload(Recommendation.product, innerjoin=True)
    statement = (
        select(Guide)
        .where(Guide.slug == slug, Guide.is_published)
        .options(
            selectinload(Guide.sources).joinedload(GuideSource.source, innerjoin=True),
            selectinload(Guide.claims).selectinload(Claim.sources),
            selectinload(Guide.changes),
            product.joinedload(Product.category, innerjoin=True),
            product.selectinload(Product.variants),
            product.selectinload(Product.images),
        )
        # A guide the session already holds may carry unpublished products too.
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).one_or_none()


def list_recommendations_for(session: Session, product_id: int) -> list[Recommendation]:
    """List what the published guides say of a published product, in the guides' order (1 statement).

    A guide whose review has lapsed says nothing any more, but advice against a product stays.
    """
    statement = (
        select(Recommendation)
        .join(Recommendation.guide)
        .join(Recommendation.product)
        .where(Recommendation.product_id == product_id, _may_speak(), Product.is_published)
        .options(contains_eager(Recommendation.guide), contains_eager(Recommendation.product))
        .order_by(Guide.position, Guide.id)
    )
    return list(session.scalars(statement))


def is_recommended(session: Session, product_id: int) -> bool:
    """Say whether a published guide whose review has not lapsed speaks of a product (1 statement)."""
    statement = select(Product.id).where(Product.id == product_id, _has_guide(in_date=True))
    return session.scalar(statement) is not None


def list_products_by_guidance(
    session: Session,
    *,
    is_published: bool,
    has_guide: bool,
    in_date: bool = False,
    leaving_out: Guide | None = None,
) -> list[Product]:
    """List the products that are published or not, and that a published guide speaks of or not (1 statement).

    With `in_date` only guides count whose review has not lapsed; with `leaving_out`, the answer is what it
    would be without that guide.
    """
    guided = _has_guide(leaving_out, in_date=in_date)
    statement = (
        select(Product)
        .where(Product.is_published.is_(is_published), guided if has_guide else ~guided)
        .order_by(Product.code)
    )
    return list(session.scalars(statement))


def _may_speak() -> ColumnElement[bool]:
    against = Recommendation.grade == Grade.AGAINST
    return and_(Guide.is_published, or_(is_in_date(clock.today()), against))


def _has_guide(leaving_out: Guide | None = None, *, in_date: bool) -> ColumnElement[bool]:
    guided = exists().where(
        Recommendation.product_id == Product.id, Guide.id == Recommendation.guide_id, Guide.is_published
    )
    if in_date:
        guided = guided.where(is_in_date(clock.today()))
    return guided if leaving_out is None else guided.where(Guide.id != leaving_out.id)


def list_evidence_lines(
    session: Session, product_ids: Iterable[int] | None = None
) -> dict[int, EvidenceLine]:
    """Put what the published guides say of some or all products in words, by product id (1 statement).

    Where guides differ, advice against a product wins, then the first guide.
    """
    statement = (
        select(Recommendation.product_id, Recommendation.grade, Recommendation.basis, Recommendation.scope)
        .join(Recommendation.guide)
        .where(_may_speak())
        .order_by(Guide.position, Guide.id)
    )
    if product_ids is not None:
        statement = statement.where(Recommendation.product_id.in_(sorted(set(product_ids))))
    lines: dict[int, EvidenceLine] = {}
    for product_id, grade, basis, scope in session.execute(statement):
        line = evidence_line(grade, basis, scope)
        if product_id not in lines or (line.is_against and not lines[product_id].is_against):
            lines[product_id] = line
    return lines
