"""The rows of a shop as they were before orders had three axes, written past the models of today."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, MetaData, Table, select

from app.db import create_database_engine
from app.jobs.schema import MIGRATIONS

FIRST_REVISION = "fb37e2be65c6"
PLACED_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PAID_AT = PLACED_AT + timedelta(minutes=3)
STATUSES = ("paid", "open", "expired", "processing", "failed")
RESERVATIONS = {"paid": "consumed", "open": "active", "processing": "active"}
OUTCOMES = ("paid", "unchanged", "expired", "unknown-session", "needs-attention")
ADDRESS = {
    "email": "maya@example.com",
    "name": "Maya Lindqvist",
    "line1": "12 Alder Street",
    "line2": "",
    "city": "Portland",
    "region": "OR",
    "postal_code": "97201",
    "country": "US",
    "phone": "",
}
Rows = list[dict[str, object]]


def open_first_shop(url: str) -> Engine:
    """Make the first schema in an empty database, with a sale in every status; returns its engine."""
    engine = create_database_engine(url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, FIRST_REVISION)
        for name, rows in {**GOODS, **_sales()}.items():
            connection.execute(Table(name, MetaData(), autoload_with=connection).insert(), rows)
    return engine


def read_all(connection: Connection, columns: Mapping[str, list[str]]) -> dict[str, list[tuple[object, ...]]]:
    """Read some columns of some tables, as the driver gives them."""
    return {name: _read(connection, name, wanted) for name, wanted in columns.items()}


def columns_of(connection: Connection) -> dict[str, list[str]]:
    """Return the columns of every table that has rows of the sales."""
    tables = {name: Table(name, MetaData(), autoload_with=connection) for name in _sales()}
    return {name: list(table.columns.keys()) for name, table in tables.items()}


def _read(connection: Connection, name: str, wanted: list[str]) -> list[tuple[object, ...]]:
    table = Table(name, MetaData(), autoload_with=connection)
    query = select(*(table.columns[column] for column in wanted)).order_by(*table.primary_key.columns)
    return [tuple(row) for row in connection.execute(query)]


GOODS: dict[str, Rows] = {
    "categories": [
        {
            "id": 1,
            "slug": "straps",
            "name": "Straps",
            "summary": "",
            "image": "",
            "image_alt": "",
            "position": 1,
        }
    ],
    "products": [
        {
            "id": 1,
            "code": "ST",
            "slug": "strap",
            "name": "Strap",
            "brand": "Fenwillow",
            "category_id": 1,
            "subcategory": "straps",
            "position": 1,
            "intended_use": "Stretching.",
            "usage_dose": "A minute.",
            "care_instructions": "Wipe.",
            "machine_washable": "no",
            "warranty_months": 12,
            "is_published": True,
            "us_regulation_to_confirm": "none",
            "fsa_hsa_hint": "unknown",
        }
    ],
    "variants": [
        {
            "id": 1,
            "sku": "ST-1",
            "product_id": 1,
            "label": "One size",
            "fingerprint": "",
            "price_cents": 1400,
            "currency": "USD",
            "position": 1,
            "shipping_flag": "none",
        }
    ],
}


def _sales() -> dict[str, Rows]:
    numbered = list(enumerate(STATUSES, 1))
    return {
        "orders": [_order(number, status) for number, status in numbered],
        "order_lines": [_line(number) for number, _ in numbered],
        "order_events": [_event(number, status) for number, status in numbered],
        "payments": [_payment(number) for number, _ in numbered],
        "payment_events": [_message(number, outcome) for number, outcome in enumerate(OUTCOMES, 1)],
        "reservations": [_reservation(number, status) for number, status in numbered],
        "stock_items": [{"variant_id": 1, "on_hand": 8, "reserved": 4, "low_threshold": 5}],
        "stock_movements": _movements(),
    }


def _order(number: int, status: str) -> dict[str, object]:
    return {
        "id": number,
        "code": f"ORDER-{number}",
        "cart_id": number,
        **ADDRESS,
        "delivery_method": "standard",
        "delivery_name": "Standard",
        "currency": "USD",
        "subtotal_cents": 2800,
        "delivery_cents": 595,
        "tax_cents": 102,
        "total_cents": 3497,
        "payment_status": status,
        "needs_attention": "Look at it." if status == "paid" else None,
        "placed_at": PLACED_AT,
        "paid_at": PAID_AT if status == "paid" else None,
    }


def _line(number: int) -> dict[str, object]:
    return {
        "id": 10 + number,
        "order_id": number,
        "variant_id": 1,
        "sku": "ST-1",
        "product_name": "Strap",
        "variant_label": "One size",
        "quantity": 2,
        "unit_price_cents": 1400,
        "currency": "USD",
    }


def _event(number: int, status: str) -> dict[str, object]:
    told = {"actor": "stripe", "before": "open", "after": status, "reason": "told", "created_at": PAID_AT}
    return {"id": 20 + number, "order_id": number, **told}


def _payment(number: int) -> dict[str, object]:
    return {
        "id": 30 + number,
        "order_id": number,
        "idempotency_key": f"order-{number}",
        "session_id": f"cs_test_{number}",
        "payment_intent_id": f"pi_{number}",
        "charge_id": f"ch_{number}",
        "amount_cents": 3497,
        "currency": "USD",
        "is_live": False,
        "success_url": "http://127.0.0.1/return",
        "cancel_url": "http://127.0.0.1/cancel",
        "opened_at": PLACED_AT,
        "expires_at": PAID_AT,
    }


def _message(number: int, outcome: str) -> dict[str, object]:
    about = {"type": "checkout.session.completed", "session_id": f"cs_test_{number}", "outcome": outcome}
    return {"id": 40 + number, "event_id": f"evt_{number}", **about, "received_at": PAID_AT}


def _reservation(number: int, status: str) -> dict[str, object]:
    state = RESERVATIONS.get(status, "released")
    held = {"variant_id": 1, "quantity": 2, "state": state, "created_at": PLACED_AT}
    ended_at = None if state == "active" else PAID_AT
    return {"id": 50 + number, "source": f"ORDER-{number}", **held, "ended_at": ended_at}


def _movements() -> Rows:
    moves = [("received", "seed", 10, 0)]
    for number, status in enumerate(STATUSES, 1):
        moves.append(("reserved", f"ORDER-{number}", 0, 2))
        if status == "paid":
            moves.append(("consumed", f"ORDER-{number}", -2, -2))
        elif status in ("expired", "failed"):
            moves.append(("released", f"ORDER-{number}", 0, -2))
    return [
        {
            "id": 60 + number,
            "variant_id": 1,
            "kind": kind,
            "on_hand_change": on_hand,
            "reserved_change": reserved,
            "reason": kind,
            "actor": "shop",
            "source": source,
            "key": f"{source}:1:{kind}",
            "created_at": PLACED_AT,
        }
        for number, (kind, source, on_hand, reserved) in enumerate(moves)
    ]
