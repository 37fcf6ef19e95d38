"""The real shop, one step at a time."""

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app import clock
from app.cart.models import Cart, CartItem
from app.cart.queries import find_cart
from app.jobs.registry import JOBS, run_job
from app.orders.models import Order
from app.orders.queries import find_order
from app.payments.models import Payment, Refund, RefundStatus
from app.payments.queries import find_payment_for_order
from app.payments.refund_limits import RefundRefused
from app.payments.refunds import RefundPlan
from app.web.carts import CART_COOKIE
from app.web.payments import current_refunds
from tests.buyer import ADDRESS
from tests.model.ledger_model import OrderModel
from tests.model.refund_wish import RefundWish
from tests.model.stripe_hand import StripeHand
from tests.payments.signed_events import SignedEvent
from tests.stripe_books import Thing

TOKEN = re.compile(r'name="csrf_token" value="([^"]*)"')
LONG_AGO = timedelta(hours=1)
REFUSED = "refused"


@dataclass(frozen=True)
class World:
    """A shop with two browsers, a Stripe that tells it nothing by itself, and a session to read the books."""

    app: Flask
    stripe: StripeHand
    session: Session
    browsers: tuple[FlaskClient, FlaskClient]

    def fresh(self) -> Session:
        """Return the session, which reads everything anew."""
        self.session.rollback()
        self.session.expire_all()
        return self.session

    def cart(self, shopper: int) -> Cart | None:
        """Return a browser's cart as the database has it now."""
        cookie = self.browsers[shopper].get_cookie(CART_COOKIE)
        return find_cart(self.fresh(), cookie.value) if cookie else None

    def add(self, shopper: int, sku: str, units: int) -> int:
        """Put units into a cart; returns the answer's status."""
        form = {"sku": sku, "quantity": str(units)}
        return self.browsers[shopper].post("/cart/items", data=form).status_code

    def remove(self, shopper: int, sku: str) -> int:
        """Take a line out of a cart; returns the answer's status."""
        cart = self.cart(shopper)
        items: list[CartItem] = cart.items if cart else []
        item = next(item for item in items if item.variant.sku == sku)
        return self.browsers[shopper].post(f"/cart/items/{item.id}/remove").status_code

    def check_out(self, shopper: int) -> TestResponse:
        """Fill in the checkout page and send it."""
        token = TOKEN.search(self.browsers[shopper].get("/checkout").text)
        assert token, "no checkout for a cart that is not empty"
        form = {**ADDRESS, "csrf_token": unescape(token[1]), "delivery_method": "standard"}
        form["acknowledge_cautions"] = "y"
        return self.browsers[shopper].post("/checkout", data=form)

    def new_order(self, shopper: int, address: str) -> OrderModel:
        """Return the order of a payment page that has just been opened."""
        page_id = address.rsplit("/", 1)[1]
        payment = self.fresh().scalars(select(Payment).where(Payment.session_id == page_id)).one()
        order = payment.order
        return OrderModel(
            code=order.code,
            shopper=shopper,
            units={line.sku: line.quantity for line in order.lines},
            line_paid={line.sku: line.paid.cents for line in order.lines},
            delivery_paid=order.delivery_cents + order.delivery_tax_cents,
            total=order.total_cents,
            page_id=page_id,
            url=address,
        )

    def visit(self, shopper: int, address: str) -> TestResponse:
        """Visit an address of the shop to the end of its redirects."""
        parts = urlsplit(address)
        return self.browsers[shopper].get(f"{parts.path}?{parts.query}", follow_redirects=True)

    def deliver(self, event: Thing) -> int:
        """Bring an event to the shop; returns the answer's status."""
        signed = SignedEvent(event["id"], json.dumps(event).encode())
        return signed.send_to(self.app.test_client()).status_code

    def order(self, code: str) -> Order:
        """Return an order as the database has it now."""
        order = find_order(self.fresh(), code)
        assert order is not None
        return order

    def payment(self, code: str) -> Payment:
        """Return the payment of an order as the database has it now."""
        payment = find_payment_for_order(self.session, self.order(code).id)
        assert payment is not None
        return payment

    def refund(self, code: str, wish: RefundWish) -> str:
        """Make a refund as staff do; returns its status, or that it was refused."""
        order = self.order(code)
        line_id = next(line.id for line in order.lines if line.sku == wish.sku)
        plan = RefundPlan(
            "staff",
            "came back",
            is_whole=wish.kind == "whole",
            amount_cents=wish.cents if wish.kind == "amount" else None,
            units={line_id: 1} if wish.kind == "unit" else {},
            restock={line_id: 1} if wish.comes_back else {},
        )
        with self.app.app_context():
            try:
                return current_refunds().make(order.id, plan).status
            except RefundRefused:
                return REFUSED

    def deal_with_prepared(self, code: str, *, send: bool) -> str:
        """Send or withdraw the refund that waits for a person; returns what became of it."""
        is_prepared = Refund.status == RefundStatus.PREPARED
        query = select(Refund.id).where(Refund.payment_id == self.payment(code).id, is_prepared)
        refund_id = self.session.scalars(query).one()
        with self.app.app_context():
            try:
                if send:
                    return current_refunds().send(refund_id, actor="staff").status
                current_refunds().withdraw(refund_id, actor="staff")
            except RefundRefused:
                return REFUSED
        return RefundStatus.WITHDRAWN

    def run_late(self, job: str, *, code: str | None = None) -> None:
        """Run a job, which must be well, after the time of one payment is over, or of all."""
        past = clock.now() - LONG_AGO
        change = update(Payment).values(opened_at=past)
        if code is not None:
            change = update(Payment).where(Payment.id == self.payment(code).id).values(expires_at=past)
        self.fresh().execute(change)
        self.session.commit()
        with self.app.app_context():
            report = run_job(JOBS[job])
        assert report.is_well, report.text
