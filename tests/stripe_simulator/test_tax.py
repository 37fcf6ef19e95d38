"""Customers, and tax by the state their orders go to."""

from typing import Any

import pytest
import stripe

from tests.stripe_simulator.samples import line, order, shipping
from tests.stripe_simulator.simulator_process import SimulatorProcess


def new_customer(running: SimulatorProcess, state: str = "CA", country: str = "US") -> stripe.Customer:
    address = {"line1": "1 Main St", "city": "Town", "postal_code": "90001", "country": country}
    if state:
        address["state"] = state
    params = {"name": "Ada B", "email": "ada@example.com", "shipping": {"name": "Ada B", "address": address}}
    return running.client.v1.customers.create(params=params)  # type: ignore[arg-type]


def taxed(running: SimulatorProcess, customer: str | None, **changes: Any) -> stripe.checkout.Session:
    return running.new_session(order(customer=customer, automatic_tax={"enabled": True}, **changes))


def total_and_tax(session: stripe.checkout.Session) -> tuple[int | None, int | None]:
    return session.amount_total, session.total_details.amount_tax if session.total_details else None


def behaving(behavior: str, **product: str) -> dict[str, Any]:
    item = line(1250, 2)
    item["price_data"]["tax_behavior"] = behavior
    item["price_data"]["product_data"] |= product
    return item


@pytest.mark.parametrize(
    ("state", "line_tax", "shipping_tax"),
    [("CA", 181, 36), ("NY", 100, 20), ("TX", 156, 31), ("WA", 163, 32), ("OR", 0, 0)],
)
def test_adds_the_tax_of_the_state(
    running: SimulatorProcess, state: str, line_tax: int, shipping_tax: int
) -> None:
    session = taxed(running, new_customer(running, state).id, line_items=[behaving("exclusive")])
    assert total_and_tax(session) == (2995 + line_tax + shipping_tax, line_tax + shipping_tax)
    assert (session.amount_subtotal, session.automatic_tax.status) == (2500, "complete")
    assert session.shipping_cost is not None
    assert (session.shipping_cost.amount_tax, session.shipping_cost.amount_total) == (
        shipping_tax,
        495 + shipping_tax,
    )
    [item] = running.client.v1.checkout.sessions.line_items.list(session.id).data
    assert (item.amount_subtotal, item.amount_tax, item.amount_total) == (2500, line_tax, 2500 + line_tax)


def test_tax_may_be_part_of_the_price(running: SimulatorProcess) -> None:
    customer = new_customer(running).id
    session = taxed(running, customer, line_items=[behaving("inclusive")], shipping_options=[shipping(0)])
    assert total_and_tax(session) == (2500, 169)


def test_some_goods_are_not_taxable(running: SimulatorProcess) -> None:
    item = behaving("exclusive", tax_code="txcd_00000000")
    session = taxed(running, new_customer(running).id, line_items=[item], shipping_options=None)
    assert total_and_tax(session) == (2500, 0)


def test_asks_for_the_place_when_it_is_not_known(running: SimulatorProcess) -> None:
    nowhere = running.client.v1.customers.create(params={"email": "bo@example.com"})
    for customer in (nowhere.id, new_customer(running, state="").id, None):
        session = taxed(running, customer)
        assert session.automatic_tax.status == "requires_location_inputs"
        assert total_and_tax(session) == (2995, 0)


def test_taxes_nothing_abroad_or_unless_asked(running: SimulatorProcess) -> None:
    abroad = new_customer(running, country="DE")
    assert total_and_tax(taxed(running, abroad.id)) == (2995, 0)
    session = running.new_session(order(customer=new_customer(running).id))
    assert (session.automatic_tax.enabled, total_and_tax(session)) == (False, (2995, 0))


def test_the_customer_pays_the_tax_and_types_no_address(running: SimulatorProcess) -> None:
    customer = new_customer(running)
    session = taxed(running, customer.id)
    page = running.web.get(str(session.url), timeout=10).text
    assert ("$2.17" in page, "$32.12" in page, 'value="ada@example.com"' in page) == (True, True, True)
    assert running.submit(session).status_code == 303
    paid = running.session(session.id, "customer")
    assert isinstance(paid.customer, stripe.Customer)
    assert paid.customer_details is not None
    assert paid.customer_details.address is not None
    assert (paid.customer.id, paid.customer_details.address.state) == (customer.id, "CA")
    charge = running.charge_of(paid)
    assert (charge.amount, charge.customer) == (3212, customer.id)


def test_keeps_customers(running: SimulatorProcess) -> None:
    customers = running.client.v1.customers
    made = customers.create(params={"email": "cy@example.com", "metadata": {"shop": "1", "old": "x"}})
    customers.update(made.id, params={"name": "Cy", "metadata": {"old": ""}})
    found = customers.retrieve(made.id)
    assert (found.name, found.email) == ("Cy", "cy@example.com")
    assert found.metadata is not None
    assert found.metadata.to_dict() == {"shop": "1"}
    assert made.id in [item.id for item in customers.list(params={"email": "cy@example.com"}).data]


@pytest.mark.parametrize(
    ("changes", "param"),
    [
        ({"customer": "cus_unknown"}, "customer"),
        ({"customer": "cus_1", "customer_email": "a@example.com"}, "customer"),
    ],
)
def test_refuses_customers_that_make_no_sense(
    running: SimulatorProcess, changes: dict[str, str], param: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        running.new_session(order(**changes))
    assert refused.value.param == param
