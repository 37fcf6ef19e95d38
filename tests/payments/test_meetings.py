"""Two things that meet at the wrong moment: paying, leaving, changing the cart, and what Stripe says."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from app.cart.queries import find_cart_for_change
from app.inventory.services import reserve
from app.orders.models import Order
from app.orders.status import PaymentStatus
from app.payments.gateway import SessionState, SessionStatus
from app.payments.models import Payment
from app.payments.news import News
from app.payments.outcome import Outcome
from app.payments.settlement import settle
from app.session import write_transaction
from tests.buyer import Buyer, payment_status
from tests.payments.books import only_order
from tests.payments.signed_events import event_about
from tests.payments.stripe_recorder import SentRequest, StripeRecorder, forward_to
from tests.payments.test_late_money import BANK_DEBIT
from tests.payments.test_paying import link_back
from tests.stock import assert_ledger_is_right, stock_of

SKU = "FR-DRF-30-TEA"


@pytest.fixture
def meanwhile(recorder: StripeRecorder, silent_simulator: str) -> Callable[[Callable[[], object]], None]:
    """Do something once, while the shop waits for Stripe to close a page."""
    pass_on = forward_to(silent_simulator)

    def arrange(act: Callable[[], object]) -> None:
        waiting = [act]

        def answer(request: SentRequest) -> tuple[int, bytes] | None:
            if request.path.endswith("/expire") and waiting:
                waiting.pop()()
            return pass_on(request)

        recorder.answer = answer

    return arrange


def test_a_buyer_who_pays_while_the_page_is_closed_is_not_sold_the_same_again(
    quiet_shop: str,
    quiet_buyer: Buyer,
    meanwhile: Callable[[Callable[[], object]], None],
    shop_session: Session,
) -> None:
    quiet_buyer.add(SKU, 2)
    page = quiet_buyer.open_payment_page()

    def pay_and_tell() -> None:
        assert quiet_buyer.pay(page).status_code == 303
        assert event_about(page.rsplit("/", 1)[1]).send(quiet_shop).ok

    meanwhile(pay_and_tell)
    answer = quiet_buyer.checkout(name="Maya L.")
    assert answer.status_code == 303
    assert payment_status(quiet_buyer.get(answer.headers["Location"]).text) == "paid"
    assert only_order(shop_session).payment_status is PaymentStatus.PAID


def test_a_cart_that_changes_on_the_way_to_the_page_is_shown_again(
    quiet_shop: str,
    quiet_buyer: Buyer,
    meanwhile: Callable[[Callable[[], object]], None],
    shop_session: Session,
) -> None:
    quiet_buyer.add(SKU)
    quiet_buyer.open_payment_page()
    window = Buyer(quiet_shop)
    window.http.cookies.update(quiet_buyer.http.cookies)
    meanwhile(lambda: window.add(SKU))
    answer = quiet_buyer.checkout(name="Maya L.")
    window.close()
    assert answer.status_code == 422
    assert "Your cart has just changed" in answer.text
    assert 'value="Maya L."' in answer.text
    assert only_order(shop_session).payment_status is PaymentStatus.EXPIRED
    assert stock_of(shop_session, SKU)[1] == 0


def test_a_buyer_whose_payment_is_being_checked_is_not_asked_for_a_second_one(
    quiet_shop: str, quiet_buyer: Buyer, shop_session: Session
) -> None:
    quiet_buyer.add(SKU)
    page = quiet_buyer.open_payment_page()
    back = link_back(quiet_buyer.get(page))
    quiet_buyer.pay(page)
    shop_session.execute(update(Payment).values(amount_cents=Payment.amount_cents + 1))
    shop_session.commit()
    for answer in (quiet_buyer.get(quiet_buyer.open_payment_page()), quiet_buyer.get(back)):
        assert "We are checking this order" in answer.text
        assert payment_status(answer.text) == "open"
    assert only_order(shop_session).needs_attention


def test_leaving_while_stripe_is_not_reached_does_not_say_that_nothing_was_charged(
    quiet_buyer: Buyer, recorder: StripeRecorder, shop_session: Session
) -> None:
    quiet_buyer.add(SKU)
    back = link_back(quiet_buyer.get(quiet_buyer.open_payment_page()))
    recorder.answer = lambda _: (503, b"busy")
    answer = quiet_buyer.get(back)
    assert payment_status(answer.text) == "open"
    assert "nothing was charged" not in answer.text.lower()
    assert stock_of(shop_session, SKU)[1] == 1


def test_a_paid_order_is_shown_while_stripe_is_not_reached(
    quiet_shop: str, quiet_buyer: Buyer, recorder: StripeRecorder
) -> None:
    quiet_buyer.add(SKU)
    answer = quiet_buyer.pay(page := quiet_buyer.open_payment_page())
    assert event_about(page.rsplit("/", 1)[1]).send(quiet_shop).ok
    recorder.answer = lambda _: (503, b"busy")
    assert payment_status(quiet_buyer.come_back(answer).text) == "paid"


def test_a_debit_that_arrives_while_its_cart_is_paid_again_waits_for_no_one_in_a_circle(
    quiet_shop: str, quiet_buyer: Buyer, shop_engine: Engine, shop_session: Session
) -> None:
    quiet_buyer.add(SKU)
    page = quiet_buyer.open_payment_page()
    quiet_buyer.pay(page, BANK_DEBIT)
    assert event_about(page.rsplit("/", 1)[1]).send(quiet_shop).ok
    order = only_order(shop_session)
    state = money_arrived(page.rsplit("/", 1)[1], order)
    outcomes: list[Outcome] = []
    revision = shop_session.scalars(select(Payment.revision)).one()

    def settle_it() -> None:
        with Session(shop_engine) as session, write_transaction(session):
            outcomes.append(settle(session, News(state), revision=revision))

    settling = threading.Thread(target=settle_it)
    with write_transaction(shop_session):
        find_cart_for_change(shop_session, order.cart_id)
        settling.start()
        settling.join(0.5)
        reserve(shop_session, order.quantities, source="the second order of the cart")
    settling.join(20)
    assert outcomes == [Outcome.PAID]
    assert shop_session.scalars(select(Order.payment_status)).all() == [PaymentStatus.PAID]
    assert_ledger_is_right(shop_session)


def money_arrived(session_id: str, order: Order) -> SessionState:
    return SessionState(
        id=session_id,
        status=SessionStatus.COMPLETE,
        is_paid=True,
        has_failed=False,
        amount_total=order.total_cents,
        currency=order.currency,
        is_live=False,
        order_code=order.code,
        url=None,
        payment_intent_id="pi_1",
        charge_id="ch_1",
    )
