"""Asks the size finder of the shop as a browser without scripts does."""

import re
from typing import NamedTuple

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.storefront.reader import Tags

LINK = re.compile(r'<a class="button" href="(?P<address>[^"]+)">See it in size (?P<name>[^<]+)</a>')


class Found(NamedTuple):
    """What the page says."""

    fit: str
    size: str | None
    link: str | None
    alternatives: list[str]
    text: str


def ask(client: FlaskClient, slug: str, measure: str, unit: str) -> TestResponse:
    """Send a measure."""
    return client.post(f"/products/{slug}/size", data={"measure": measure, "unit": unit})


def find(client: FlaskClient, slug: str, measure: str, unit: str) -> Found:
    """Send a measure that can be answered, and read the answer."""
    response = ask(client, slug, measure, unit)
    assert response.status_code == 200, response.text
    page = response.text.split("<main")[1].split("</main")[0]
    tags = Tags(page)
    (answer,) = tags.having("data-fit")
    link = LINK.search(page)
    return Found(
        answer["data-fit"],
        answer.get("data-size"),
        link["address"] if link else None,
        [tag["data-alternative"] for tag in tags.having("data-alternative")],
        " ".join(re.sub(r"<[^>]+>", " ", page).split()),
    )
