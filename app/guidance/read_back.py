"""Reads a guide out of the database in the form of its file, so that one set of rules judges both."""

from app.guidance.guide_rows import ChangeRow, ClaimRow, GuideRow, LinkRow
from app.guidance.models import Claim, Guide, Recommendation
from app.guidance.taxonomy import PageType


def read_back(guide: Guide) -> GuideRow:
    """Return a guide as its file would say it; what no row keeps (warning box, areas, goals) stays empty."""
    return GuideRow(
        file=f"guides/{guide.slug}.md",
        slug=guide.slug,
        title=guide.title,
        question=guide.question,
        answer=guide.answer,
        description=guide.description,
        page_type=PageType(guide.page_type),
        position=guide.position,
        body=guide.body,
        when_to_see_someone=guide.when_to_see_someone,
        warning_box="",
        written_by=guide.written_by,
        reviewed_by=guide.reviewed_by,
        last_reviewed=guide.last_reviewed,
        published_on=guide.published_on,
        next_review=guide.next_review,
        body_areas=(),
        pain_stages=(),
        goals=(),
        evidence=tuple(_claim(claim) for claim in guide.claims),
        sources=tuple(entry.source.key for entry in guide.sources),
        products=tuple(_link(guide, each) for each in guide.recommendations),
        changes=tuple(ChangeRow(change.changed_on, change.note) for change in guide.changes),
    )


def _claim(claim: Claim) -> ClaimRow:
    return ClaimRow(
        key=claim.key,
        about=claim.about,
        role=claim.role,
        grade=claim.grade,
        basis=claim.basis,
        scope=claim.scope,
        sources=tuple(entry.source.key for entry in claim.sources),
    )


def _link(guide: Guide, recommendation: Recommendation) -> LinkRow:
    # The claim of another guide is none that a reader of this one can look up.
    own = recommendation.claim if recommendation.claim in guide.claims else None
    return LinkRow(
        code=recommendation.product.code,
        claim=own.key if own else "",
        role=recommendation.role,
        reason=recommendation.reason,
    )
