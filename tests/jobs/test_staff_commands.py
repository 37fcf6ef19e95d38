"""Refunds and what waits for a person, on the command line: what staff read, and what comes of it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.config import read_config
from app.factory import create_app
from app.inventory.services import reserve
from app.orders.status import PaymentStatus
from app.payments.models import RefundStatus
from app.session import close_database, write_transaction
from tests.live_shop import SIMULATOR_KEY
from tests.payments.baskets import DELIVERY_PAID, OTHER_SKU, SKU, TOTAL_PAID
from tests.payments.books import all_refunds, reasons, stored_events
from tests.payments.own_simulator import own_simulator
from tests.payments.signed_events import event_about
from tests.payments.stripe_recorder import forward_to, recording
from tests.payments.till import Sale, Till
from tests.stock import assert_ledger_is_right, stock_of

BY = ("--by", "Ida")
WHY = ("--reason", "came back", *BY)
AWAY = (401, b'{"error": {"type": "invalid_request_error", "message": "Invalid API Key"}}')
Flask = Callable[..., Result]


@pytest.fixture
def till(
    shop_settings: dict[str, str], shop_engine: Engine, shop_session: Session, tmp_path: Path
) -> Iterator[Till]:
    assert shop_engine
    with own_simulator(tmp_path) as simulator, recording(forward_to(simulator)) as recorder:
        stripe = {"STRIPE_API_KEY": SIMULATOR_KEY, "STRIPE_API_BASE": recorder.address}
        app = create_app(read_config({**shop_settings, **stripe}))
        yield Till(app, recorder, simulator, shop_session)
        close_database(app)


@pytest.fixture
def flask(till: Till) -> Flask:
    """Run a command as `flask` does."""
    return lambda *words: till.app.test_cli_runner().invoke(args=[str(word) for word in words])


@pytest.fixture
def prepared(till: Till) -> Sale:
    """A sale whose money came after everything was sold, with a refund that waits for a person."""
    sale = till.open()
    till.act(f"sessions/{sale.page_id}/expire")
    till.settle(sale)
    variant_id = till.order(sale).lines[0].variant_id
    on_hand, reserved = stock_of(till.session, SKU)
    with write_transaction(till.session):
        reserve(till.session, {variant_id: on_hand - reserved}, source="everybody else")
    till.act(f"sessions/{sale.page_id}/pay-late")
    till.settle(sale)
    return sale


def refused(answer: Result, *words: str) -> bool:
    """Whether a command has ended with a message, not with a traceback."""
    is_told = all(word in answer.output for word in words)
    return answer.exit_code in (1, 2) and isinstance(answer.exception, SystemExit) and is_told


def test_a_whole_refund_says_its_number_and_amount(till: Till, flask: Flask) -> None:
    sale = till.sell()
    on_hand, _ = stock_of(till.session, SKU)
    answer = flask("refunds", "make", sale.code.lower(), "--whole", "--restock", f"{SKU}=2", *WHY)
    [refund] = all_refunds(till.session)
    assert (answer.exit_code, answer.output) == (0, f"Refund {refund.id}: $48.38 succeeded (came back)\n")
    assert (refund.actor, till.order(sale).payment_status) == ("Ida", PaymentStatus.REFUNDED)
    assert stock_of(till.session, SKU) == (on_hand + 2, 0)
    listed = flask("refunds", "list", sale.code)
    assert listed.output.splitlines() == [
        answer.output.strip(),
        "$48.38 of $48.38 refunded; the payment is refunded.",
    ]
    assert_ledger_is_right(till.session)


def test_refunds_by_amount_by_line_and_of_the_delivery_add_up(till: Till, flask: Flask) -> None:
    sale = till.sell({SKU: 3, OTHER_SKU: 1})
    assert flask("refunds", "make", sale.code, "--amount", "12.5", *WHY).exit_code == 0
    assert flask("refunds", "make", sale.code, "--delivery", *WHY).exit_code == 0
    answer = flask("refunds", "make", sale.code, "--line", f"{SKU}=1", "--line", f"{OTHER_SKU}=1", *WHY)
    assert answer.exit_code == 0
    rows = all_refunds(till.session)
    assert [row.amount_cents for row in rows[:2]] == [1250, DELIVERY_PAID]
    assert [line.quantity for line in rows[2].lines] == [1, 1]
    assert till.order(sale).refunded_cents == sum(row.amount_cents for row in rows)


def test_an_order_without_refunds_has_an_empty_list(till: Till, flask: Flask) -> None:
    sale = till.sell()
    answer = flask("refunds", "list", sale.code)
    assert answer.output == f"$0.00 of {till.order(sale).total} refunded; the payment is paid.\n"


@pytest.mark.parametrize("group", [("refunds", "list"), ("refunds", "make", "--whole", *WHY)])
def test_refunds_of_an_unknown_order_are_refused(flask: Flask, group: tuple[str, ...]) -> None:
    assert refused(flask(*group, "NOSUCH22"), "There is no order NOSUCH22.")


@pytest.mark.parametrize("command", ["settle", "give-up"])
def test_attention_for_an_unknown_order_is_refused(flask: Flask, command: str) -> None:
    assert refused(flask("attention", command, "NOSUCH22", *WHY), "There is no order NOSUCH22.")


@pytest.mark.parametrize("missing", ["--reason", "--by"])
def test_who_and_why_must_be_said(till: Till, flask: Flask, missing: str) -> None:
    sale = till.sell()
    said = {"--reason": "came back", "--by": "Ida"}
    words = [word for pair in said.items() if pair[0] != missing for word in pair]
    assert refused(flask("refunds", "make", sale.code, "--whole", *words), f"'{missing}'")


def test_an_order_without_money_is_not_refunded(till: Till, flask: Flask) -> None:
    sale = till.open()
    assert refused(flask("refunds", "make", sale.code, "--whole", *WHY), "No money has come")


def test_stripe_out_of_reach_leaves_the_refund_written_down(till: Till, flask: Flask) -> None:
    sale = till.sell()
    pass_on, till.recorder.answer = till.recorder.answer, lambda _: AWAY
    answer = flask("refunds", "make", sale.code, "--amount", "5", *WHY)
    assert refused(answer, "Stripe was not reached. The refund is written down")
    [refund] = all_refunds(till.session)
    assert (refund.status, refund.amount_cents) == (RefundStatus.REQUESTED, 500)
    assert f"Refund {refund.id}: $5.00 requested" in flask("refunds", "list", sale.code).output
    till.recorder.answer = pass_on
    sent = flask("refunds", "send", refund.id, *BY)
    assert sent.output == f"Refund {refund.id}: $5.00 succeeded (came back)\n"
    assert till.order(sale).refunded_cents == 500


def test_a_refund_that_stripe_refuses_says_so(till: Till, flask: Flask) -> None:
    sale = till.sell()
    pass_on = till.recorder.answer
    no = b'{"error": {"type": "invalid_request_error", "message": "no"}}'
    till.recorder.answer = lambda each: (400, no) if each.path == "/v1/refunds" else pass_on(each)
    assert refused(flask("refunds", "make", sale.code, "--whole", *WHY), "Stripe refused this refund")
    assert [row.status for row in all_refunds(till.session)] == [RefundStatus.FAILED]
    listed = flask("attention", "list").output
    assert (f"order {sale.code}  paid" in listed, "did not arrive" in listed) == (True, True)


def test_a_prepared_refund_is_sent_by_a_person(till: Till, flask: Flask, prepared: Sale) -> None:
    [refund] = all_refunds(till.session)
    assert f"Refund {refund.id}: $48.38 prepared" in flask("refunds", "list", prepared.code).output
    answer = flask("refunds", "send", refund.id, *BY)
    assert (answer.exit_code, " succeeded " in answer.output) == (0, True)
    assert till.order(prepared).refunded_cents == TOTAL_PAID
    again = flask("refunds", "send", refund.id, *BY)
    assert (again.exit_code, again.output) == (0, answer.output)
    assert refused(flask("refunds", "withdraw", refund.id, *BY), "only a prepared one")


def test_a_prepared_refund_is_withdrawn_by_a_person(till: Till, flask: Flask, prepared: Sale) -> None:
    [refund] = all_refunds(till.session)
    answer = flask("refunds", "withdraw", refund.id, *BY)
    assert (answer.exit_code, " withdrawn " in answer.output) == (0, True)
    assert all_refunds(till.session)[0].status is RefundStatus.WITHDRAWN
    assert till.order(prepared).events[-1].actor == "Ida"
    assert till.order(prepared).refunded_cents == 0


def test_a_withdrawn_refund_is_not_called_one_on_its_way(till: Till, flask: Flask, prepared: Sale) -> None:
    [refund] = all_refunds(till.session)
    flask("refunds", "withdraw", refund.id, *BY)
    assert refused(flask("refunds", "withdraw", refund.id, *BY), "is withdrawn")
    sent = flask("refunds", "send", refund.id, *BY)
    assert " succeeded " not in sent.output
    assert till.order(prepared).refunded_cents == 0


@pytest.mark.parametrize("command", ["send", "withdraw"])
def test_an_unknown_refund_is_refused(flask: Flask, command: str) -> None:
    answer = flask("refunds", command, 999999, *BY)
    assert refused(answer, "there is no refund 999999")
    assert refused(flask("refunds", command, "first", *BY), "not a valid integer")


def test_attention_names_what_waits_until_a_person_has_settled_it(
    till: Till, flask: Flask, prepared: Sale
) -> None:
    assert stored_events(till.session) == []
    listed = flask("attention", "list").output.splitlines()
    assert listed[0] == f"order {prepared.code}  paid"
    assert "not enough left" in listed[1]
    settled = flask("attention", "settle", prepared.code.lower(), "--reason", "sent an apology", *BY)
    assert settled.output == f"order {prepared.code} waits for nobody any more\n"
    assert flask("attention", "list").output == ""
    assert reasons(till.order(prepared))[-1] == "attended to: sent an apology"
    assert till.order(prepared).events[-1].actor == "Ida"


def test_a_paid_order_is_not_given_up(till: Till, flask: Flask) -> None:
    sale = till.sell()
    stock = stock_of(till.session, SKU)
    assert refused(flask("attention", "give-up", sale.code, *WHY), "The payment is paid, not open.")
    assert till.order(sale).payment_status is PaymentStatus.PAID
    assert stock_of(till.session, SKU) == stock


def test_a_parked_event_is_named_and_acted_on_again(till: Till, flask: Flask) -> None:
    sent = event_about("cs_test_nobody_knows")
    assert sent.send_to(till.app.test_client()).text == "unknown-payment"
    line = f"event {sent.id}  checkout.session.completed  unknown-payment"
    assert flask("attention", "list").output.splitlines() == [line]
    assert flask("attention", "replay", sent.id).output == "unknown-payment\n"
    till.recorder.answer = lambda _: AWAY
    assert refused(flask("attention", "replay", sent.id), "Stripe was not reached; nothing has changed.")
    assert refused(flask("attention", "replay", "evt_never_came"), "There is no event evt_never_came.")
