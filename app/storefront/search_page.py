"""The page of a search, ready for its template."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.catalog.queries import list_products_by_id
from app.guidance.models import Guide
from app.guidance.queries import list_guides_by_id
from app.search.models import EntryKind
from app.search.queries import Hit, Results, search
from app.storefront.cards import ProductCard, list_cards
from app.storefront.guide_page import SAFETY

PER_PAGE = 12
# The best guides are shown as cards, the rest as links below them.
GUIDES_AS_CARDS = 3


@dataclass(frozen=True)
class SearchPage:
    """What a search found, one page of it: guides on the first, products on all."""

    query: str
    is_cut: bool
    corrections: tuple[tuple[str, str], ...]
    safety: Guide | None
    guides: list[Guide]
    cards: list[ProductCard]
    total_products: int
    total_guides: int
    page: int
    pages: int
    is_products_first: bool
    is_partial: bool

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.total_products and not self.total_guides

    @property
    def lead_guides(self) -> list[Guide]:
        """The best guides."""
        return self.guides[:GUIDES_AS_CARDS]

    @property
    def more_guides(self) -> list[Guide]:
        """The other guides."""
        return self.guides[GUIDES_AS_CARDS:]


def read_search_page(session: Session, query: str, page: int, *, is_cut: bool) -> SearchPage:
    """Search, and load what one page shows of the answers; a page outside stands for the nearest inside."""
    results = search(session, query) if query else Results([], False, ())
    products = results.of_kind(EntryKind.PRODUCT)
    guides = results.of_kind(EntryKind.GUIDE)
    pages = max(1, -(-len(products) // PER_PAGE))
    page = min(max(1, page), pages)
    shown = products[(page - 1) * PER_PAGE : page * PER_PAGE]
    found = list_guides_by_id(session, [hit.ref_id for hit in guides]) if guides else []
    safety = (
        next((guide for guide in found if guide.page_type == SAFETY), None) if results.is_warning else None
    )
    return SearchPage(
        query=query,
        is_cut=is_cut,
        corrections=results.corrections,
        safety=safety,
        guides=[guide for guide in found if guide is not safety] if page == 1 else [],
        cards=list_cards(session, list_products_by_id(session, [hit.ref_id for hit in shown]))
        if shown
        else [],
        total_products=len(products),
        total_guides=len(guides),
        page=page,
        pages=pages,
        is_products_first=_is_products_first(results),
        is_partial=bool(results.hits) and not any(hit.has_all_words for hit in results.hits),
    )


def _is_products_first(results: Results) -> bool:
    best: Hit | None = results.hits[0] if results.hits else None
    return best is not None and best.kind is EntryKind.PRODUCT and not results.is_warning
