"""What an order keeps of its cautions: the words, and nothing about the person."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import String, Text, func, select
from sqlalchemy.orm import Session

from app.db import Base
from app.guidance.caution_models import CautionVersion
from app.orders.models import Order, OrderLineCaution
from app.orders.services import CautionsChanged, place_order
from app.session import write_transaction
from tests.buyer import Buyer
from tests.cautions.surfaces import GEL, confirmation, in_one_line, order_goods, order_page, words_of
from tests.payments.baskets import basket

Change = Callable[[str], CautionVersion]
MARK = "pregnancy-and-a-pacemaker"


def test_order_page_and_mail_keep_the_words_it_was_placed_under(
    shop_app: Flask, change_words: Change
) -> None:
    order = order_goods(shop_app, {GEL: 1})
    change_words("W-HEAT")
    letter = confirmation(shop_app, order)
    for words in (words_of(order_page(shop_app, order)), words_of(letter.html), in_one_line(letter.text)):
        assert "Heat can push too much medicine into the body" in words
        assert "Beware of a new danger." not in words
    newer = order_goods(shop_app, {GEL: 1})
    assert "Beware of a new danger." in words_of(order_page(shop_app, newer))


def test_refuses_an_order_whose_words_have_changed_since_they_were_read(
    shop_session: Session, change_words: Change
) -> None:
    draft = basket(shop_session, {GEL: 1})
    change_words("W-HEAT")
    with pytest.raises(CautionsChanged), write_transaction(shop_session):
        place_order(shop_session, draft, actor="shopper")
    assert shop_session.scalar(select(func.count()).select_from(Order)) == 0


def test_nothing_is_kept_about_which_circumstance_fits(buyer: Buyer, shop_session: Session) -> None:
    buyer.add(GEL)
    # Whatever a form sends besides the tick is thrown away.
    answer = buyer.checkout(circumstance=MARK, acknowledge_cautions=MARK, cautions_shown="")
    assert answer.status_code == 303
    for table in Base.metadata.sorted_tables:
        texts = [column for column in table.columns if isinstance(column.type, (String, Text))]
        for row in shop_session.execute(select(*texts)) if texts else ():
            assert not any(MARK in str(cell) for cell in row), table.name


def test_a_line_keeps_only_which_words_and_in_which_order() -> None:
    columns = set(OrderLineCaution.__table__.columns.keys())
    assert columns == {"order_line_id", "caution_version_id", "position"}
