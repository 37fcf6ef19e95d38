"""A shop with a Stripe of its own: sells without a browser, and hears only the events that a test brings."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import requests
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app import clock
from app.jobs.order_mails import order_link
from app.jobs.report import JobReport
from app.orders.models import Order
from app.orders.services import place_order
from app.payments.models import Refund
from app.payments.outcome import Outcome
from app.payments.refunds import RefundPlan
from app.payments.services import open_payment
from app.session import transaction
from app.web.payments import current_attempts, current_refunds
from tests.buyer import ADDRESS, CARD
from tests.live_shop import SIMULATOR_KEY
from tests.payments.baskets import THREE, basket
from tests.payments.signed_events import SignedEvent
from tests.payments.stripe_recorder import SentRequest, StripeRecorder

NO_EVENTS = b'{"object": "list", "data": [], "has_more": false, "url": "/v1/events"}'
Event = Mapping[str, Any]


@dataclass(frozen=True)
class Sale:
    """An order with a payment page."""

    order_id: int
    code: str
    page_id: str
    url: str


@dataclass(frozen=True)
class Till:
    """The shop, its Stripe, what stands between them, and a session to read the books with."""

    app: Flask
    recorder: StripeRecorder
    simulator: str
    session: Session

    def open(self, wanted: Mapping[str, int] = THREE) -> Sale:
        """Place an order of quantities by SKU and open its page."""
        with self.app.app_context():
            with transaction() as session:
                order = place_order(session, basket(session, wanted), actor="shopper", held_until=clock.now())
                payment = open_payment(
                    session,
                    order,
                    success_url="http://127.0.0.1/return?session_id={CHECKOUT_SESSION_ID}",
                    cancel_url="http://127.0.0.1/back",
                    is_live=False,
                )
            page = current_attempts().open_page(payment)
            return Sale(order.id, order.code, page.id, page.url or "")

    def pay(self, sale: Sale, card: str = CARD["card_number"]) -> Sale:
        """Pay on the page; the shop has not heard of it."""
        form = {**CARD, "email": ADDRESS["email"], "card_number": card}
        answer = requests.post(sale.url, form, timeout=20, allow_redirects=False)
        assert answer.status_code == 303, answer.text
        return sale

    def sell(self, wanted: Mapping[str, int] = THREE, card: str = CARD["card_number"]) -> Sale:
        """Sell and let the shop know."""
        sale = self.pay(self.open(wanted), card)
        assert self.settle(sale) is Outcome.PAID
        return sale

    def settle(self, sale: Sale) -> Outcome:
        """Ask what has become of a page."""
        with self.app.app_context():
            return current_attempts().settle_page(sale.page_id)

    def refund(self, sale: Sale, **plan: Any) -> Refund:
        """Give money back, as staff do."""
        with self.app.app_context():
            plan = {"actor": "staff", "reason": "came back", **plan}
            return current_refunds().make(sale.order_id, RefundPlan(**plan))

    def run(self, job: Callable[[], JobReport]) -> JobReport:
        """Run a job of the shop."""
        with self.app.app_context():
            return job()

    def act(self, path: str, **form: str) -> None:
        """Do something on the simulator's developer pages."""
        answer = requests.post(f"{self.simulator}/dev/{path}", form, timeout=20, allow_redirects=False)
        assert answer.status_code == 303, answer.text

    def events(self, kind: str = "") -> list[Event]:
        """Return the events that Stripe has sent so far, the oldest first."""
        answer = requests.get(
            f"{self.simulator}/v1/events", {"limit": 100}, auth=(SIMULATOR_KEY, ""), timeout=20
        )
        return [event for event in reversed(answer.json()["data"]) if event["type"].startswith(kind)]

    def bring(self, events: Sequence[Event]) -> list[tuple[int, str]]:
        """Bring events to the shop as Stripe does; returns status and text of each answer."""
        client = self.app.test_client()
        answers = [_signed(event).send_to(client) for event in events]
        return [(answer.status_code, answer.text) for answer in answers]

    def lose_events(self) -> None:
        """Let Stripe list no undelivered events any more, as after a month."""
        pass_on = self.recorder.answer

        def answer(request: SentRequest) -> tuple[int, bytes] | None:
            return (200, NO_EVENTS) if request.path == "/v1/events" else pass_on(request)

        self.recorder.answer = answer

    def order_page(self, sale: Sale) -> TestResponse:
        """Visit the page of an order by its signed link."""
        with self.app.app_context():
            link = order_link(sale.code)
        return self.app.test_client().get(link)

    def order(self, sale: Sale) -> Order:
        """Return an order as the database has it now."""
        self.session.rollback()
        self.session.expire_all()
        return self.session.get_one(Order, sale.order_id)


def _signed(event: Event) -> SignedEvent:
    return SignedEvent(event["id"], json.dumps(event).encode())
