"""What keeps a product from the shop."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.models import Product
from app.guidance.guide_wording import find_claim_faults
from app.guidance.letters import find_grade_letters
from app.guidance.models import Basis, Grade, Guide, Recommendation
from app.guidance.obstacle import Obstacle
from app.guidance.queries import is_recommended

NO_GUIDE = Obstacle("guides", "no published guide in date recommends it")
_TEXTS = ("name", "brand", "intended_use", "usage_dose", "care_instructions")


def find_product_obstacles(session: Session, product: Product) -> list[Obstacle]:
    """List everything that keeps a product from being sold (2 statements, and those that fetch its parts)."""
    ties = _list_ties(session, product)
    texts = [*product_texts(product), *(("evidence_scope", tie.scope) for tie in ties[:1])]
    return [
        *([] if is_recommended(session, product.id) else [NO_GUIDE]),
        *_tie_faults(ties),
        *_variant_faults(product),
        *_picture_faults(product),
        *(fault for part, text in texts for fault in find_claim_faults(part, text)),
        *_letters(texts, ties),
    ]


def product_texts(product: Product) -> Iterator[tuple[str, str]]:
    """Return every text of a product that somebody reads, the names of its pictures among them."""
    for part in _TEXTS:
        yield part, str(getattr(product, part))
    for variant in product.variants:
        facts = variant.facts
        words = [variant.label]
        if facts:
            words += [facts.material, facts.included_items, facts.heat_prep or ""]
        yield f"variants[{variant.sku}]", "\n".join(words)
    for image in product.images:
        # People and search engines read file names too.
        name = PurePosixPath(image.file).stem.replace("-", " ").replace("_", " ")
        yield f"images[{image.file}]", f"{image.alt}\n{name}"


def _list_ties(session: Session, product: Product) -> Sequence[Recommendation]:
    statement = (
        select(Recommendation)
        .join(Recommendation.guide)
        .where(Recommendation.product_id == product.id, Guide.is_published)
        .order_by(Guide.position, Guide.id)
    )
    return session.scalars(statement).all()


def _tie_faults(ties: Sequence[Recommendation]) -> Iterable[Obstacle]:
    if len({(tie.grade, tie.basis, tie.scope) for tie in ties}) > 1:
        yield Obstacle("guides", "do not agree about its evidence")
    for tie in ties[:1]:
        if not tie.scope.strip() and tie.grade is Grade.AGAINST:
            yield Obstacle("evidence_scope", "is missing: the honest line above the price is made of it")
        elif not tie.scope.strip():
            yield Obstacle("evidence_scope", "is missing: a grade never stands without its scope")


def _variant_faults(product: Product) -> Iterable[Obstacle]:
    if not product.variants:
        yield Obstacle("variants", "is missing: there is nothing to buy")
    for variant in product.variants:
        if variant.price_cents <= 0:
            yield Obstacle(f"variants[{variant.sku}]", "has no price")


def _picture_faults(product: Product) -> Iterable[Obstacle]:
    for image in product.images:
        if not image.alt.strip():
            yield Obstacle(f"images[{image.file}]", "has no alt text")


def _letters(texts: Iterable[tuple[str, str]], ties: Sequence[Recommendation]) -> Iterable[Obstacle]:
    if not any(tie.basis is Basis.INDIRECT for tie in ties):
        return
    for part, text in texts:
        for words in find_grade_letters(text):
            yield Obstacle(part, f'"{words}" is a letter, and the product was not tested itself')
