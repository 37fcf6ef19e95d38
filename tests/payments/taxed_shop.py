"""The shop with Stripe's tax, as a shopper without scripts walks through it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.config import read_config
from app.factory import create_app
from app.orders.models import Order
from app.payments.models import Payment
from app.session import close_database
from tests.buyer import ADDRESS, CARD, hidden
from tests.live_shop import SIMULATOR_KEY
from tests.payments.own_simulator import own_simulator
from tests.payments.stripe_recorder import forward_to, recording
from tests.payments.till import Sale, Till

ZIP_CODES = {"CA": "94110", "NY": "10001", "TX": "73301", "WA": "98101", "OR": "97201"}


@dataclass(frozen=True)
class TaxedShop:
    """A till behind the real pages, and the browser at it."""

    till: Till
    browser: FlaskClient

    def fill_cart(self, wanted: Mapping[str, int]) -> None:
        """Put quantities by SKU in the cart."""
        for sku, quantity in wanted.items():
            answer = self.browser.post("/cart/items", data={"sku": sku, "quantity": str(quantity)})
            assert answer.status_code == 303

    def send_checkout(self, region: str, **changes: str) -> TestResponse:
        """Fill in the checkout page and send it."""
        token = hidden(self.browser.get("/checkout").text, "csrf_token")
        place = {"region": region, "postal_code": ZIP_CODES[region]}
        form = {
            **ADDRESS,
            "delivery_method": "standard",
            "acknowledge_cautions": "y",
            "csrf_token": token,
            **place,
            **changes,
        }
        return self.browser.post("/checkout", data=form)

    def open(self, wanted: Mapping[str, int], region: str, **changes: str) -> Sale:
        """Go from an empty cart to the payment page."""
        self.fill_cart(wanted)
        answer = self.send_checkout(region, **changes)
        assert answer.status_code == 303, answer.text
        order, payment = self.order, self.payment
        return Sale(order.id, order.code, payment.session_id or "", answer.headers["Location"])

    def buy(self, wanted: Mapping[str, int], region: str, **changes: str) -> Sale:
        """Pay, and come back to the shop."""
        sale = self.open(wanted, region, **changes)
        form = {**CARD, "email": ADDRESS["email"]}
        paid = requests.post(sale.url, form, timeout=20, allow_redirects=False)
        assert paid.status_code == 303, paid.text
        back = self.browser.get("/checkout/" + paid.headers["Location"].partition("/checkout/")[2])
        assert back.status_code == 303, back.text
        return sale

    @property
    def order(self) -> Order:
        """The only order, as the database has it now."""
        self.till.session.rollback()
        self.till.session.expire_all()
        return self.till.session.scalars(select(Order)).one()

    @property
    def payment(self) -> Payment:
        """The only payment, as the database has it now."""
        self.till.session.rollback()
        self.till.session.expire_all()
        return self.till.session.scalars(select(Payment)).one()

    def at_stripe(self, path: str) -> Any:
        """Ask Stripe for something, past the shop."""
        answer = requests.get(f"{self.till.simulator}/v1/{path}", auth=(SIMULATOR_KEY, ""), timeout=20)
        assert answer.ok, answer.text
        return answer.json()


@contextmanager
def taxed_shop(settings: Mapping[str, str], session: Session, folder: Path) -> Iterator[TaxedShop]:
    """Run the seeded shop with a Stripe of its own that works out the tax."""
    with own_simulator(folder) as simulator, recording(forward_to(simulator)) as recorder:
        stripe = {"STRIPE_API_KEY": SIMULATOR_KEY, "STRIPE_API_BASE": recorder.address}
        app = create_app(read_config({**settings, **stripe, "TAX_SOURCE": "stripe"}))
        yield TaxedShop(Till(app, recorder, simulator, session), app.test_client())
        close_database(app)
