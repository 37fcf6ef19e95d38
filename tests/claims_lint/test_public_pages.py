"""No page of the shop, nor anything in it that only machines read out, claims what it may not."""

from html import escape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.guidance.claims import find_banned_claims
from tests.claims_lint.lint import Lint
from tests.claims_lint.page_text import read_texts
from tests.foundation.crawl import Crawl
from tests.telling import say

# Pages that no link needs to lead to.
UNLINKED = (
    "/sitemap.xml",
    "/robots.txt",
    "/llms.txt",
    "/feed.xml",
    "/feeds/products.xml",
    "/feeds/guides.xml",
    "/search",
)
PAGE = (
    '<title>{title}</title><meta property="og:title" content="{meta}">'
    '<script type="application/ld+json">[{{"name": "{data}"}}]</script>'
    '<main aria-label="{label}"><p>It {start}<b>{middle}</b> pain.</p>'
    '<img src="/media/{file}-400.webp" alt="{alt}"></main>'
)
CALM = {
    "title": "A wrap", "meta": "A wrap", "data": "A wrap", "label": "A wrap", "start": "feels ",
    "middle": "warm", "file": "a-wrap", "alt": "A wrap",
}  # fmt: skip


def test_no_public_page_makes_a_banned_claim(
    visited: Crawl, read_only_shop: Flask, lint: Lint, request: pytest.FixtureRequest
) -> None:
    for address, page in visited.pages.items():
        lint.read(address, read_texts(page))
    client = read_only_shop.test_client()
    extra = [address for address in UNLINKED if address not in visited.pages]
    answers = {address: client.get(address) for address in extra}
    there = {address: answer.text for address, answer in answers.items() if answer.status_code == 200}
    for address, text in there.items():
        lint.read(address, read_texts(text))
    pages = len(visited.pages) + len(there)
    named = f" with {', '.join(there)}" if there else ""
    say(
        request.node,
        f"Claims lint: {pages} public pages{named}, {lint.texts} texts, {len(lint.found)} banned claims.",
    )
    assert lint.found == []
    assert len(visited.pages) > 80
    assert lint.texts > 5_000


def test_style_sheets_and_scripts_put_no_banned_claim_on_a_page(visited: Crawl, lint: Lint) -> None:
    sheets = {address: answer for address, answer in visited.answers.items() if answer.mimetype == "text/css"}
    for address, answer in sheets.items():
        lint.read(address, [line for line in answer.text.splitlines() if "content:" in line])
    assert lint.found == []
    assert sheets


def test_no_error_page_makes_a_banned_claim(shop_client: FlaskClient, lint: Lint) -> None:
    for answer in (shop_client.get("/nowhere"), shop_client.delete("/"), shop_client.get("/products/none")):
        assert answer.status_code in {404, 405}
        lint.read(str(answer.status_code), read_texts(answer.text))
    assert lint.found == []


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("title", "A wrap that heals"), ("meta", "Doctor recommended"), ("data", "Clinically proven"),
        ("label", "Risk-free"), ("alt", "A wrap that cures"), ("file", "pain-cure-wrap"), ("middle", "cures"),
        ("start", "cu"),
    ],
)  # fmt: skip
def test_a_claim_is_found_wherever_it_stands(place: str, words: str) -> None:
    calm = [claim for text in read_texts(PAGE.format(**CALM)) for claim in find_banned_claims(text)]
    assert calm == []
    spoiled = {**CALM, place: escape(words), **({"middle": "res"} if place == "start" else {})}
    assert [claim for text in read_texts(PAGE.format(**spoiled)) for claim in find_banned_claims(text)]
