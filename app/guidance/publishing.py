"""What keeps a guide from its readers; the same rules for staff and for the seed."""

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from app import clock
from app.catalog.models import Product
from app.guidance.guide_agreement import find_link_faults
from app.guidance.guide_rows import GuideRow
from app.guidance.guide_rules import find_part_faults
from app.guidance.guide_wording import find_wording_faults
from app.guidance.letters import find_grade_letters
from app.guidance.models import Basis, Guide, Recommendation
from app.guidance.obstacle import Obstacle
from app.guidance.read_back import read_back
from app.guidance.review import ReviewState, review_state
from app.guidance.shared_parts import find_shared_part_faults


class GuideNotReady(Exception):
    """A guide may not be shown; `obstacles` lists all that is wrong with it."""

    def __init__(self, guide: Guide, obstacles: list[Obstacle]) -> None:
        super().__init__("\n".join([f"{guide.slug} cannot be published:", *map(str, obstacles)]))
        self.guide = guide
        self.obstacles = obstacles


class ProductNotReady(Exception):
    """A product may not be sold; `obstacles` lists all that is wrong with it."""

    def __init__(self, product: Product, obstacles: list[Obstacle]) -> None:
        super().__init__("\n".join([f"{product.code} cannot be published:", *map(str, obstacles)]))
        self.product = product
        self.obstacles = obstacles


class ProductWithoutGuide(ProductNotReady):
    """A product that no published guide speaks of may not be sold."""


def find_obstacles(session: Session, guide: Guide) -> list[Obstacle]:
    """List everything that keeps a guide from being published today, its review date among it."""
    return [*find_content_faults(session, guide), *_date_faults(guide)]


def find_content_faults(session: Session, guide: Guide) -> list[Obstacle]:
    """List what is wrong with a guide on any day."""
    row = read_back(guide)
    return [
        *find_part_faults(row),
        *find_shared_part_faults(row, guide.warning_cards),
        *find_wording_faults(row, guide.warning_cards),
        *_tie_faults(guide, row),
        *_contradictions(session, guide),
    ]


def _date_faults(guide: Guide) -> Iterable[Obstacle]:
    today = clock.today()
    if review_state(guide, today) is not ReviewState.CURRENT:
        yield Obstacle("next_review", f"was due on {guide.next_review}: the guide must be reviewed first")
    if guide.last_reviewed and guide.last_reviewed > today:
        yield Obstacle("last_reviewed", f"{guide.last_reviewed} lies ahead")


def _tie_faults(guide: Guide, row: GuideRow) -> Iterable[Obstacle]:
    ties = zip(guide.recommendations, row.products, strict=True)
    for number, (each, link) in enumerate(ties, start=1):
        place = f"products[{number}]"
        yield from find_link_faults(row, link, place, grade=each.grade, basis=each.basis)
        if not each.scope.strip():
            yield Obstacle(f"{place}.scope", "is missing: a grade never stands without its scope")
        if each.basis is Basis.INDIRECT:
            for words in find_grade_letters(f"{each.reason}\n{each.scope}"):
                message = f'"{words}" is a letter, and {link.code} was not tested itself'
                yield Obstacle(f"{place}.reason", message)


def _contradictions(session: Session, guide: Guide) -> Iterable[Obstacle]:
    """Name the products whose evidence another published guide tells otherwise."""
    own, other = aliased(Recommendation), aliased(Recommendation)
    differs = or_(own.grade != other.grade, own.basis != other.basis, own.scope != other.scope)
    statement = (
        select(own.position, Product.code, Guide.slug)
        .join(other, other.product_id == own.product_id)
        .join(Guide, Guide.id == other.guide_id)
        .join(Product, Product.id == own.product_id)
        .where(own.guide_id == guide.id, other.guide_id != guide.id, Guide.is_published, differs)
        .order_by(own.position, Guide.slug)
    )
    for number, code, slug in session.execute(statement).all():
        yield Obstacle(f"products[{number}]", f"{slug} tells the evidence for {code} otherwise")
