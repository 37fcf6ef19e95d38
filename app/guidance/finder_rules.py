"""What the finder's table must keep to, whoever edits it."""

from collections.abc import Iterable, Mapping, Sequence

from app.catalog.seed_problem import SeedProblem
from app.catalog.seed_rows import ProductRow
from app.guidance.claims import find_banned_claims
from app.guidance.finder_answers import Answers, Area, Goal, Situation
from app.guidance.finder_rows import FILE, FinderRow
from app.guidance.guide_rows import GuideRow
from app.guidance.models import Grade
from app.guidance.taxonomy import PageType
from app.guidance.triage import deciding_answers, fits_everything

MOST_PRODUCTS = 4
LEG_GUIDE = "sciatica"


def find_finder_faults(
    rows: Sequence[FinderRow], guides: Sequence[GuideRow], products: Sequence[ProductRow] | None
) -> list[SeedProblem]:
    """List every fault of a table whose cells could be read; no rows are no faults.

    Without products (their files have faults of their own) the ties to them are not checked.
    """
    if not rows:
        return []
    by_slug = {guide.slug: guide for guide in guides}
    faults = [fault for row in rows for fault in _row_faults(row, by_slug)]
    faults += _key_faults(rows)
    faults += _table_faults(rows)
    if products is not None:
        by_code = {product.code: product for product in products}
        faults += [fault for row in rows for fault in _product_faults(row, by_code)]
    return faults


def _row_faults(row: FinderRow, guides: Mapping[str, GuideRow]) -> Iterable[SeedProblem]:
    guide = guides.get(row.guide)
    if guide is None:
        yield _fault(row, "guide", f'there is no guide "{row.guide}"')
    elif guide.page_type is PageType.SAFETY:
        yield _fault(row, "guide", "the warning signs come before the table, never out of it")
    if len(row.products) > MOST_PRODUCTS:
        yield _fault(row, "products", f"names more than {MOST_PRODUCTS} products")
    for claim in find_banned_claims(row.advice):
        yield _fault(row, "advice", f'"{claim.words}" may not be said. {claim.advice}')


def _key_faults(rows: Sequence[FinderRow]) -> Iterable[SeedProblem]:
    lines: dict[str, int] = {}
    for row in rows:
        if row.key in lines:
            yield _fault(row, "key", f'"{row.key}" is already on line {lines[row.key]}')
        lines.setdefault(row.key, row.line)


def _product_faults(row: FinderRow, products: Mapping[str, ProductRow]) -> Iterable[SeedProblem]:
    for code in row.products:
        product = products.get(code)
        if product is None:
            yield _fault(row, "products", f'there is no product "{code}"')
            continue
        if row.guide not in product.guides:
            message = f"products.csv line {product.line} does not name the guide {row.guide} for {code}"
            yield _fault(row, "products", message)
        if product.evidence_grade == Grade.AGAINST:
            yield _fault(row, "products", f"guidelines advise against {code}")


def _table_faults(rows: Sequence[FinderRow]) -> Iterable[SeedProblem]:
    if not fits_everything(rows[-1]):
        yield _fault(rows[-1], "", "is the last row and does not fit everything")
        return
    for row, answers in zip(rows, deciding_answers(rows), strict=True):
        if not answers:
            yield _fault(row, "", "is never reached: the rows above it decide all that it fits")
        if row.products:
            yield from _unsellable(row, answers)


def _unsellable(row: FinderRow, decided: Sequence[Answers]) -> Iterable[SeedProblem]:
    if any(answers.situation is Situation.PREGNANT for answers in decided):
        yield _fault(row, "products", "would be shown to somebody pregnant, who asks a midwife first")
    # A thing is suggested to somebody who asks for one, never from symptoms alone.
    if any(answers.goal is Goal.UNDERSTAND for answers in decided):
        yield _fault(row, "products", "would be shown to somebody who wants to understand and not to have")
    if row.guide != LEG_GUIDE and any(answers.area is Area.DOWN_THE_LEG for answers in decided):
        yield _fault(row, "products", f"would be shown for leg pain, which has the guide {LEG_GUIDE}")


def _fault(row: FinderRow, column: str, message: str) -> SeedProblem:
    return SeedProblem(FILE, row.line, column, message)
