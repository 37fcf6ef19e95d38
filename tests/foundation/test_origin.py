"""Requests that another site made a browser send, and bytes that no person types."""

import pytest
from flask.testing import FlaskClient

from app.config import Config

FORM = {"sku": "FR-DRF-30-TEA", "quantity": "1"}
OWN_HOST = "http://localhost"
NUL_ADDRESSES = (
    "/%00",
    "/products/%00",
    "/products/drift-soft-foam-roller%00",
    "/guides/heat-or-cold%00",
    "/categories/%00foam-rollers",
    "/orders/%00",
    "/static/css/%00base.css",
    "/media/%00.webp",
    "/products?sort=%00",
    "/products?%00=name",
    "/products?category=foam-rollers%00",
    "/products/drift-soft-foam-roller?sku=%00",
    "/cart?notice=%00",
    "/checkout/return?session_id=%00",
    "/checkout/cancelled/%00?token=%00",
    "/orders/ABC?token=%00",
    "/webhooks/%00",
)


def send(client: FlaskClient, **headers: str) -> int:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/cart/items", data=FORM, headers=names).status_code


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense", ""])
def test_refuses_a_form_that_another_site_sent(shop_client: FlaskClient, site: str) -> None:
    assert send(shop_client, Sec_Fetch_Site=site) == 403
    assert shop_client.get_cookie("cart") is None


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_takes_a_form_of_its_own_pages(shop_client: FlaskClient, site: str) -> None:
    assert send(shop_client, Sec_Fetch_Site=site) == 303


def test_believes_the_browser_before_the_origin(shop_client: FlaskClient) -> None:
    assert send(shop_client, Sec_Fetch_Site="cross-site", Origin=OWN_HOST) == 403
    assert send(shop_client, Sec_Fetch_Site="same-origin", Origin="https://proxy.example") == 303


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://localhost.evil.example",
        "http://localhost:81",
        "http://localhost@evil.example",
        "https://evil.example/localhost",
        "null",
        "",
        "localhost",
        "http://[",
        "http://",
    ],
)
def test_refuses_a_foreign_origin(shop_client: FlaskClient, origin: str) -> None:
    assert send(shop_client, Origin=origin) == 403


def test_takes_its_own_origin(shop_client: FlaskClient) -> None:
    assert send(shop_client, Origin=OWN_HOST) == 303


def test_takes_the_origin_of_its_public_address(shop_client: FlaskClient, shop_config: Config) -> None:
    assert send(shop_client, Origin=shop_config.base_url) == 303


def test_a_host_that_cannot_be_read_does_not_make_every_origin_its_own(shop_client: FlaskClient) -> None:
    assert send(shop_client, Host="bad host", Origin="null") == 403


def test_takes_a_form_of_a_program_that_is_no_browser(shop_client: FlaskClient) -> None:
    assert send(shop_client) == 303


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_is_free_from_anywhere(shop_client: FlaskClient, method: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    assert shop_client.open("/products", method=method, headers=headers).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_every_changing_request_is_checked_whatever_its_address(
    shop_client: FlaskClient, method: str
) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    paths = ("/", "/cart/items", "/checkout", "/checkout/summary", "/nowhere")
    answers = {path: shop_client.open(path, method=method, headers=headers).status_code for path in paths}
    assert answers == dict.fromkeys(paths, 403)


def test_webhooks_are_judged_by_their_signature_alone(shop_client: FlaskClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://stripe.example"}
    answer = shop_client.post("/webhooks/stripe", data=b'{"a": "\0"}', headers=headers)
    assert (answer.status_code, answer.text) == (400, "not signed by Stripe")


def test_a_nul_byte_in_an_address_is_a_bad_request_and_no_failure(shop_client: FlaskClient) -> None:
    answers = {address: shop_client.get(address).status_code for address in NUL_ADDRESSES}
    assert {address: status for address, status in answers.items() if status not in (400, 404)} == {}


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/cart/items", {"sku": "\0"}),
        ("/cart/items", {"sku": FORM["sku"], "quantity": "1\0"}),
        ("/cart/items", {**FORM, "\0": "x"}),
        ("/cart/items/1", {"quantity": "\0"}),
        ("/checkout", {"email": "maya\0@example.com"}),
        ("/checkout/summary", {"region": "\0"}),
    ],
)
@pytest.mark.parametrize("encoding", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_nul_byte_in_a_form_is_a_bad_request_and_changes_nothing(
    shop_client: FlaskClient, path: str, form: dict[str, str], encoding: str
) -> None:
    answer = shop_client.post(path, data=form, content_type=encoding)
    assert answer.status_code == 400
    assert shop_client.get_cookie("cart") is None


def test_a_nul_byte_in_a_cookie_is_no_cart(shop_client: FlaskClient) -> None:
    answer = shop_client.get("/cart", headers={"Cookie": 'cart="\\000aaaaaaaaaaaaaaaaaaaa"'})
    assert answer.status_code == 200
