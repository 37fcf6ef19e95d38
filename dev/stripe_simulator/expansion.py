"""Replaces identifiers in an answer by the objects they name, as `expand[]` asks."""

import copy
from typing import Any, Final

from .errors import ApiError, invalid
from .simulator import Simulator

_DEEPEST = 4
_KIND_OF_FIELD: Final = {
    "charge": "charge",
    "customer": "customer",
    "latest_charge": "charge",
    "payment_intent": "payment_intent",
    "product": "product",
    "shipping_rate": "shipping_rate",
}


def expand(simulator: Simulator, answer: dict[str, Any], paths: list[str]) -> dict[str, Any]:
    """Return the answer with every path expanded; raises ApiError for what cannot be expanded."""
    expanded = copy.deepcopy(answer)
    for path in paths:
        segments = path.split(".")
        if len(segments) - (segments[0] == "data") > _DEEPEST:
            raise invalid(f"You cannot expand more than {_DEEPEST} levels of a property ({path}).", "expand")
        _expand(simulator, expanded, segments, path)
    return expanded


def _expand(simulator: Simulator, value: Any, segments: list[str], path: str) -> None:
    if isinstance(value, list):
        for item in value:
            _expand(simulator, item, segments, path)
        return
    if not segments or value is None:
        return
    if not isinstance(value, dict):
        raise _refused(path)
    name, *rest = segments
    included = _included_list(simulator, value, name)
    if included is not None:
        value.setdefault(name, included)
    if name not in value:
        raise _refused(path)
    if isinstance(value[name], str):
        kind = _KIND_OF_FIELD.get(name)
        if kind is None:
            raise _refused(path)
        value[name] = copy.deepcopy(simulator.require(kind, value[name], "expand").body)
    elif not rest and included is None and name not in _KIND_OF_FIELD:
        raise _refused(path)
    _expand(simulator, value[name], rest, path)


def _included_list(simulator: Simulator, owner: dict[str, Any], name: str) -> dict[str, Any] | None:
    """Return the list that is part of an object but shown only on demand."""
    if (owner.get("object"), name) == ("checkout.session", "line_items"):
        session = simulator.require("checkout.session", owner["id"], "session")
        return _list(session.private["line_items"], f"/v1/checkout/sessions/{owner['id']}/line_items")
    if (owner.get("object"), name) == ("charge", "refunds"):
        refunds = simulator.store.select("refund", "json_extract(body, '$.charge') = ?", [owner["id"]])
        return _list([refund.body for refund in refunds], f"/v1/charges/{owner['id']}/refunds")
    return None


def _list(items: list[dict[str, Any]], url: str) -> dict[str, Any]:
    shown = copy.deepcopy(items[:10])
    return {"object": "list", "data": shown, "has_more": len(items) > len(shown), "url": url}


def _refused(path: str) -> ApiError:
    return invalid(f"This property cannot be expanded ({path}).", "expand")
