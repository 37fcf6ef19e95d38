"""An address that leads nowhere: what happened, what to do next, and a way to search."""

import pytest
from flask.testing import FlaskClient

from tests.storefront.reader import Tags

FAMILIES = ("foam-rollers", "heat-cold", "back-braces", "stretching-aids")


@pytest.mark.parametrize("address", ["/nowhere", "/products/none", "/guides/none", "/orders/ABC?token=x"])
def test_it_offers_the_search_the_families_the_guides_and_the_warning_signs(
    shop_client: FlaskClient, address: str
) -> None:
    answer = shop_client.get(address)
    main = answer.text[answer.text.index("<main") : answer.text.index("</main")]
    tags = Tags(main)
    [form] = tags.named("form")
    assert (answer.status_code, form["method"], form["action"]) == (404, "get", "/search")
    [field] = tags.named("input")
    assert field["name"] == "q"
    assert [label["for"] for label in tags.named("label")] == [field["id"]]
    links = {link["href"] for link in tags.named("a")}
    wanted = {"/", "/products", "/guides", "/guides/back-pain-warning-signs"}
    assert wanted | {f"/categories/{family}" for family in FAMILIES} <= links
    assert answer.headers["X-Request-Id"] in main


def test_other_errors_offer_no_search(shop_client: FlaskClient) -> None:
    assert "search-again" not in shop_client.post("/about").text
