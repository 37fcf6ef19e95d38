"""What the finder says in the end, ready for its template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app import clock
from app.guidance.finder_answers import Answers, Stage
from app.guidance.finder_models import FinderRule
from app.guidance.finder_queries import list_finder_rules, list_finder_ties
from app.guidance.models import Grade, Guide, Recommendation
from app.guidance.new_pain import evidence_line_at
from app.guidance.review import ReviewState, review_state
from app.guidance.triage import decide
from app.inventory.models import StockItem
from app.storefront.cards import build_card, find_stock_of
from app.storefront.guide_page import Pick

Ties = Mapping[tuple[int, int], Recommendation]


@dataclass(frozen=True)
class FinderResult:
    """The advice, the guide (none when staff have withdrawn it), and products with reasons, by price."""

    key: str
    advice: str
    guide: Guide | None
    is_lapsed: bool
    picks: list[Pick]


def find_result(session: Session, answers: Answers) -> FinderResult:
    """Decide by the table; raises NoRuleFits. 6 statements, the same ones whatever the answers are."""
    rules = list_finder_rules(session)
    ties = list_finder_ties(session)
    stock = find_stock_of(session, {entry.product for rule in rules for entry in rule.products})
    return _build(decide(rules, answers), answers.stage, ties, stock, clock.today())


def _build(
    rule: FinderRule, stage: Stage, ties: Ties, stock: Mapping[int, StockItem], today: date
) -> FinderResult:
    guide = rule.guide if rule.guide.is_published else None
    is_lapsed = review_state(rule.guide, today) is ReviewState.LAPSED
    # A guide that nobody has looked at for so long vouches for nothing.
    shown = [] if guide is None or is_lapsed else _showable(rule, ties)
    picks = sorted((_pick(tie, stage, stock) for tie in shown), key=_by_price)
    return FinderResult(rule.key, rule.advice, guide, is_lapsed, picks)


def _showable(rule: FinderRule, ties: Ties) -> Iterable[Recommendation]:
    for entry in rule.products:
        tie = ties.get((rule.guide_id, entry.product_id))
        if tie is None or tie.grade is Grade.AGAINST:
            continue
        if entry.product.is_published and entry.product.variants:
            yield tie


def _pick(tie: Recommendation, stage: Stage, stock: Mapping[int, StockItem]) -> Pick:
    line = evidence_line_at(stage, tie, tie.product.category.slug)
    return Pick(build_card(tie.product, stock, line), tie.reason)


def _by_price(pick: Pick) -> tuple[int, str]:
    return pick.card.price_from.cents, pick.card.name
