"""The rules one guide must keep to be shown, whether it comes from a file or from the database."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from pathlib import PurePosixPath

from app.catalog.seed_problem import SeedProblem
from app.guidance.evidence import role_fits_grade
from app.guidance.guide_rows import GuideRow
from app.guidance.obstacle import Obstacle
from app.guidance.taxonomy import PageType

LONGEST_REVIEW_GAP = timedelta(days=366)


def find_broken_rules(guide: GuideRow, warning_boxes: Collection[str]) -> list[SeedProblem]:
    """List what is wrong with a guide of the seed whose values can be read."""
    faults = [*_name_faults(guide, warning_boxes), *find_part_faults(guide)]
    return [SeedProblem(guide.file, 0, fault.part, fault.message) for fault in faults]


def find_part_faults(guide: GuideRow) -> list[Obstacle]:
    """List the parts of a guide that are missing or do not go together."""
    return [
        *_review_faults(guide),
        *_missing_parts(guide),
        *_evidence_faults(guide),
        *_change_faults(guide),
        *_product_faults(guide),
    ]


def _name_faults(guide: GuideRow, warning_boxes: Collection[str]) -> Iterable[Obstacle]:
    if guide.slug != PurePosixPath(guide.file).stem:
        yield Obstacle("slug", f'"{guide.slug}" is not the name of the file')
    if guide.warning_box not in warning_boxes:
        yield Obstacle("warning_box", f'there is no warning box "{guide.warning_box}"')


def _review_faults(guide: GuideRow) -> Iterable[Obstacle]:
    if (guide.reviewed_by is None) != (guide.last_reviewed is None):
        yield Obstacle("reviewed_by", "a reviewer and the date of the review belong together")
    latest = guide.last_reviewed or guide.published_on
    if not timedelta(0) < guide.next_review - latest <= LONGEST_REVIEW_GAP:
        yield Obstacle("next_review", f"is not within 12 months after {latest}")


def _evidence_faults(guide: GuideRow) -> Iterable[Obstacle]:
    keys = [row.key for row in guide.evidence]
    for number, row in enumerate(guide.evidence, start=1):
        place = f"evidence[{number}]"
        if row.key in keys[: number - 1]:
            yield Obstacle(f"{place}.key", f'"{row.key}" stands twice')
        if not row.sources:
            yield Obstacle(f"{place}.sources", "is missing: no claim stands without a source")
        for key in row.sources:
            if key not in guide.sources:
                yield Obstacle(f"{place}.sources", f'"{key}" is not among the sources of the guide')
        if not role_fits_grade(row.role, row.grade):
            message = f"{row.role.value} does not go with the grade {row.grade.value}"
            yield Obstacle(f"{place}.role", message)


def _change_faults(guide: GuideRow) -> Iterable[Obstacle]:
    if not guide.changes:
        yield Obstacle("changes", "is missing: readers see when a guide last changed, and why")
    days = [change.changed_on for change in guide.changes]
    if days != sorted(days, reverse=True):
        yield Obstacle("changes", "does not begin with the newest")


def _product_faults(guide: GuideRow) -> Iterable[Obstacle]:
    codes = [link.code for link in guide.products]
    claims = {row.key for row in guide.evidence}
    for number, link in enumerate(guide.products, start=1):
        if link.code in codes[: number - 1]:
            yield Obstacle(f"products[{number}].code", f'names "{link.code}" twice')
        if link.claim not in claims:
            yield Obstacle(f"products[{number}].claim", f'"{link.claim}" is not a key of the evidence')
    # Nobody who reads about an emergency is to be sold something.
    if codes and guide.page_type is PageType.SAFETY:
        yield Obstacle("products", "a safety page names no products")


def _missing_parts(guide: GuideRow) -> Iterable[Obstacle]:
    if not guide.body:
        yield Obstacle("", "has no words below its front matter")
    if not guide.sources:
        yield Obstacle("sources", "is missing")
    # Warning signs send people to a doctor; there is nothing to grade in that.
    if not guide.evidence and guide.page_type is not PageType.SAFETY:
        yield Obstacle("evidence", "is missing")
