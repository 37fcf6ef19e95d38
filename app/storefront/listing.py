"""A list of products as its address asks for it: family, order, page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.catalog.queries import Sort, list_products
from app.storefront.cards import ProductCard, list_cards

PER_PAGE = 24
SORTS = (
    (Sort.FEATURED, "Our order"),
    (Sort.PRICE_LOW, "Price, low to high"),
    (Sort.PRICE_HIGH, "Price, high to low"),
    (Sort.NAME, "Name, A to Z"),
)
# Longer numbers would overflow the database's integers.
PAGE = re.compile(r"[1-9][0-9]{0,4}")


@dataclass(frozen=True)
class Listing:
    """One page of a list of products."""

    cards: list[ProductCard]
    category: str | None
    sort: Sort
    total: int
    page: int
    pages: int
    sorts: tuple[tuple[Sort, str], ...] = SORTS

    @property
    def sort_argument(self) -> str | None:
        """The order as an address gives it; None for the usual one."""
        return None if self.sort is Sort.FEATURED else self.sort.value


def read_listing(session: Session, arguments: Mapping[str, str], category: str | None) -> Listing:
    """Read the page of a list that an address asks for; 6 statements, and nonsense means the usual."""
    sort = _read_sort(arguments.get("sort", ""))
    found = list_products(
        session, category=category, sort=sort, page=read_page(arguments.get("page", "")), per_page=PER_PAGE
    )
    cards = list_cards(session, found.items)
    return Listing(cards, category, sort, found.total, found.page, found.pages)


def _read_sort(text: str) -> Sort:
    return Sort(text) if text in list(Sort) else Sort.FEATURED


def read_page(text: str) -> int:
    """Read the number of a page; nonsense means the first."""
    return int(text) if PAGE.fullmatch(text) else 1
