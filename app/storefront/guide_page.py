"""The page of one guide, ready for its template."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from app import clock
from app.guidance.evidence import claim_words, evidence_line
from app.guidance.models import Claim, Grade, Guide, GuideChange, Recommendation, Role, Source
from app.guidance.review import ReviewState, review_state
from app.inventory.models import StockItem
from app.storefront.cards import ProductCard, build_card
from app.storefront.guide_text import Heading, render_text
from app.storefront.paper import letter_size

SAFETY = "safety"
# Characters of a reason that stand beside a name on one line of paper.
ONE_LINE = 90
_SENTENCE_END = re.compile(r"(?<=[.?])\s+")


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

    @property
    def short_reason(self) -> str:
        """As many whole sentences of the reason as fit on a line of paper, and at least the first."""
        first, *others = _SENTENCE_END.split(self.reason)
        for sentence in others:
            if len(first) + len(sentence) >= ONE_LINE:
                break
            first = f"{first} {sentence}"
        return first


class GuidePage:
    """What the template shows of a guide; the warning signs never come with products.

    A guide whose review has lapsed claims nothing any more, but what it warns of stays.
    """

    def __init__(self, guide: Guide, stock: Mapping[int, StockItem]) -> None:
        text = render_text(guide.body)
        self.body: Markup = text.html
        self.when_to_see_someone: Markup = render_text(guide.when_to_see_someone).html
        self.review = review_state(guide, clock.today())
        self.letter_size = letter_size(guide, has_banner=self.review is not ReviewState.CURRENT)
        self.last_change: GuideChange | None = guide.changes[0] if guide.changes else None
        self.takes_questions = guide.page_type != SAFETY
        sources = {entry.source_id: entry.source for entry in guide.sources}
        self.findings = [_finding(claim, sources) for claim in guide.claims if self._may_say(claim)]
        picks = [] if guide.page_type == SAFETY else guide.recommendations
        self.is_list_down = self.is_lapsed and any(not self._may_say(each) for each in picks)
        picks = [each for each in picks if self._may_say(each)]
        self.picks = _unadvised_last(_pick(each, stock) for each in picks if each.product.variants)
        self.contents: list[Heading] = [*text.headings, *self._shared_parts(guide)]

    @property
    def is_lapsed(self) -> bool:
        """Whether nobody has reviewed the guide for so long that its claims are not used."""
        return self.review is ReviewState.LAPSED

    @property
    def picks_title(self) -> str:
        """What the list of products is called."""
        return "Products that guidelines advise against" if self.is_lapsed else "Products people use for this"

    def _shared_parts(self, guide: Guide) -> Iterator[Heading]:
        if self.findings:
            yield Heading("evidence", "What the evidence says")
        if self.picks:
            yield Heading("products", self.picks_title)
        if guide.when_to_see_someone:
            yield Heading("see-someone", "When to see someone")
        if guide.sources:
            yield Heading("sources", "Sources")
        if self.takes_questions:
            yield Heading("ask", "Ask about this page")
        if guide.changes:
            yield Heading("changes", "What changed on this page")

    def _may_say(self, saying: Claim | Recommendation) -> bool:
        # To leave out what warns is the greater risk.
        warns = saying.grade is Grade.AGAINST or saying.role is Role.SAFETY
        return warns or not self.is_lapsed


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
