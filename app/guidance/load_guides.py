"""Writes the guides with their sources, evidence statements and recommendations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.catalog.seed_rows import ProductRow
from app.guidance.guide_rows import GuideRow
from app.guidance.models import (
    Basis,
    Claim,
    ClaimSource,
    Grade,
    Guide,
    GuideChange,
    GuideSource,
    Recommendation,
    Source,
)
from app.guidance.row_changes import RowChanges, Values
from app.guidance.seed import GuidanceSeed

_SOURCE_COLUMNS = ("key", "authors", "title", "publication", "year", "url")
_SAME_IN_CLAIM = ("key", "about", "role", "grade", "basis", "scope")
_SAME_IN_FILE_AND_TABLE = (
    "slug",
    "title",
    "question",
    "answer",
    "description",
    "position",
    "body",
    "when_to_see_someone",
    "written_by",
    "reviewed_by",
    "last_reviewed",
    "published_on",
    "next_review",
)


def load_guides(
    session: Session,
    changes: RowChanges,
    seed: GuidanceSeed,
    products: Sequence[ProductRow],
    product_ids: Mapping[str, int],
) -> None:
    """Make every guide of the seed say what its file says; guides without a file stay as they are."""
    source_rows = ({name: getattr(row, name) for name in _SOURCE_COLUMNS} for row in seed.sources.values())
    sources = changes.put_all(Source, "key", source_rows)
    product_rows = {row.code: row for row in products}
    present = {guide.slug: guide for guide in session.scalars(_ALL_GUIDES)}
    for row in seed.guides:
        guide = changes.put(present.get(row.slug), Guide, _guide_values(row, seed))
        source_ids = [sources[key].id for key in row.sources]
        changes.match(guide.sources, GuideSource, "source_id", _in_order("source_id", source_ids))
        changes.match(guide.changes, GuideChange, "position", _change_values(row))
        # Products move to new claims before the old ones go.
        written = _put_claims(session, changes, guide, row, sources)
        links = _link_values(row, written, product_rows, product_ids)
        changes.match(guide.recommendations, Recommendation, "product_id", links)
        changes.drop(guide.claims, [claim for claim in guide.claims if claim not in written.values()])


_ALL_GUIDES = select(Guide).options(
    selectinload(Guide.sources),
    selectinload(Guide.changes),
    selectinload(Guide.claims).selectinload(Claim.sources),
    selectinload(Guide.recommendations),
)


def _put_claims(
    session: Session, changes: RowChanges, guide: Guide, row: GuideRow, sources: Mapping[object, Source]
) -> dict[str, Claim]:
    present = {claim.key: claim for claim in guide.claims}
    written = {}
    for position, claim_row in enumerate(row.evidence, start=1):
        values = {name: getattr(claim_row, name) for name in _SAME_IN_CLAIM} | {"position": position}
        claim = changes.put(present.get(claim_row.key), Claim, values)
        if claim_row.key not in present:
            guide.claims.append(claim)
        source_ids = [sources[key].id for key in claim_row.sources]
        changes.match(claim.sources, ClaimSource, "source_id", _in_order("source_id", source_ids))
        written[claim_row.key] = claim
    # New claims have their ids from here on.
    session.flush()
    return written


def _guide_values(row: GuideRow, seed: GuidanceSeed) -> Values:
    cards = [card.as_json() for card in seed.warning_boxes[row.warning_box]]
    values = {name: getattr(row, name) for name in _SAME_IN_FILE_AND_TABLE}
    return values | {"page_type": row.page_type.value, "warning_cards": cards}


def _in_order(name: str, ids: Iterable[int]) -> Iterator[Values]:
    for position, each in enumerate(ids, start=1):
        yield {name: each, "position": position}


def _change_values(row: GuideRow) -> Iterator[Values]:
    for position, change in enumerate(row.changes, start=1):
        yield {"changed_on": change.changed_on, "note": change.note, "position": position}


def _link_values(
    row: GuideRow,
    claims: Mapping[str, Claim],
    product_rows: Mapping[str, ProductRow],
    product_ids: Mapping[str, int],
) -> Iterator[Values]:
    for position, link in enumerate(row.products, start=1):
        product = product_rows[link.code]
        yield {
            "product_id": product_ids[link.code],
            "claim_id": claims[link.claim].id,
            "role": link.role,
            "grade": Grade(product.evidence_grade),
            "basis": Basis(product.evidence_basis),
            "scope": product.evidence_scope,
            "reason": link.reason,
            "position": position,
        }
