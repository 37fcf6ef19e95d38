"""Who a session is for, as far as the shop says so."""

from typing import Any

from .customers import address_of
from .errors import invalid
from .session_rules import check_email
from .simulator import Simulator
from .store import Record


def find_customer(simulator: Simulator, params: dict[str, Any]) -> Record | None:
    """Return the customer a request names, if any; raises ApiError."""
    check_email(params.get("customer_email"), "customer_email")
    if "customer" not in params:
        return None
    if "customer_email" in params:
        raise invalid("You may only specify one of these parameters: customer, customer_email.", "customer")
    return simulator.require("customer", params["customer"], "customer", status=400)


def customer_fields(params: dict[str, Any], customer: Record | None) -> dict[str, Any]:
    """Return the fields of a new session that tell who it is for."""
    email = customer.body["email"] if customer else params.get("customer_email")
    details = {
        "address": address_of(customer) if customer else None,
        "business_name": None,
        "email": email,
        "individual_name": None,
        "name": customer.body["name"] if customer else None,
        "phone": customer.body["phone"] if customer else None,
        "tax_exempt": "none",
        "tax_ids": None,
    }
    return {
        "customer": customer.id if customer else None,
        "customer_creation": None if customer else "if_required",
        "customer_details": details if customer or email else None,
        "customer_email": params.get("customer_email"),
        "collected_information": None,
    }


def known_email(session: dict[str, Any]) -> str | None:
    """Return the e-mail address that the payer need not type."""
    details = session["customer_details"] or {}
    return session["customer_email"] or (details.get("email") if session["customer"] else None)
