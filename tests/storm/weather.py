"""What goes wrong between the shop and Stripe: rules of chance that the simulator draws from a seed."""

import requests

PAGES = "POST /v1/checkout/sessions"
LOOKS = "GET /v1/checkout/sessions"
REFUNDS = "POST /v1/refunds"
RULES: tuple[dict[str, str], ...] = (
    {"kind": "drop", "chance": "12"},
    {"kind": "duplicate", "chance": "25", "copies": "3"},
    {"kind": "delay", "chance": "15", "seconds": "1.5"},
    {"kind": "reorder", "chance": "25", "seconds": "0.7"},
    {"kind": "lose-reply", "chance": "28", "match": PAGES},
    {"kind": "server-error", "chance": "15", "match": PAGES},
    {"kind": "lose-reply", "chance": "4", "match": LOOKS},
    {"kind": "server-error", "chance": "4", "match": LOOKS},
    {"kind": "lose-reply", "chance": "40", "match": REFUNDS},
    {"kind": "server-error", "chance": "20", "match": REFUNDS},
    {"kind": "slow", "chance": "3", "match": "/v1/", "seconds": "0.6"},
    {"kind": "refund-fails", "chance": "8"},
    {"kind": "refund-pending", "chance": "15"},
)


def turn_bad(simulator: str, seed: int) -> None:
    """Set every rule, each with draws of its own."""
    for number, rule in enumerate(RULES):
        act(simulator, "faults", **rule, seed=str((seed + number) % 2**31))


def clear_up(simulator: str) -> None:
    """Let nothing go wrong any more; what was dropped stays dropped."""
    act(simulator, "faults/clear")


def act(simulator: str, path: str, **fields: str) -> bool:
    """Send a developer's form; returns whether the simulator did it or saw no sense in it."""
    answer = requests.post(f"{simulator}/dev/{path}", data=fields, timeout=60, allow_redirects=False)
    assert answer.status_code in (303, 422), answer.text
    return answer.status_code == 303
