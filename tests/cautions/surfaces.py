"""What a person without scripts reads on a page or in a mail, and orders to read about."""

import re
from collections.abc import Mapping
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.catalog.models import Variant
from app.guidance.caution_models import Caution
from app.guidance.caution_queries import list_cautions_for
from app.jobs.order_mails import order_link, write_letter
from app.mail.letter import Letter
from app.orders.models import Order
from app.orders.services import place_order
from app.outbox.claim import Claim
from app.session import get_session, transaction
from tests.payments.baskets import basket

# A gel pack, a belt that guidelines advise against, and a band of latex.
GEL, BELT, LATEX = "HC-TRN-L", "BR-KLH-M", "ST-FLN-MD"
LABELS = ("Do not use it", "Ask first", "Take care")
AGAINST = "Guidelines advise against routine use."


def words_of(html: str) -> str:
    """Return the words of a page's main part, or of a whole mail, with single spaces."""
    main = html.partition("<main")[2].partition("</main>")[0] or html
    bare = re.sub(r"<style>.*?</style>|<[^>]+>", " ", main, flags=re.DOTALL)
    return " ".join(unescape(bare).split())


def fill_cart(client: FlaskClient, *skus: str) -> None:
    """Put one of each into the cart."""
    for sku in skus:
        assert client.post("/cart/items", data={"sku": sku}).status_code == 303


def order_goods(app: Flask, wanted: Mapping[str, int]) -> Order:
    """Place an order of quantities by SKU."""
    with app.app_context(), transaction() as session:
        return place_order(session, basket(session, wanted), actor="shopper")


def order_page(app: Flask, order: Order) -> str:
    """Return the page of an order."""
    with app.app_context():
        link = order_link(order.code)
    answer = app.test_client().get(link)
    assert answer.status_code == 200
    return answer.text


def confirmation(app: Flask, order: Order) -> Letter:
    """Return the mail that confirms an order."""
    claim = Claim(1, "key", "order-confirmed", {"order": order.code}, 1, clock.now())
    with app.app_context():
        return write_letter(get_session(), claim)


def in_one_line(text: str) -> str:
    """Return text with single spaces."""
    return " ".join(text.split())


def find_cautions(session: Session, sku: str) -> list[Caution]:
    """Return the cautions of a SKU, as the database has them now."""
    session.rollback()
    variant_id = session.scalars(select(Variant.id).where(Variant.sku == sku)).one()
    return list_cautions_for(session, [variant_id])[variant_id]
