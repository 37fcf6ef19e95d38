"""Guides and products speak of each other in two sets of files: what one says, the other must say too."""

from collections.abc import Iterable, Sequence

from app.catalog.seed_problem import SeedProblem
from app.catalog.seed_rows import ProductRow
from app.guidance.guide_rows import GuideRow, LinkRow
from app.guidance.models import Basis, Grade, Role


def find_disagreements(guides: Sequence[GuideRow], products: Sequence[ProductRow]) -> list[SeedProblem]:
    """List the products that guides do not know, and every tie that only one side names.

    A product may name guides that are not written yet.
    """
    return [*_wrong_links(guides, products), *_missing_links(guides, products)]


def _wrong_links(guides: Sequence[GuideRow], products: Sequence[ProductRow]) -> Iterable[SeedProblem]:
    by_code = {product.code: product for product in products}
    for guide in guides:
        for number, link in enumerate(guide.products, start=1):
            place = f"products[{number}]"
            product = by_code.get(link.code)
            if product is None:
                yield SeedProblem(guide.file, 0, f"{place}.code", f'there is no product "{link.code}"')
                continue
            if guide.slug not in product.guides:
                message = f"products.csv line {product.line} does not name this guide for {link.code}"
                yield SeedProblem(guide.file, 0, f"{place}.code", message)
            yield from _claim_faults(guide, link, product, place)
            if product.evidence_grade == Grade.AGAINST and link.role is not Role.AGAINST:
                message = f"guidelines advise against {link.code}, so its role is against"
                yield SeedProblem(guide.file, 0, f"{place}.role", message)


def _claim_faults(guide: GuideRow, link: LinkRow, product: ProductRow, place: str) -> Iterable[SeedProblem]:
    claim = next((row for row in guide.evidence if row.key == link.claim), None)
    if claim is None:
        return
    if claim.grade != product.evidence_grade:
        message = f'"{claim.key}" is graded {claim.grade.value}, and {link.code} {product.evidence_grade}'
        yield SeedProblem(guide.file, 0, f"{place}.claim", message)
    if claim.basis is Basis.INDIRECT and product.evidence_basis == Basis.DIRECT:
        message = f'"{claim.key}" is indirect, and {link.code} was studied itself'
        yield SeedProblem(guide.file, 0, f"{place}.claim", message)


def _missing_links(guides: Sequence[GuideRow], products: Sequence[ProductRow]) -> Iterable[SeedProblem]:
    named = {guide.slug: {link.code for link in guide.products} for guide in guides}
    for product in products:
        for slug in product.guides:
            if slug in named and product.code not in named[slug]:
                message = f"guides/{slug}.md does not list {product.code}"
                yield SeedProblem("products.csv", product.line, "guides", message)
