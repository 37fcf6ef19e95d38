"""The rules a request to create a session must keep, beyond the form of its parameters."""

import re
from typing import Any, Final
from urllib.parse import urlsplit

from .errors import invalid, missing, unsupported
from .money import BANK_DEBIT

REFERENCE_LENGTH = 200
METADATA_KEYS, METADATA_KEY_LENGTH, METADATA_VALUE_LENGTH = 50, 40, 500

# Accepted whatever their value: the simulator acts on them, or they change only how Stripe's own page looks.
_ACCEPTED: Final = frozenset(
    {
        "adaptive_pricing",
        "allowed_payment_method_types",
        "automatic_tax",
        "branding_settings",
        "cancel_url",
        "client_reference_id",
        "currency",
        "custom_text",
        "customer",
        "customer_email",
        "excluded_payment_method_types",
        "expand",
        "expires_at",
        "integration_identifier",
        "line_items",
        "locale",
        "metadata",
        "origin_context",
        "payment_intent_data",
        "payment_method_options",
        "shipping_options",
        "submit_type",
        "success_url",
        "wallet_options",
    }
)
# Accepted with the value that leaves them off (or is the only one simulated).
_ACCEPTED_AS: Final[dict[str, Any]] = {
    "allow_promotion_codes": False,
    "billing_address_collection": "auto",
    "customer_creation": "if_required",
    "discounts": [],
    "invoice_creation": {"enabled": False},
    "mode": "payment",
    "phone_number_collection": {"enabled": False},
    "tax_id_collection": {"enabled": False},
    "ui_mode": "hosted_page",
}
_PAYMENT_INTENT_DATA: Final = frozenset(
    {
        "description",
        "metadata",
        "receipt_email",
        "shipping",
        "statement_descriptor",
        "statement_descriptor_suffix",
    }
)


def check_session(params: dict[str, Any]) -> None:
    """Refuse what Stripe would refuse, and what this simulator cannot do."""
    for name, value in params.items():
        if name not in _ACCEPTED and value != _ACCEPTED_AS.get(name, ...):
            raise unsupported(name)
    for name in ("mode", "success_url"):
        if name not in params:
            raise missing(name)
    for name in ("success_url", "cancel_url"):
        check_address(params.get(name), name)
    if len(params.get("client_reference_id", "")) > REFERENCE_LENGTH:
        raise invalid("The client_reference_id may have at most 200 characters.", "client_reference_id")
    if params.get("automatic_tax", {}).keys() - {"enabled"}:
        raise unsupported("automatic_tax[liability]")
    check_metadata(params.get("metadata", {}), "metadata")
    _check_payment_intent_data(params.get("payment_intent_data", {}))


def _check_payment_intent_data(data: dict[str, Any]) -> None:
    for name, value in data.items():
        automatic = name == "capture_method" and value.startswith("automatic")
        if name not in _PAYMENT_INTENT_DATA and not automatic:
            raise unsupported(f"payment_intent_data[{name}]")
    check_metadata(data.get("metadata", {}), "payment_intent_data[metadata]")


def check_metadata(metadata: dict[str, str], param: str) -> None:
    """Refuse metadata beyond 50 keys, keys beyond 40 characters, and values beyond 500."""
    if len(metadata) > METADATA_KEYS:
        raise invalid("Metadata can have at most 50 keys.", param)
    for key, value in metadata.items():
        if len(key) > METADATA_KEY_LENGTH:
            raise invalid(f"Metadata key names can have at most 40 characters: {key}", param)
        if len(value) > METADATA_VALUE_LENGTH:
            raise invalid("Metadata values can have at most 500 characters.", f"{param}[{key}]")


def check_address(url: str | None, param: str) -> None:
    """Refuse a return address that a browser could not be sent to."""
    if url is not None and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        raise invalid("Not a valid URL", param, "url_invalid")


def check_email(text: str | None, param: str) -> None:
    """Refuse what is no e-mail address."""
    if text is not None and not is_email(text):
        raise invalid(f"Invalid email address: {text}", param, "email_invalid")


def is_email(text: str) -> bool:
    """Return whether the text looks like an e-mail address."""
    return re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", text) is not None


def payment_methods(params: dict[str, Any], currency: str) -> list[str]:
    """Return the payment methods offered: card, and the bank debit of the currency, unless left out."""
    offered = ["card", *([BANK_DEBIT[currency]] if currency in BANK_DEBIT else [])]
    allowed = params.get("allowed_payment_method_types") or offered
    excluded = params.get("excluded_payment_method_types") or []
    methods = [method for method in offered if method in allowed and method not in excluded]
    if not methods:
        raise invalid("No payment method that the simulator knows is left for this session.")
    return methods
