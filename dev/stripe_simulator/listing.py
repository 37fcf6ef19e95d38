"""Lists objects in Stripe's way: filters, pages and cursors, newest first."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from .errors import ApiError, invalid, no_such, unsupported
from .simulator import Simulator
from .store import Record

_LARGEST_PAGE = 100
_MOST_TYPES = 20
_COMPARISON: Final = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_FIELD: Final = {
    "charge": "$.charge",
    "customer": "$.customer",
    "email": "$.email",
    "payment_intent": "$.payment_intent",
    "status": "$.status",
    "type": "$.type",
}
_PAGING: Final = frozenset({"limit", "starting_after", "ending_before", "expand"})
Present = Callable[[Record], dict[str, Any]]
Condition = tuple[str, list[Any]]


def list_objects(
    simulator: Simulator,
    kind: str,
    params: Mapping[str, Any],
    url: str,
    present: Present,
    *,
    since: float = 0,
) -> dict[str, Any]:
    """Return a page of the objects of a kind made since a time; raises ApiError for senseless parameters."""
    conditions = [_condition(name, value) for name, value in params.items() if name not in _PAGING]
    if since:
        conditions.append(("created >= ?", [since]))
    limit = read_limit(params)
    backward = "ending_before" in params
    for name, sign in (("starting_after", "<"), ("ending_before", ">")):
        if name in params:
            cursor = simulator.require(kind, params[name], name, status=400)
            conditions.append((f"sequence {sign} ?", [cursor.sequence]))
    where = " AND ".join(["1", *(sql for sql, _ in conditions)])
    arguments = [argument for _, arguments in conditions for argument in arguments]
    tail = f"ORDER BY sequence {'ASC' if backward else 'DESC'} LIMIT {limit + 1}"
    found = simulator.store.select(kind, where, arguments, tail=tail)
    page = found[:limit][::-1] if backward else found[:limit]
    return {
        "object": "list",
        "data": [present(record) for record in page],
        "has_more": len(found) > limit,
        "url": url,
    }


def page_of(items: list[dict[str, Any]], params: Mapping[str, Any], url: str) -> dict[str, Any]:
    """Return a page of a list that belongs to one object, in the list's own order."""
    limit = read_limit(params)
    if "starting_after" in params:
        items = items[_position(items, params, "starting_after") + 1 :]
    if "ending_before" in params:
        items = items[: _position(items, params, "ending_before")]
        page = items[-limit:]
    else:
        page = items[:limit]
    return {"object": "list", "data": page, "has_more": len(items) > limit, "url": url}


def read_limit(params: Mapping[str, Any]) -> int:
    """Return how many objects a page may have; refuses a limit outside 1 to 100 and two cursors at once."""
    if "starting_after" in params and "ending_before" in params:
        raise invalid(
            "You may only specify one of these parameters: starting_after, ending_before.", "ending_before"
        )
    limit = int(params.get("limit", 10))
    if not 1 <= limit <= _LARGEST_PAGE:
        raise invalid("This value must be between 1 and 100.", "limit", "parameter_invalid_integer")
    return limit


def _position(items: list[dict[str, Any]], params: Mapping[str, Any], name: str) -> int:
    for index, item in enumerate(items):
        if item["id"] == params[name]:
            return index
    raise no_such("item", params[name], name, status=400)


def _condition(name: str, value: Any) -> Condition:
    if name == "created":
        return _created(value)
    if name == "types":
        return _types(value)
    if name == "delivery_success":
        # Few are undelivered, many delivered: this way round the list of identifiers stays short.
        undelivered = "id IN (SELECT event_id FROM deliveries WHERE state != 'delivered')"
        return (f"NOT {undelivered}" if value else undelivered, [])
    if name == "type" and str(value).endswith("*"):
        return "json_extract(body, '$.type') GLOB ?", [value]
    if name == "customer_details":
        return "json_extract(body, '$.customer_details.email') = ?", [value["email"]]
    if name in _FIELD:
        return f"json_extract(body, '{_FIELD[name]}') = ?", [value]
    raise unsupported(name)


def _types(types: list[str]) -> Condition:
    if len(types) > _MOST_TYPES:
        raise invalid("You can filter by at most 20 event types.", "types")
    return f"json_extract(body, '$.type') IN ({', '.join('?' * len(types))})", list(types)


def _created(value: Any) -> Condition:
    if isinstance(value, int):
        return "created = ?", [value]
    bounds = {sign: int(bound) for name, bound in value.items() for sign in [_COMPARISON[name]]}
    return " AND ".join(["1", *(f"created {sign} ?" for sign in bounds)]), list(bounds.values())


def refuse_both(params: Mapping[str, Any], first: str, second: str) -> None:
    """Refuse two parameters that exclude each other."""
    if first in params and second in params:
        raise ApiError(f"You may only specify one of these parameters: {first}, {second}.", param=second)
