"""Grade and scope on every page agree with the product list, and nothing is sorted or chosen by a letter."""

import csv
import re
from functools import cache

import pytest
from flask import Flask

from app.guidance.evidence import EvidenceLine, evidence_line
from app.guidance.letters import find_grade_letters
from app.guidance.models import Basis, Grade
from app.jobs.seed import SEED_FOLDER
from tests.claims_lint.page_text import PageText
from tests.foundation.crawl import Crawl
from tests.storefront.reader import Tags, read

LISTS = (
    "/products",
    *(f"/categories/{slug}" for slug in ("foam-rollers", "heat-cold", "back-braces", "stretching-aids")),
)
CARD = re.compile(r'<article class="card">.*?</article>', re.DOTALL)
LINK = re.compile(r'href="/products/([\w-]+)"')
GRADES = re.compile(r"grade|evidence|rating|strength-of|proof", re.IGNORECASE)


@cache
def read_products() -> dict[str, dict[str, str]]:
    """The product list as its editors left it, by slug."""
    with (SEED_FOLDER / "products.csv").open(encoding="utf-8", newline="") as file:
        return {row["slug"]: row for row in csv.DictReader(file)}


def line_of(slug: str) -> EvidenceLine:
    row = read_products()[slug]
    return evidence_line(Grade(row["evidence_grade"]), Basis(row["evidence_basis"]), row["evidence_scope"])


def is_indirect(slug: str) -> bool:
    return read_products()[slug]["evidence_basis"] == Basis.INDIRECT


def list_cards(pages: dict[str, str]) -> list[tuple[str, str, str]]:
    """Every card of a product with the address it stands on: address, slug, text."""
    return [
        (address, found[1], PageText(card).visible)
        for address, page in pages.items()
        for card in CARD.findall(page)
        if (found := LINK.search(card))
    ]


def test_every_product_page_says_exactly_the_words_of_its_grade_and_its_scope(visited: Crawl) -> None:
    for slug in read_products():
        text = PageText(visited.pages[f"/products/{slug}"]).visible
        line = line_of(slug)
        assert f"{line.headline}\n{line.scope}" in text, slug


def test_every_card_says_exactly_the_words_of_its_grade_and_its_scope(visited: Crawl) -> None:
    cards = list_cards(visited.pages)
    wrong = [
        (address, slug)
        for address, slug, text in cards
        if f"{line_of(slug).headline} {line_of(slug).scope}" not in text.splitlines()
    ]
    assert wrong == []
    for begin in ("/products", "/categories/", "/guides/"):
        assert {slug for address, slug, _ in cards if address.startswith(begin)} == read_products().keys()


def test_no_card_and_no_page_shows_a_letter_of_a_product_that_was_not_tested_itself(visited: Crawl) -> None:
    letters = {
        (address, slug): found
        for address, slug, text in list_cards(visited.pages)
        if is_indirect(slug) and (found := find_grade_letters(text))
    }
    letters |= {
        (slug, slug): found
        for slug in read_products()
        if is_indirect(slug)
        and (found := find_grade_letters(PageText(visited.pages[f"/products/{slug}"]).visible))
    }
    assert letters == {}


def test_a_letter_shows_where_the_product_was_tested_itself(visited: Crawl) -> None:
    shown = {slug for _, slug, text in list_cards(visited.pages) if find_grade_letters(text)}
    graded = {slug for slug in read_products() if find_grade_letters(line_of(slug).headline)}
    assert shown == graded != set()


def test_advice_against_a_product_stands_above_its_price(visited: Crawl) -> None:
    against = [slug for slug in read_products() if line_of(slug).is_against]
    assert against
    for slug in against:
        text = PageText(visited.pages[f"/products/{slug}"]).visible
        assert text.index(line_of(slug).headline) < text.index("$")
    for address, slug, text in list_cards(visited.pages):
        if slug in against:
            assert text.index(line_of(slug).headline) < text.index("$"), address


def test_no_page_offers_to_sort_filter_or_compare_by_grade(visited: Crawl) -> None:
    for address, page in visited.pages.items():
        tags = Tags(page)
        fields = [tag for name in ("select", "input", "option", "button") for tag in tags.named(name)]
        asked = {f"{tag.get('name', '')}={tag.get('value', '')}" for tag in fields}
        asked |= {tag["href"].partition("?")[2] for tag in tags.named("a") if "?" in tag.get("href", "")}
        assert [each for each in asked if GRADES.search(each) or re.search(r"=[A-D]$", each)] == [], address


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize(
    "query",
    [
        "grade=A",
        "evidence_grade=A",
        "sort=grade",
        "sort=evidence",
        "evidence=direct",
        "basis=direct",
        "order=grade",
    ],
)
def test_asking_for_a_grade_changes_nothing(read_only_shop: Flask, address: str, query: str) -> None:
    client = read_only_shop.test_client()
    asked, usual = read(client, f"{address}?{query}"), read(client, address)
    assert LINK.findall(asked) == LINK.findall(usual)
    assert PageText(asked).visible == PageText(usual).visible
