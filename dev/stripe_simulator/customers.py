"""Customers the shop keeps at Stripe."""

from typing import Any, Final

from .errors import unsupported
from .identifiers import new_identifier
from .session_rules import check_email, check_metadata
from .simulator import Simulator
from .store import Record

_KEPT: Final = ("address", "description", "email", "name", "phone", "shipping")
_ADDRESS: Final = ("city", "country", "line1", "line2", "postal_code", "state")


def create_customer(simulator: Simulator, params: dict[str, Any]) -> Record:
    """Store a new customer; raises ApiError."""
    _check(params)
    body = {
        "id": new_identifier("cus", 14),
        "object": "customer",
        "balance": 0,
        "created": simulator.clock.timestamp(),
        "currency": None,
        "default_source": None,
        "delinquent": False,
        "livemode": False,
        "metadata": params.get("metadata") or {},
        "preferred_locales": [],
        "tax_exempt": "none",
        **dict.fromkeys(_KEPT),
        **_given(params),
    }
    return simulator.store.add(Record("customer", body))


def update_customer(simulator: Simulator, identifier: str, params: dict[str, Any]) -> Record:
    """Change what is given of a customer; an empty value removes it; raises ApiError."""
    _check(params)
    with simulator.store.transaction():
        customer = simulator.require("customer", identifier, "customer")
        customer.body |= _given(params)
        if "metadata" in params:
            kept = customer.body["metadata"] | params["metadata"] if params["metadata"] else {}
            customer.body["metadata"] = {key: value for key, value in kept.items() if value}
        simulator.store.save(customer)
    return customer


def address_of(customer: Record) -> dict[str, Any] | None:
    """Return where a customer's orders go: the shipping address, else the customer's own, if any."""
    shipping = customer.body["shipping"] or {}
    address: dict[str, Any] | None = shipping.get("address") or customer.body["address"]
    return address


def _check(params: dict[str, Any]) -> None:
    for name in params.keys() - {*_KEPT, "metadata", "expand"}:
        raise unsupported(name)
    check_email(params.get("email") or None, "email")
    check_metadata(params.get("metadata") or {}, "metadata")


def _given(params: dict[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {name: params[name] or None for name in _KEPT if name in params}
    if given.get("address"):
        given["address"] = {**dict.fromkeys(_ADDRESS), **given["address"]}
    if given.get("shipping"):
        address = {**dict.fromkeys(_ADDRESS), **given["shipping"]["address"]}
        given["shipping"] = {"phone": None, **given["shipping"], "address": address}
    return given
