"""Writes the guides with their sources, evidence statements and recommendations."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.catalog.seed_rows import ProductRow
from app.guidance.guide_rows import GuideRow
from app.guidance.models import (
    Basis,
    EvidenceStatement,
    Grade,
    Guide,
    GuideSource,
    Recommendation,
    Source,
)
from app.guidance.row_changes import RowChanges, Values
from app.guidance.seed import GuidanceSeed

_SOURCE_COLUMNS = ("key", "authors", "title", "publication", "year", "url")
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
        cited = [
            {"source_id": sources[key].id, "position": position}
            for position, key in enumerate(row.sources, 1)
        ]
        changes.match(guide.sources, GuideSource, "source_id", cited)
        changes.match(guide.statements, EvidenceStatement, "position", _statement_values(row))
        links = _link_values(row, product_rows, product_ids)
        changes.match(guide.recommendations, Recommendation, "product_id", links)


_ALL_GUIDES = select(Guide).options(
    selectinload(Guide.sources), selectinload(Guide.statements), selectinload(Guide.recommendations)
)


def _guide_values(row: GuideRow, seed: GuidanceSeed) -> Values:
    cards = [card.as_json() for card in seed.warning_boxes[row.warning_box]]
    values = {name: getattr(row, name) for name in _SAME_IN_FILE_AND_TABLE}
    return values | {"page_type": row.page_type.value, "warning_cards": cards}


def _statement_values(row: GuideRow) -> Iterator[Values]:
    for position, statement in enumerate(row.evidence, start=1):
        yield {
            "statement": statement.statement,
            "grade": statement.grade,
            "basis": statement.basis,
            "source_keys": list(statement.sources),
            "position": position,
        }


def _link_values(
    row: GuideRow, product_rows: Mapping[str, ProductRow], product_ids: Mapping[str, int]
) -> Iterator[Values]:
    for position, link in enumerate(row.products, start=1):
        product = product_rows[link.code]
        yield {
            "product_id": product_ids[link.code],
            "role": link.role,
            "grade": Grade(product.evidence_grade),
            "basis": Basis(product.evidence_basis),
            "scope": product.evidence_scope,
            "reason": link.reason,
            "position": position,
        }
