"""A parked event that is acted on again says as much as when it came."""

import json

import pytest
import requests
from sqlalchemy import select, update

from app.orders.status import PaymentStatus
from app.payments.models import EventState, Payment, PaymentEvent
from app.payments.outcome import Outcome
from app.web.payments import current_inbox
from tests.payments.baskets import SKU
from tests.payments.stripe_recorder import SentRequest
from tests.payments.test_late_money import BANK_DEBIT
from tests.payments.till import Till
from tests.stock import stock_of


@pytest.fixture
def folded(till: Till) -> Till:
    """A Stripe that names a payment by its id only, so that the event alone says that it failed."""
    pass_on = till.recorder.answer

    def fold(request: SentRequest) -> tuple[int, bytes] | None:
        reply = pass_on(request)
        assert reply is not None
        found = json.loads(reply[1])
        if isinstance(found.get("payment_intent"), dict):
            found["payment_intent"] = found["payment_intent"]["id"]
        return reply[0], json.dumps(found).encode()

    till.recorder.answer = fold
    return till


def amounts_differ_by(till: Till, cents: int) -> None:
    till.session.execute(update(Payment).values(amount_cents=Payment.amount_cents + cents))
    till.session.commit()


def test_a_debit_that_failed_is_still_failed_when_it_is_replayed(folded: Till) -> None:
    till = folded
    stock = stock_of(till.session, SKU)
    sale = till.open()
    assert requests.post(sale.url, BANK_DEBIT, timeout=20, allow_redirects=False).status_code == 303
    till.act(f"sessions/{sale.page_id}/resolve", result="fail")
    amounts_differ_by(till, 1)
    assert till.bring(till.events("checkout.session.async_payment_failed")) == [(200, "amount-differs")]
    amounts_differ_by(till, -1)
    [row] = till.session.scalars(select(PaymentEvent))
    assert row.state is EventState.PARKED
    with till.app.app_context():
        assert current_inbox().replay(row.event_id) is Outcome.FAILED
    assert till.order(sale).payment_status is PaymentStatus.FAILED
    assert stock_of(till.session, SKU) == stock
