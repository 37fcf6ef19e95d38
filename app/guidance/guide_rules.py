"""The rules one guide must keep to be shown."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from pathlib import PurePosixPath

from app.catalog.seed_problem import SeedProblem
from app.guidance.evidence import role_fits_grade
from app.guidance.guide_rows import GuideRow
from app.guidance.taxonomy import PageType

LONGEST_REVIEW_GAP = timedelta(days=366)


def find_broken_rules(guide: GuideRow, warning_boxes: Collection[str]) -> list[SeedProblem]:
    """List what is wrong with a guide whose values can be read."""
    faults = [
        *_name_faults(guide, warning_boxes),
        *_review_faults(guide),
        *_missing_parts(guide),
        *_evidence_faults(guide),
        *_change_faults(guide),
        *_product_faults(guide),
    ]
    return [SeedProblem(guide.file, 0, key, message) for key, message in faults]


def _name_faults(guide: GuideRow, warning_boxes: Collection[str]) -> Iterable[tuple[str, str]]:
    if guide.slug != PurePosixPath(guide.file).stem:
        yield "slug", f'"{guide.slug}" is not the name of the file'
    if guide.warning_box not in warning_boxes:
        yield "warning_box", f'there is no warning box "{guide.warning_box}"'


def _review_faults(guide: GuideRow) -> Iterable[tuple[str, str]]:
    if (guide.reviewed_by is None) != (guide.last_reviewed is None):
        yield "reviewed_by", "a reviewer and the date of the review belong together"
    latest = guide.last_reviewed or guide.published_on
    if not timedelta(0) < guide.next_review - latest <= LONGEST_REVIEW_GAP:
        yield "next_review", f"is not within 12 months after {latest}"


def _evidence_faults(guide: GuideRow) -> Iterable[tuple[str, str]]:
    keys = [row.key for row in guide.evidence]
    for number, row in enumerate(guide.evidence, start=1):
        place = f"evidence[{number}]"
        if row.key in keys[: number - 1]:
            yield f"{place}.key", f'"{row.key}" stands twice'
        if not row.sources:
            yield f"{place}.sources", "is missing: no claim stands without a source"
        for key in row.sources:
            if key not in guide.sources:
                yield f"{place}.sources", f'"{key}" is not among the sources of the guide'
        if not role_fits_grade(row.role, row.grade):
            yield f"{place}.role", f"{row.role.value} does not go with the grade {row.grade.value}"


def _change_faults(guide: GuideRow) -> Iterable[tuple[str, str]]:
    if not guide.changes:
        yield "changes", "is missing: readers see when a guide last changed, and why"
    days = [change.changed_on for change in guide.changes]
    if days != sorted(days, reverse=True):
        yield "changes", "does not begin with the newest"


def _product_faults(guide: GuideRow) -> Iterable[tuple[str, str]]:
    codes = [link.code for link in guide.products]
    claims = {row.key for row in guide.evidence}
    for number, link in enumerate(guide.products, start=1):
        if link.code in codes[: number - 1]:
            yield f"products[{number}].code", f'names "{link.code}" twice'
        if link.claim not in claims:
            yield f"products[{number}].claim", f'"{link.claim}" is not a key of the evidence'
    # Nobody who reads about an emergency is to be sold something.
    if codes and guide.page_type is PageType.SAFETY:
        yield "products", "a safety page names no products"


def _missing_parts(guide: GuideRow) -> Iterable[tuple[str, str]]:
    if not guide.body:
        yield "", "has no words below its front matter"
    if not guide.sources:
        yield "sources", "is missing"
    # Warning signs send people to a doctor; there is nothing to grade in that.
    if not guide.evidence and guide.page_type is not PageType.SAFETY:
        yield "evidence", "is missing"
