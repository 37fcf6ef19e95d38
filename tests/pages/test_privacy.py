"""The privacy page is true to the code."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from app.config import read_config
from app.factory import create_app
from app.session import close_database
from tests.buyer import ADDRESS, Buyer
from tests.foundation.crawl import references
from tests.live_shop import SIMULATOR_KEY
from tests.payments.stripe_recorder import StripeRecorder, forward_to, recording
from tests.storefront.checkout_pages import fill_in
from tests.storefront.reader import Tags, read

SKU = "FR-DRF-30-TEA"
DAY_SECONDS = 24 * 3600
UNTIL_CLOSED = "Until you close the browser"
PLACE = ("name", "line1", "city", "postal_code", "phone")


@pytest.fixture
def recorder(simulator: str) -> Iterator[StripeRecorder]:
    """The simulator, with every request to it kept."""
    with recording(forward_to(simulator)) as recorder:
        yield recorder


def stated_cookies(page: str) -> dict[str, str]:
    """Return what the page says of the lifetime of each cookie."""
    rows = page.split('<tr data-cookie="')[1:]
    return {row.split('"')[0]: row.split("<td>")[2].split("</td>")[0] for row in rows}


def test_every_cookie_of_a_whole_purchase_is_named_with_its_lifetime(buyer: Buyer) -> None:
    for address in ("/", "/products", "/guides/heat-or-cold", "/contact", "/contact/thanks", "/nowhere"):
        buyer.get(address)
    message = {"email": "maya@example.com", "message": "Where is my parcel?"}
    assert buyer.post("/contact", message).status_code == 303
    assert not list(buyer.http.cookies)
    buyer.add(SKU)
    assert buyer.checkout(email="nonsense").status_code == 422
    payment_page = buyer.open_payment_page()
    set_by_us = {cookie.name: cookie.expires for cookie in buyer.http.cookies}
    assert buyer.come_back(buyer.pay(payment_page)).ok
    set_by_us |= {cookie.name: cookie.expires for cookie in buyer.http.cookies if cookie.name in set_by_us}
    stated = stated_cookies(buyer.get("/privacy").text)
    assert stated.keys() == set_by_us.keys()
    assert {name for name, words in stated.items() if words == UNTIL_CLOSED} == {
        name for name, expires in set_by_us.items() if expires is None
    }


def test_the_lifetimes_are_those_that_the_cookies_are_set_with(shop_client: FlaskClient) -> None:
    answer = shop_client.post("/cart/items", data={"sku": SKU, "quantity": "1"})
    ages = {
        cookie.split("=")[0]: int(cookie.split("Max-Age=")[1].split(";")[0])
        for cookie in answer.headers.getlist("Set-Cookie")
    }
    stated = stated_cookies(read(shop_client, "/privacy"))
    assert ages
    assert {name: stated[name] for name in ages} == {
        name: f"{seconds // DAY_SECONDS} days" for name, seconds in ages.items()
    }


@pytest.mark.parametrize("address", ["/privacy", "/contact", "/nowhere", "/accessibility"])
def test_a_page_loads_nothing_from_anybody_else(shop_client: FlaskClient, address: str) -> None:
    own = "http://127.0.0.1:8000"
    found = references(Tags(shop_client.get(address).text), own + address)
    loaded = [each.address for each in found if each.tag != "a"]
    assert loaded
    assert [address for address in loaded if not address.startswith(f"{own}/")] == []


@pytest.mark.parametrize("source", ["table", "stripe"])
def test_stripe_gets_of_the_person_what_the_page_says(
    shop_settings: dict[str, str], recorder: StripeRecorder, shop_engine: Engine, source: str
) -> None:
    assert shop_engine
    stripe = {"STRIPE_API_KEY": SIMULATOR_KEY, "STRIPE_API_BASE": recorder.address, "TAX_SOURCE": source}
    app = create_app(read_config({**shop_settings, **stripe}))
    browser = app.test_client()
    page = read(browser, "/privacy")
    person = {**ADDRESS, "phone": "503 555 0142"}
    assert browser.post("/checkout", data=fill_in(browser, **person)).status_code == 303
    close_database(app)
    sent = " ".join(str(request.params) for request in recorder.requests if request.method == "POST")
    assert person["email"] in sent
    told = {name for name in PLACE if person[name] in sent}
    if source == "stripe":
        assert "We also send your name and delivery address" in page
        assert told == {"name", "line1", "city", "postal_code"}
    else:
        assert "We do not send your name or your address." in page
        assert told == set()
