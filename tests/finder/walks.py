"""Ways through the finder, and what a page of it may hold."""

import re
from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.guidance.finder_answers import Answers
from tests.storefront.reader import Tags

RESULTS = "/finder/results"
_TILL = ("/products", "/categories", "/cart", "/checkout")
_TAG = re.compile(r"<[^>]+>")
_AMOUNT = re.compile(r"[$£€]\s*\d|\d+\.\d\d\b")


def form_of(answers: Answers) -> dict[str, str]:
    """Return what the second form sends."""
    return {
        "signs": "none",
        "where": answers.area.value,
        "how_long": answers.stage.value,
        "goal": answers.goal.value,
        "situation": answers.situation.value,
    }


def ask(client: FlaskClient, answers: Answers) -> TestResponse:
    """Send the second form."""
    return client.post(RESULTS, data=form_of(answers))


def sales_in(page: str) -> list[str]:
    """Name everything on a whole page that sells or leads to a till, header and footer included."""
    tags = Tags(page)
    links = [link["href"] for link in tags.named("a") if link.get("href", "").startswith(_TILL)]
    forms = [form.get("action", "") for form in tags.named("form")]
    amounts = [found[0] for found in _AMOUNT.finditer(_TAG.sub(" ", page))]
    words = re.findall(r"add to cart|\bbuy\b|\bprice", main_of(page), re.IGNORECASE)
    return [*links, *(action for action in forms if not action.startswith("/finder")), *amounts, *words]


def main_of(page: str) -> str:
    """Return the words of the main part of a page, on one line."""
    text = page.split("<main", 1)[1].split("</main", 1)[0].partition(">")[2]
    return " ".join(unescape(_TAG.sub(" ", text)).split())


def cards_of(page: str) -> list[str]:
    """Return the product cards of a page."""
    return re.findall(r'<article class="card">(.*?)</article>', page, re.DOTALL)


def heading_of(page: str) -> str:
    """Return the main heading."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert found
    return " ".join(found[1].split())


def slug_of(card: str) -> str:
    """Return which product a card leads to."""
    found = re.search(r'href="/products/([a-z0-9-]+)"', card)
    assert found
    return found[1]
