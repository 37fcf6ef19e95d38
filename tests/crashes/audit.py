"""What must be true when a run is over, by Stripe's books, the shop's books and the mails that were sent."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.db import Base
from app.outbox.models import MessageState
from tests.invariants import find_breaches
from tests.shop_books import ShopBooks, read_shop_books
from tests.stripe_books import StripeBooks

TRADE = frozenset(
    {
        "orders",
        "order_events",
        "payments",
        "payment_events",
        "refunds",
        "refund_lines",
        "reservations",
        "stock_movements",
        "stock_items",
        "outbox_messages",
    }
)
Rows = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True)
class Ending:
    """How a run ended for its buyer: what must not depend on where the shop was killed."""

    charged: tuple[int, ...]
    refunded: tuple[int, ...]
    units_sold: int
    units_returned: int
    mails: tuple[str, ...]


def find_problems(session: Session, stripe: StripeBooks, mails: Path, opening: dict[int, int]) -> list[str]:
    """Return everything that is not as it must be."""
    books = read_shop_books(session)
    return [
        *find_breaches(session, stripe, opening),
        *(f"page {page['id']} is still open" for page in stripe.pages if page["status"] == "open"),
        *_mail_problems(books, mails),
        *(f"{order.code}: there is no timeline" for order in books.orders if not order.events),
    ]


def read_endings(session: Session, stripe: StripeBooks) -> dict[str, Ending]:
    """Return how it ended for each buyer, by address."""
    books = read_shop_books(session)
    emails = {order.email for order in books.orders}
    return {email: _read_ending(books, stripe, email) for email in emails}


def _read_ending(books: ShopBooks, stripe: StripeBooks, email: str) -> Ending:
    orders = [order for order in books.orders if order.email == email]
    codes = {order.code for order in orders}
    paid = [
        page
        for page in stripe.pages
        if page["client_reference_id"] in codes and page["payment_status"] == "paid"
    ]
    refunds = [each for page in paid for each in stripe.refunds_of(page["payment_intent"])]
    return Ending(
        charged=tuple(sorted(page["amount_total"] for page in paid)),
        refunded=tuple(sorted(each["amount"] for each in refunds if each["status"] == "succeeded")),
        units_sold=sum(sum(books.sold_for(order).values()) for order in orders),
        units_returned=sum(sum(books.returned_for(order).values()) for order in orders),
        mails=tuple(sorted(each.kind for each in books.messages if each.facts.get("order") in codes)),
    )


def read_rows(engine: Engine) -> Rows:
    """Return every row that a second run of the jobs must leave as it is."""
    with engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
            if table.name in TRADE
        }


def _mail_problems(books: ShopBooks, mails: Path) -> Iterator[str]:
    for message in books.messages:
        if message.state is not MessageState.SENT:
            yield f"{message.key}: {message.state}, {message.last_error}"
    sent = Counter(_read(path) for path in mails.glob("*.eml"))
    for order in books.orders:
        number = sent[order.email, f"Order {order.code} is confirmed"]
        if number != int(bool(books.sold_for(order))):
            yield f"{order.code}: {number} mails confirm it"


def _read(path: Path) -> tuple[str, str]:
    mail = message_from_bytes(path.read_bytes(), policy=default)
    return str(mail["To"]), str(mail["Subject"])
