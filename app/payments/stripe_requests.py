"""Spells the shop's requests as Stripe's parameters."""

from typing import cast

from stripe.params import CustomerCreateParams, CustomerCreateParamsShippingAddress, RefundCreateParams
from stripe.params.checkout import (
    SessionCreateParams,
    SessionCreateParamsLineItem,
    SessionCreateParamsShippingOption,
)

from app.money import Money
from app.payments.gateway import PageLine, PageRequest, TaxAddress
from app.payments.money_back import RefundRequest
from app.payments.stripe_answers import REFUND_KEY


def page_params(request: PageRequest, customer_id: str | None = None) -> SessionCreateParams:
    """Spell a payment page as Stripe's parameters; with a customer, Stripe works out the tax."""
    reference = {"order_code": request.order_code}
    is_taxed = customer_id is not None
    params: SessionCreateParams = {
        "mode": "payment",
        "client_reference_id": request.order_code,
        "line_items": [_line_item(line, is_taxed=is_taxed) for line in request.lines],
        "shipping_options": [_shipping_option(request.delivery_name, request.delivery, is_taxed=is_taxed)],
        "success_url": request.success_url,
        "cancel_url": request.cancel_url,
        "expires_at": int(request.expires_at.timestamp()),
        "metadata": reference,
        # Session metadata is not copied to the payment, where refunds and disputes are traced from.
        "payment_intent_data": {"metadata": reference},
        # Said explicitly: the account's defaults could turn either on and change the total.
        "automatic_tax": {"enabled": is_taxed},
        "adaptive_pricing": {"enabled": False},
    }
    if customer_id is None:
        params["customer_email"] = request.email
    else:
        params["customer"] = customer_id
    return params


def customer_params(email: str, address: TaxAddress) -> CustomerCreateParams:
    """Spell who gets the goods, for Stripe's tax."""
    place: CustomerCreateParamsShippingAddress = {
        "line1": address.line1,
        "line2": address.line2,
        "city": address.city,
        "state": address.region,
        "postal_code": address.postal_code,
        "country": address.country,
    }
    if not address.line2:
        del place["line2"]
    return {"email": email, "name": address.name, "shipping": {"name": address.name, "address": place}}


def refund_params(request: RefundRequest) -> RefundCreateParams:
    """Spell a refund as Stripe's parameters; its key is told too, so that it is found again in a list."""
    return {
        "payment_intent": request.payment_intent_id,
        "amount": request.amount.cents,
        "metadata": {"order_code": request.order_code, REFUND_KEY: request.idempotency_key},
    }


def _line_item(line: PageLine, *, is_taxed: bool) -> SessionCreateParamsLineItem:
    product: dict[str, str] = {"name": line.name}
    if line.description:
        product["description"] = line.description
    price = {
        "currency": line.price.currency.lower(),
        "unit_amount": line.price.cents,
        "product_data": product,
        **_tax_behavior(is_taxed=is_taxed),
    }
    return cast(SessionCreateParamsLineItem, {"quantity": line.quantity, "price_data": price})


def _shipping_option(name: str, price: Money, *, is_taxed: bool) -> SessionCreateParamsShippingOption:
    rate = {
        "type": "fixed_amount",
        "display_name": name,
        "fixed_amount": {"amount": price.cents, "currency": price.currency.lower()},
        **_tax_behavior(is_taxed=is_taxed),
    }
    return cast(SessionCreateParamsShippingOption, {"shipping_rate_data": rate})


def _tax_behavior(*, is_taxed: bool) -> dict[str, str]:
    return {"tax_behavior": "exclusive"} if is_taxed else {}
