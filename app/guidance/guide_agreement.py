"""Guides and products speak of each other in two sets of files: what one says, the other must say too."""

from collections.abc import Iterable, Sequence

from app.catalog.seed_problem import SeedProblem
from app.catalog.seed_rows import ProductRow
from app.guidance.evidence import role_fits_grade
from app.guidance.guide_rows import GuideRow, LinkRow
from app.guidance.models import Basis, Grade, Role
from app.guidance.obstacle import Obstacle


def find_disagreements(guides: Sequence[GuideRow], products: Sequence[ProductRow]) -> list[SeedProblem]:
    """List the products that guides do not know, and every tie that only one side names.

    A product may name guides that are not written yet.
    """
    return [*_wrong_links(guides, products), *_missing_links(guides, products)]


def find_link_faults(
    guide: GuideRow, link: LinkRow, place: str, *, grade: str, basis: str
) -> Iterable[Obstacle]:
    """List where a tie and the claim it rests on say other than what is known of the product."""
    claim = next((row for row in guide.evidence if row.key == link.claim), None)
    if claim and claim.grade != grade:
        message = f'"{claim.key}" is graded {claim.grade.value}, and {link.code} {grade}'
        yield Obstacle(f"{place}.claim", message)
    if claim and claim.basis is Basis.INDIRECT and basis == Basis.DIRECT:
        yield Obstacle(f"{place}.claim", f'"{claim.key}" is indirect, and {link.code} was studied itself')
    if grade == Grade.AGAINST and link.role is not Role.AGAINST:
        yield Obstacle(f"{place}.role", f"guidelines advise against {link.code}, so its role is against")
    elif not role_fits_grade(link.role, Grade(grade)):
        message = f"{link.role.value} does not go with the grade {grade} of {link.code}"
        yield Obstacle(f"{place}.role", message)


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
            grade, basis = product.evidence_grade, product.evidence_basis
            for fault in find_link_faults(guide, link, place, grade=grade, basis=basis):
                yield SeedProblem(guide.file, 0, fault.part, fault.message)


def _missing_links(guides: Sequence[GuideRow], products: Sequence[ProductRow]) -> Iterable[SeedProblem]:
    named = {guide.slug: {link.code for link in guide.products} for guide in guides}
    for product in products:
        for slug in product.guides:
            if slug in named and product.code not in named[slug]:
                message = f"guides/{slug}.md does not list {product.code}"
                yield SeedProblem("products.csv", product.line, "guides", message)
