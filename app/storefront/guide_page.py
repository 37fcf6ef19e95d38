"""The page of one guide, ready for its template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from app.guidance.evidence import claim_words, evidence_line
from app.guidance.models import Claim, Guide, Recommendation, Source
from app.inventory.models import StockItem
from app.storefront.cards import ProductCard, build_card
from app.storefront.guide_text import Heading, render_text

SAFETY = "safety"


@dataclass(frozen=True)
class Finding:
    """One line of what the evidence says: the grade in words, what it covers, and where that stands."""

    about: str
    words: str
    scope: str
    sources: list[Source]


@dataclass(frozen=True)
class Pick:
    """A product that people use for what a guide is about, and why."""

    card: ProductCard
    reason: str


class GuidePage:
    """What the template shows of a guide; the warning signs never come with products."""

    def __init__(self, guide: Guide, stock: Mapping[int, StockItem]) -> None:
        text = render_text(guide.body)
        self.body: Markup = text.html
        self.contents: list[Heading] = text.headings
        self.when_to_see_someone: Markup = render_text(guide.when_to_see_someone).html
        sources = {entry.source_id: entry.source for entry in guide.sources}
        self.findings = [_finding(claim, sources) for claim in guide.claims]
        picks = [] if guide.page_type == SAFETY else guide.recommendations
        self.picks = _unadvised_last(_pick(each, stock) for each in picks if each.product.variants)


def warning_signs_first(guides: Iterable[Guide]) -> list[Guide]:
    """Order guides so that safety comes before everything else."""
    return sorted(guides, key=lambda guide: guide.page_type != SAFETY)


def _unadvised_last(picks: Iterable[Pick]) -> list[Pick]:
    """Order by price, the lowest first, and what guidelines advise against at the end; never by grade."""
    return sorted(picks, key=lambda pick: (_is_against(pick), pick.card.price_from.cents))


def _is_against(pick: Pick) -> bool:
    return pick.card.evidence is not None and pick.card.evidence.is_against


def _finding(claim: Claim, sources: Mapping[int, Source]) -> Finding:
    words = claim_words(claim.grade, claim.basis)
    cited = [sources[entry.source_id] for entry in claim.sources]
    return Finding(claim.about, words, claim.scope, cited)


def _pick(recommendation: Recommendation, stock: Mapping[int, StockItem]) -> Pick:
    line = evidence_line(recommendation.grade, recommendation.basis, recommendation.scope)
    return Pick(build_card(recommendation.product, stock, line), recommendation.reason)
