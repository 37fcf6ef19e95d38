"""What Stripe is asked for where it works out the tax: a customer with an address, and a page for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from stripe import params
from stripe.params import checkout

from dev.stripe_simulator.parameters import check_parameters
from tests.payments.baskets import OTHER_SKU, SKU
from tests.payments.openapi_walker import OpenapiWalker
from tests.payments.stripe_recorder import SESSIONS, SentRequest, StripeRecorder
from tests.payments.taxed_shop import TaxedShop, taxed_shop
from tests.stripe_books import read_stripe_books

TWO_LINES = {SKU: 3, OTHER_SKU: 1}
SCHEMAS = {"/v1/customers": params.CustomerCreateParams, SESSIONS: checkout.SessionCreateParams}


@pytest.fixture
def shop(
    shop_settings: dict[str, str], shop_engine: Engine, shop_session: Session, tmp_path: Path
) -> Iterator[TaxedShop]:
    assert shop_engine
    with taxed_shop(shop_settings, shop_session, tmp_path) as shop:
        yield shop


def sent_to(recorder: StripeRecorder, path: str) -> list[SentRequest]:
    return [each for each in recorder.requests if (each.method, each.path) == ("POST", path)]


def test_the_customer_and_the_page_are_asked_for_in_stripes_words(
    stripe_document: OpenapiWalker, shop: TaxedShop
) -> None:
    sale = shop.buy(TWO_LINES, "CA", line2="Apartment 4", name="Zoë <b>O'Neill</b> 🦊")
    shop.till.refund(sale, is_whole=True)
    for sent in shop.till.recorder.requests:
        found = stripe_document.problems(sent.method, sent.path, sent.query, sent.body.decode("ascii"))
        assert found == [], sent.target


def test_the_customer_and_the_page_fit_the_parameter_classes_of_the_sdk(shop: TaxedShop) -> None:
    shop.open(TWO_LINES, "CA")
    for path, schema in SCHEMAS.items():
        [sent] = sent_to(shop.till.recorder, path)
        assert check_parameters(sent.params, schema) == []


def test_the_page_names_the_customer_and_no_tax_of_its_own(shop: TaxedShop) -> None:
    shop.open(TWO_LINES, "CA")
    [customer] = sent_to(shop.till.recorder, "/v1/customers")
    [page] = sent_to(shop.till.recorder, SESSIONS)
    address = customer.params["shipping"]["address"]
    assert (address["state"], address["postal_code"], address["country"]) == ("CA", "94110", "US")
    [known] = shop.at_stripe("customers")["data"]
    assert (page.params["customer"], page.params["automatic_tax"]) == (known["id"], {"enabled": "true"})
    assert "customer_email" not in page.params
    lines = list(page.params["line_items"].values())
    [option] = page.params["shipping_options"].values()
    behaviors = [line["price_data"]["tax_behavior"] for line in lines]
    assert [*behaviors, option["shipping_rate_data"]["tax_behavior"]] == ["exclusive"] * 3
    assert len(lines) == len(TWO_LINES)


def test_sending_the_form_again_opens_the_same_page(shop: TaxedShop) -> None:
    sale = shop.open(TWO_LINES, "CA")
    again = shop.send_checkout("CA")
    assert (again.status_code, again.headers["Location"]) == (303, sale.url)
    assert len(shop.at_stripe("customers")["data"]) == 1
    assert len(read_stripe_books(shop.till.simulator).pages) == 1


def test_a_lost_answer_opens_the_same_customer_and_page_again(shop: TaxedShop) -> None:
    pass_on = shop.till.recorder.answer

    def lose(request: SentRequest) -> tuple[int, bytes] | None:
        reply = pass_on(request)
        return None if (request.method, request.path) == ("POST", SESSIONS) else reply

    shop.fill_cart(TWO_LINES)
    shop.till.recorder.answer = lose
    assert shop.send_checkout("CA").status_code == 503
    shop.till.recorder.answer = pass_on
    assert shop.send_checkout("CA").status_code == 303
    [customer] = shop.at_stripe("customers")["data"]
    [page] = read_stripe_books(shop.till.simulator).pages
    assert (page["customer"], page["id"]) == (customer["id"], shop.payment.session_id)
    recorder, key = shop.till.recorder, shop.payment.idempotency_key
    assert {each.headers["Idempotency-Key"] for each in sent_to(recorder, SESSIONS)} == {key}
    assert {each.headers["Idempotency-Key"] for each in sent_to(recorder, "/v1/customers")} == {
        f"{key}-customer"
    }
