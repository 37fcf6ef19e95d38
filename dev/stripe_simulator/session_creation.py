"""Creates checkout sessions."""

from typing import Any

from .customers import address_of
from .identifiers import new_identifier
from .pricing import Quote, make_quote
from .session_customer import customer_fields, find_customer
from .session_expiry import choose_expiry
from .session_rules import check_session, payment_methods
from .simulator import Simulator
from .store import Record
from .tax import apply_tax


def create_session(simulator: Simulator, params: dict[str, Any]) -> Record:
    """Check the request, price it, and store the open session; raises ApiError."""
    now = simulator.clock.timestamp()
    check_session(params)
    expires_at = choose_expiry(params.get("expires_at"), simulator.clock)
    customer = find_customer(simulator, params)
    quote = make_quote(params, now)
    quote, automatic_tax = apply_tax(quote, params, address_of(customer) if customer else None)
    body = _session_body(params, quote, now) | customer_fields(params, customer)
    body |= {"expires_at": expires_at, "automatic_tax": automatic_tax}
    if quote.total == 0:
        body["payment_status"] = "no_payment_required"
    body["url"] = f"{simulator.settings.base_url}/pay/{body['id']}"
    private = {
        "line_items": [line.item for line in quote.lines],
        "payment_intent": None,
        "payment_intent_data": params.get("payment_intent_data", {}),
    }
    for record in (*(line.product for line in quote.lines), *quote.rates):
        simulator.store.add(record)
    return simulator.store.add(Record("checkout.session", body, private, due_at=body["expires_at"]))


def _session_body(params: dict[str, Any], quote: Quote, now: int) -> dict[str, Any]:
    return {
        "id": new_identifier("cs_test", 58),
        "object": "checkout.session",
        "created": now,
        "livemode": False,
        "mode": "payment",
        "status": "open",
        "payment_status": "unpaid",
        "payment_intent": None,
        "payment_method_types": payment_methods(params, quote.currency),
        **_amounts(quote),
        **_given(params),
        **_unused(),
    }


def _amounts(quote: Quote) -> dict[str, Any]:
    chosen = quote.rates[0].id if quote.rates else None
    cost = {
        "amount_subtotal": quote.shipping,
        "amount_tax": quote.shipping_tax,
        "amount_total": quote.shipping if quote.shipping_total is None else quote.shipping_total,
        "shipping_rate": chosen,
    }
    return {
        "currency": quote.currency,
        "amount_subtotal": quote.subtotal,
        "amount_total": quote.total,
        "total_details": {"amount_discount": 0, "amount_shipping": quote.shipping, "amount_tax": quote.tax},
        "shipping_cost": cost if quote.rates else None,
        "shipping_options": [
            {"shipping_amount": rate.body["fixed_amount"]["amount"], "shipping_rate": rate.id}
            for rate in quote.rates
        ],
    }


def _given(params: dict[str, Any]) -> dict[str, Any]:
    return {
        "adaptive_pricing": {"enabled": params.get("adaptive_pricing", {}).get("enabled", False)},
        "allow_promotion_codes": params.get("allow_promotion_codes"),
        "billing_address_collection": params.get("billing_address_collection"),
        "branding_settings": params.get("branding_settings", {}),
        "cancel_url": params.get("cancel_url"),
        "client_reference_id": params.get("client_reference_id"),
        "custom_text": {
            name: params.get("custom_text", {}).get(name)
            for name in ("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")
        },
        "excluded_payment_method_types": params.get("excluded_payment_method_types", []),
        "integration_identifier": params.get("integration_identifier"),
        "locale": params.get("locale"),
        "metadata": params.get("metadata", {}),
        "origin_context": params.get("origin_context"),
        "payment_method_options": params.get("payment_method_options", {}),
        "submit_type": params.get("submit_type"),
        "success_url": params["success_url"],
        "ui_mode": "hosted_page",
    }


def _unused() -> dict[str, Any]:
    """Return the fields that every session has and the simulator never fills."""
    return {
        "after_expiration": None,
        "client_secret": None,
        "consent": None,
        "consent_collection": None,
        "currency_conversion": None,
        "custom_fields": [],
        "customer_account": None,
        "discounts": [],
        "invoice": None,
        "invoice_creation": None,
        "payment_link": None,
        "payment_method_collection": "if_required",
        "payment_method_configuration_details": None,
        "permissions": None,
        "phone_number_collection": {"enabled": False},
        "recovered_from": None,
        "saved_payment_method_options": None,
        "setup_intent": None,
        "shipping_address_collection": None,
        "subscription": None,
        "wallet_options": None,
    }
