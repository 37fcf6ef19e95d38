"""Creating checkout sessions."""

import time
from typing import Any

import pytest
import stripe

from tests.stripe_simulator.samples import line, order, shipping
from tests.stripe_simulator.simulator_process import SimulatorProcess


def test_adds_lines_and_the_first_shipping_option(running: SimulatorProcess) -> None:
    lines = [line(1250, 2), line(333, 3, "Ball")]
    session = running.new_session(order(line_items=lines, shipping_options=[shipping(495), shipping(1995)]))
    assert (session.amount_subtotal, session.amount_total, session.currency) == (3499, 3994, "usd")
    assert session.total_details is not None
    assert session.total_details.to_dict() == {"amount_discount": 0, "amount_shipping": 495, "amount_tax": 0}
    assert session.shipping_cost is not None
    assert session.shipping_cost.amount_total == 495


def test_is_open_unpaid_and_in_test_mode_without_a_payment_intent(running: SimulatorProcess) -> None:
    session = running.new_session(order(client_reference_id="PB-1", metadata={"order": "1"}))
    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    assert (session.livemode, session.object, session.mode) == (False, "checkout.session", "payment")
    assert session.id.startswith("cs_test_")
    assert session.url == f"{running.base}/pay/{session.id}"
    assert session.client_reference_id == "PB-1"
    assert session.metadata is not None
    assert session.metadata["order"] == "1"


def test_expires_after_24_hours_unless_told(running: SimulatorProcess) -> None:
    session = running.new_session(order())
    assert session.expires_at - session.created == 24 * 60 * 60


def test_takes_an_expiry_within_30_minutes_and_24_hours(running: SimulatorProcess) -> None:
    at = int(time.time()) + 31 * 60
    assert running.new_session(order(expires_at=at)).expires_at == at


@pytest.mark.parametrize("minutes", [-5, 29, 24 * 60 + 1])
def test_refuses_an_expiry_outside_30_minutes_to_24_hours(running: SimulatorProcess, minutes: int) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        running.new_session(order(expires_at=int(time.time()) + minutes * 60))
    assert refused.value.param == "expires_at"


SELF = {"type": "self"}


@pytest.mark.parametrize(
    ("changes", "code", "param"),
    [
        ({"mode": None}, "parameter_missing", "mode"),
        ({"success_url": None}, "parameter_missing", "success_url"),
        ({"line_items": None}, "parameter_missing", "line_items"),
        ({"success_url": "/return"}, "url_invalid", "success_url"),
        ({"cancel_url": "javascript:alert(1)"}, "url_invalid", "cancel_url"),
        ({"customer_email": "nobody"}, "email_invalid", "customer_email"),
        ({"client_reference_id": "x" * 201}, None, "client_reference_id"),
        ({"line_items": [line()] * 101}, None, "line_items"),
        ({"line_items": [line(quantity=0)]}, "parameter_invalid_integer", "line_items[0][quantity]"),
        ({"line_items": [line(-1)]}, "parameter_invalid_integer", "line_items[0][price_data][unit_amount]"),
        ({"line_items": [line(currency="zzz")]}, None, "line_items[0][price_data][currency]"),
        ({"line_items": [line(), line(currency="eur")]}, None, "line_items"),
        ({"shipping_options": [shipping()] * 6}, None, "shipping_options"),
        ({"line_items": [{"price": "price_1", "quantity": 1}]}, "resource_missing", "line_items[0][price]"),
        ({"line_items": [line(49)], "shipping_options": None}, "amount_too_small", None),
        ({"line_items": [line(99_999_999, 2)]}, "amount_too_large", None),
        ({"metadata": {f"key-{number}": "x" for number in range(51)}}, None, "metadata"),
        ({"metadata": {"k" * 41: "x"}}, None, "metadata"),
        ({"metadata": {"key": "v" * 501}}, None, "metadata[key]"),
        ({"payment_intent_data": {"metadata": {"k" * 41: "x"}}}, None, "payment_intent_data[metadata]"),
        (
            {"payment_method_types": ["card"]},
            "payment_method_types_no_longer_supported",
            "payment_method_types",
        ),
        ({"surprise": {"a": 1}}, "parameter_unknown", "surprise"),
        ({"expand": ["mode"]}, None, "expand"),
        (
            {"automatic_tax": {"enabled": True, "liability": SELF}},
            None,
            "automatic_tax[liability]",
        ),
        ({"discounts": [{"coupon": "TEN"}]}, None, "discounts"),
    ],
)
def test_refuses_what_breaks_a_rule(
    running: SimulatorProcess, changes: dict[str, Any], code: str | None, param: str | None
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        running.new_session(order(**changes))
    assert (refused.value.http_status, refused.value.code, refused.value.param) == (400, code, param)


def test_accepts_values_at_the_limits(running: SimulatorProcess) -> None:
    metadata = {f"{number:040}": "v" * 500 for number in range(50)}
    lines = [line(50)] + [line(0)] * 99
    session = running.new_session(
        order(metadata=metadata, line_items=lines, shipping_options=None, client_reference_id="x" * 200)
    )
    assert session.amount_total == 50
    assert session.shipping_cost is None


def test_rounds_decimal_unit_amounts_by_line(running: SimulatorProcess) -> None:
    item = line(1, 3)
    item["price_data"]["unit_amount_decimal"] = "33.5"
    del item["price_data"]["unit_amount"]
    assert running.new_session(order(line_items=[item], shipping_options=None)).amount_total == 101


def test_a_free_order_requires_no_payment(running: SimulatorProcess) -> None:
    session = running.new_session(order(line_items=[line(0)], shipping_options=None))
    assert (session.amount_total, session.payment_status) == (0, "no_payment_required")
    assert running.submit(session, {"email": "ada@example.com"}).status_code == 303
    session = running.session(session.id)
    assert (session.status, session.payment_status) == ("complete", "no_payment_required")
    assert session.payment_intent is None
