"""The pages about the shop: there, linked from everywhere, and in words that most people can read."""

import re
from itertools import pairwise

import pytest
from flask.testing import FlaskClient

from app.config import read_config
from app.factory import create_app
from app.guidance.claims import find_banned_claims
from app.session import close_database
from tests.guidance_text.plain_prose import reading_grade, sentences_of, words_in
from tests.pages.page_text import blocks_of, heading_of, prose_of
from tests.storefront.reader import Tags, read
from tests.telling import say

HARDEST = 8
LONGEST_SENTENCE = 25
HEADINGS = {
    "/about": "About Plainback",
    "/delivery-and-returns": "Delivery and returns",
    "/privacy": "Privacy",
    "/terms": "Terms",
    "/accessibility": "Accessibility",
    "/contact": "Contact us",
    "/contact/thanks": "Thank you. We have your message",
}
IN_FOOTER = [address for address in HEADINGS if address != "/contact/thanks"]
ANYWHERE = (
    "/",
    "/products",
    "/products/keelrow-light-lumbar-belt",
    "/guides/heat-or-cold",
    "/guides/back-pain-warning-signs",
    "/cart",
    "/privacy",
    "/contact/thanks",
)
TRICKS = re.compile(
    r"hurry|only \d+ left|selling fast|almost gone|last chance|ends (?:in|soon|today)|limited time"
    r"|\d+ (?:people|others) (?:are )?(?:looking|viewing|bought)|<time[^>]*data-|countdown",
    re.IGNORECASE,
)


@pytest.mark.parametrize("address", HEADINGS)
def test_a_page_says_in_its_heading_and_title_what_it_is_about(
    shop_client: FlaskClient, address: str
) -> None:
    page = read(shop_client, address)
    assert heading_of(page) == HEADINGS[address]
    assert re.search(r"<title>[^<]{5,} \u2013 Plainback</title>", page)
    levels = [int(tag[1]) for tag, _ in Tags(page[page.index("<main") :]).found if tag in ("h1", "h2", "h3")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("address", ANYWHERE)
def test_every_footer_leads_to_every_page(shop_client: FlaskClient, address: str) -> None:
    page = read(shop_client, address)
    footer = Tags(page[page.index("<footer") :])
    assert set(IN_FOOTER) - {link["href"] for link in footer.named("a")} == set()


def test_the_footer_of_an_error_leads_to_every_page_too(shop_client: FlaskClient) -> None:
    page = shop_client.get("/nowhere").text
    assert set(IN_FOOTER) - {link["href"] for link in Tags(page).named("a")} == set()


@pytest.mark.parametrize("address", HEADINGS)
def test_no_page_claims_what_the_shop_may_not_claim(shop_client: FlaskClient, address: str) -> None:
    page = read(shop_client, address)
    description = next(meta for meta in Tags(page).named("meta") if meta.get("name") == "description")
    texts = [*blocks_of(page), description["content"]]
    assert [claim for text in texts for claim in find_banned_claims(text)] == []


def test_pages_read_at_grade_8_or_lower(shop_client: FlaskClient, request: pytest.FixtureRequest) -> None:
    grades = {
        address: reading_grade(
            [s for text in prose_of(read(shop_client, address)) for s in sentences_of(text)]
        )
        for address in HEADINGS
    }
    say(request.node, f"Reading grade of the shop's own pages (at most {HARDEST}):")
    for address, grade in grades.items():
        say(request.node, f"  {address:24} {grade:4.1f}")
    assert {address: grade for address, grade in grades.items() if grade > HARDEST} == {}


@pytest.mark.parametrize("address", HEADINGS)
def test_no_sentence_is_longer_than_25_words(shop_client: FlaskClient, address: str) -> None:
    prose = prose_of(read(shop_client, address))
    sentences = [sentence for text in prose for sentence in sentences_of(text)]
    assert [sentence for sentence in sentences if words_in(sentence) > LONGEST_SENTENCE] == []


@pytest.mark.parametrize("address", ["/", "/products", "/products/drift-soft-foam-roller", *HEADINGS])
def test_no_page_hurries_anybody(shop_client: FlaskClient, address: str) -> None:
    assert TRICKS.search(read(shop_client, address)) is None


@pytest.mark.parametrize("address", ["/about", "/delivery-and-returns", "/privacy", "/terms"])
def test_a_demonstration_says_that_it_is_one(shop_client: FlaskClient, address: str) -> None:
    assert "This shop is a demonstration." in read(shop_client, address)


def test_about_says_how_many_guides_a_clinician_has_checked(shop_client: FlaskClient) -> None:
    page = read(shop_client, "/about")
    guides = read(shop_client, "/guides").count('<article class="guide-card')
    assert "No clinician has checked our guides yet." in page
    assert f"We have {guides}, and each one says so" in page


def test_a_shop_that_sells_does_not_call_itself_a_demonstration(shop_settings: dict[str, str]) -> None:
    selling = {
        "SHOP_ENV": "production",
        "STRIPE_API_KEY": "sk_live_of_the_tests",
        "STRIPE_API_BASE": "",
        "BASE_URL": "https://shop.example",
    }
    app = create_app(read_config({**shop_settings, **selling}))
    pages = [read(app.test_client(), address) for address in ("/about", "/terms", "/privacy")]
    close_database(app)
    assert [page for page in pages if "demonstration" in page or "really sells" in page] == []
