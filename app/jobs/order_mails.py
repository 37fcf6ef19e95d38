"""What the shop writes about orders: who gets it, under which subject, with which facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, render_template
from sqlalchemy.orm import Session

from app.guidance.advice_against import list_advice_against
from app.jobs.mail_facts import CannotBeWritten, require_facts
from app.mail.letter import Letter
from app.money import Money
from app.orders.caution_notices import list_order_notices
from app.orders.models import Order
from app.orders.queries import find_order
from app.outbox.claim import Claim
from app.web.order_links import current_config, order_token

COUNTRIES = {"US": "United States"}


@dataclass(frozen=True)
class MailKind:
    """The subject of a kind of mail, and the facts it needs besides the order."""

    subject: str
    needs: tuple[str, ...] = ()
    is_for_shop: bool = False


KINDS: Mapping[str, MailKind] = {
    "order-confirmed": MailKind("Order {code} is confirmed"),
    "order-delayed": MailKind("Order {code} is paid, and we have to check it"),
    "payment-failed": MailKind("The payment for order {code} did not arrive"),
    "refund-made": MailKind("A refund for order {code} is on its way", ("amount_cents",)),
    "refund-failed": MailKind("The refund for order {code} failed", ("amount_cents",), is_for_shop=True),
    "needs-attention": MailKind("Order {code} needs a person", ("reason",), is_for_shop=True),
}


def write_letter(session: Session, claim: Claim) -> Letter:
    """Write the mail that a message about an order asks for; raises CannotBeWritten."""
    kind = KINDS[claim.kind]
    require_facts(claim, ("order", *kind.needs))
    order = find_order(session, claim.facts["order"])
    if order is None:
        raise CannotBeWritten(f"there is no order {claim.facts['order']}")
    subject = kind.subject.format(code=order.code)
    facts = {"subject": subject, "order": order, "reason": claim.facts.get("reason"), **_facts(order, claim)}
    facts["advice_against"] = list_advice_against(session, order.quantities)
    return Letter(
        key=claim.key,
        to=current_config().shop.email if kind.is_for_shop else order.email,
        subject=subject,
        text=render_template(f"mails/{claim.kind}.txt", **facts),
        html=render_template(f"mails/{claim.kind}.html", **facts),
        written_at=claim.created_at,
    )


def _facts(order: Order, claim: Claim) -> dict[str, object]:
    return {
        "link": order_link(order.code),
        "amounts": _amounts(order),
        "notices": list_order_notices(order),
        "address": _address(order),
        "amount": _refunded(order, claim.facts.get("amount_cents")),
    }


def order_link(code: str) -> str:
    """Return the whole signed address of an order's page, also outside a request."""
    base = urlsplit(current_config().base_url)
    routes = current_app.url_map.bind(base.netloc, url_scheme=base.scheme)
    facts = {"code": code, "token": order_token(code)}
    return routes.build("storefront.orders.show", facts, force_external=True)


def _amounts(order: Order) -> list[tuple[str, Money]]:
    """Return what stands between the lines and the total."""
    amounts = [("Subtotal", order.subtotal)]
    if order.discount_cents:
        name = f"Discount ({order.discount_name})" if order.discount_name else "Discount"
        amounts.append((name, Money(-order.discount_cents, order.currency)))
    return [*amounts, (f"Delivery ({order.delivery_name})", order.delivery), ("Tax", order.tax)]


def _address(order: Order) -> list[str]:
    place = f"{order.city}, {order.region} {order.postal_code}"
    country = COUNTRIES.get(order.country, order.country)
    return [part for part in (order.name, order.line1, order.line2, place, country) if part]


def _refunded(order: Order, cents: str | None) -> Money | None:
    if cents is None:
        return None
    if not (cents.isascii() and cents.isdigit()):
        raise CannotBeWritten("the message does not say an amount in cents")
    return Money(int(cents), order.currency)
