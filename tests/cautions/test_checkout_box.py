"""One box says that the cautions were read; it stands beside certain words and asks nothing else."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.guidance.caution_models import CautionVersion
from app.orders.models import Order, OrderLineCaution
from app.storefront.caution_consent import CHANGED, UNREAD
from tests.buyer import ADDRESS, Buyer, hidden
from tests.storefront.checkout_pages import CheckoutAnswer, assert_nothing_placed, fill_in, read_answer
from tests.storefront.reader import Tags, read

BOX = "acknowledge_cautions"
SHOWN = "cautions_shown"
Change = Callable[[str], CautionVersion]


def is_ticked(page: str) -> bool:
    [box] = [field for field in Tags(page).named("input") if field.get("name") == BOX]
    return "checked" in box


def send(client: FlaskClient, form: dict[str, str]) -> CheckoutAnswer:
    return read_answer(client.post("/checkout", data=form))


def test_there_is_one_box_and_it_is_empty(shop_client: FlaskClient) -> None:
    fill_in(shop_client)
    page = read(shop_client, "/checkout")
    boxes = [field for field in Tags(page).named("input") if field.get("type") == "checkbox"]
    assert [box["name"] for box in boxes] == [BOX]
    assert not is_ticked(page)
    assert "I have read who should not use these and who should ask first." in page
    section = page[page.index('id="cautions"') : page.index('class="summary"')]
    assert {field["name"] for field in Tags(section).having("name")} == {BOX, SHOWN}


def test_without_the_tick_the_page_comes_back_with_everything_typed(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    form = fill_in(shop_client, phone="+1 (503) 555-0100")
    form.pop(BOX)
    answer = send(shop_client, form)
    assert answer.status == 422
    assert answer.fields_with_errors() == {BOX}
    assert answer.has_error_beside(BOX)
    assert answer.text.count(UNREAD) == 2
    assert [link for link in answer.tags.named("a") if link.get("href") == f"#{BOX}"]
    assert "Cautions: Please read" in answer.text
    assert all(answer.value_of(name) == form[name] for name in (*ADDRESS, "phone") if name != "country")
    assert_nothing_placed(shop_session)


def test_a_tick_is_kept_when_something_else_is_wrong(shop_client: FlaskClient) -> None:
    page = fill_in(shop_client, postal_code="1")
    form = {**page, SHOWN: hidden(read(shop_client, "/checkout"), SHOWN)}
    answer = send(shop_client, form)
    assert answer.fields_with_errors() == {"postal_code"}
    assert is_ticked(answer.text)


def test_words_that_change_while_the_page_is_open_must_be_read_again(
    shop_client: FlaskClient, shop_session: Session, change_words: Change
) -> None:
    form = fill_in(shop_client)
    form[SHOWN] = hidden(read(shop_client, "/checkout"), SHOWN)
    change_words("W-ROLL")
    answer = send(shop_client, form)
    assert (answer.status, answer.fields_with_errors()) == (422, {BOX})
    assert answer.has_error_beside(BOX)
    assert CHANGED in answer.text
    assert "Beware of a new danger." in answer.text
    assert not is_ticked(answer.text)
    assert answer.value_of("name") == form["name"]
    assert_nothing_placed(shop_session)
    again = {**form, SHOWN: hidden(answer.text, SHOWN)}
    assert send(shop_client, {**again, "postal_code": "1"}).fields_with_errors() == {"postal_code"}


def test_updating_the_totals_takes_out_a_tick_for_other_words(
    shop_client: FlaskClient, change_words: Change
) -> None:
    form = fill_in(shop_client)
    form[SHOWN] = hidden(read(shop_client, "/checkout"), SHOWN)
    assert is_ticked(shop_client.post("/checkout/summary", data=form).text)
    change_words("W-ROLL")
    assert not is_ticked(shop_client.post("/checkout/summary", data=form).text)


def test_goods_added_in_another_window_bring_their_cautions_first(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    form = fill_in(shop_client)
    form[SHOWN] = hidden(read(shop_client, "/checkout"), SHOWN)
    shop_client.post("/cart/items", data={"sku": "HC-TRN-L"})
    assert send(shop_client, form).fields_with_errors() == {BOX}
    assert_nothing_placed(shop_session)


def test_goods_taken_out_in_another_window_need_no_second_reading(shop_client: FlaskClient) -> None:
    shop_client.post("/cart/items", data={"sku": "HC-TRN-L"})
    form = fill_in(shop_client, postal_code="1")
    page = read(shop_client, "/checkout")
    form[SHOWN] = hidden(page, SHOWN)
    assert "W-HEAT" in form[SHOWN]
    gel = read(shop_client, "/cart").partition('data-sku="HC-TRN-L"')[2].partition('action="/cart/items/')[2]
    assert shop_client.post(f"/cart/items/{gel.partition(chr(34))[0]}/remove").status_code == 303
    assert send(shop_client, form).fields_with_errors() == {"postal_code"}


@pytest.mark.usefixtures("no_cautions")
def test_a_cart_without_cautions_asks_for_nothing(shop_client: FlaskClient) -> None:
    form = fill_in(shop_client, postal_code="1")
    form.pop(BOX)
    assert BOX not in read(shop_client, "/checkout")
    assert send(shop_client, form).fields_with_errors() == {"postal_code"}


def test_the_order_keeps_the_words_that_were_read_and_that_they_were(
    buyer: Buyer, shop_session: Session, change_words: Change
) -> None:
    buyer.add("FR-DRF-30-TEA")
    # This client names no words and ticks: it has read those that stand now.
    assert buyer.checkout().status_code == 303
    order = shop_session.scalars(select(Order)).one()
    assert order.cautions_acknowledged_at == order.placed_at
    [line] = order.lines
    assert [each.version.caution.code for each in line.cautions] == ["W-ROLL", "W-ALL"]
    assert [each.position for each in line.cautions] == [1, 2]
    before = [each.caution_version_id for each in line.cautions]
    newer = change_words("W-ROLL")
    assert buyer.checkout().status_code == 303
    shop_session.expire_all()
    first, second = shop_session.scalars(select(Order).order_by(Order.id))
    assert [each.caution_version_id for each in first.lines[0].cautions] == before
    assert [each.caution_version_id for each in second.lines[0].cautions] == [newer.id, before[1]]


def test_the_same_order_is_used_again_while_the_words_stand(buyer: Buyer, shop_session: Session) -> None:
    buyer.add("FR-DRF-30-TEA")
    first, second = buyer.checkout(), buyer.checkout()
    assert first.headers["Location"] == second.headers["Location"]
    assert len(shop_session.scalars(select(Order)).all()) == 1
    assert len(shop_session.scalars(select(OrderLineCaution)).all()) == 2


@pytest.mark.usefixtures("no_cautions")
def test_an_order_without_cautions_says_nothing_of_reading_them(buyer: Buyer, shop_session: Session) -> None:
    buyer.add("FR-DRF-30-TEA")
    assert buyer.checkout(acknowledge_cautions="").status_code == 303
    order = shop_session.scalars(select(Order)).one()
    assert order.cautions_acknowledged_at is None
    assert order.lines[0].cautions == []
