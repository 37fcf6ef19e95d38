"""A checkout form that cannot be used comes back as it was typed, with what to do beside each field."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.buyer import hidden
from tests.storefront.checkout_pages import SKU, assert_nothing_placed, fill_in, read_answer

TYPED = ("email", "name", "line1", "line2", "city", "region", "postal_code", "phone")
LONGEST = {
    "email": 254, "name": 120, "line1": 120, "line2": 120, "city": 80, "region": 40, "postal_code": 20,
    "phone": 30,
}  # fmt: skip
ATTACK = "\"'><script>alert(1)</script>&amp;{{7*7}}"
LETTERS = [
    "Zoë \N{FOX FACE}", "李小龍", "O\N{RIGHT SINGLE QUOTATION MARK}Neill\N{NON-BREAKING HYPHEN}Å", "مايا",
    "e\u0301", "\u202eabc", "a\u200bb", "\x01\x7f",
]  # fmt: skip
BAD_TEXTS = {
    "email": [
        "", " ", "maya", "maya@", "@example.com", "maya@example", "a b@example.com",
        "\N{FOX FACE}@\N{FOX FACE}", "maya@example.com, eve@example.com", "<maya@example.com>",
    ],
    "name": ["", "   ", "\t\n"],
    "line1": ["", " "],
    "line2": [],
    "city": ["", " "],
    "region": ["", "ZZ", "Bavaria", "O R", "\N{FULLWIDTH LATIN CAPITAL LETTER O}R", "\N{FOX FACE}"],
    "postal_code": ["", "1234", "123456", "ABCDE", "97201-12", "٩٧٢٠١", "97201-12345", "9720l"],
    "country": ["DE", "XX", "us", "United States", ""],
    "phone": ["call me", "+1 503 555 ٣", "503-555-0100 x2"],
    "delivery_method": ["drone", "Standard", "standard express", "0"],
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_TEXTS)
def test_says_beside_the_field_what_is_wrong(
    shop_client: FlaskClient, shop_session: Session, name: str
) -> None:
    good = fill_in(shop_client, line2="Apt. 4", phone="+1 (503) 555-0100")
    longest = LONGEST.get(name, 40)
    for text in [*BAD_TEXTS[name], "é" * (longest + 1), "x" * 20_000]:
        form = {**good, name: text}
        answer = read_answer(shop_client.post("/checkout", data=form))
        assert (answer.status, answer.fields_with_errors()) == (422, {name}), text
        assert answer.has_error_beside(name), text
        for each in TYPED:
            assert answer.value_of(each) == " ".join(form[each].split()), text
    assert_nothing_placed(shop_session)


def test_says_everything_that_is_missing(shop_client: FlaskClient, shop_session: Session) -> None:
    token = fill_in(shop_client)["csrf_token"]
    answer = read_answer(shop_client.post("/checkout", data={"csrf_token": token}))
    assert answer.status == 422
    wanted = {"email", "name", "line1", "city", "region", "postal_code"}
    assert answer.fields_with_errors() >= wanted
    assert all(answer.has_error_beside(name) for name in wanted)
    links = {each["href"] for each in answer.tags.named("a") if each.get("href", "").startswith("#")}
    assert {f"#{name}" for name in wanted} <= links
    assert_nothing_placed(shop_session)


def test_shows_typed_markup_as_text(shop_client: FlaskClient, shop_session: Session) -> None:
    good = fill_in(shop_client)
    for name in TYPED:
        # The ZIP code is wrong in any case, so that nothing is placed.
        answer = read_answer(shop_client.post("/checkout", data={**good, "postal_code": "1", name: ATTACK}))
        assert answer.status == 422
        assert "<script>alert" not in answer.text
        assert answer.value_of(name) == ATTACK
    assert_nothing_placed(shop_session)


def test_keeps_letters_of_every_script(shop_client: FlaskClient) -> None:
    good = fill_in(shop_client)
    for text in LETTERS:
        form = {**good, "name": text, "city": text, "postal_code": "1"}
        answer = read_answer(shop_client.post("/checkout", data=form))
        assert answer.fields_with_errors() == {"postal_code"}
        assert (answer.value_of("name"), answer.value_of("city")) == (text, text)


def test_reads_bytes_that_are_no_text(shop_client: FlaskClient, shop_session: Session) -> None:
    token = fill_in(shop_client)["csrf_token"]
    body = f"csrf_token={token}&email=%FF%FE&name=%ED%A0%80&city=\xff&=&&%zz=%zz&region=%".encode("latin-1")
    answer = shop_client.post("/checkout", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert_nothing_placed(shop_session)


def test_refuses_a_character_that_no_person_types(shop_client: FlaskClient, shop_session: Session) -> None:
    good = fill_in(shop_client)
    for name in [*TYPED, "country", "delivery_method", "csrf_token", "unknown", "unknown\0"]:
        assert shop_client.post("/checkout", data={**good, name: "a\0b"}).status_code == 400, name
    assert_nothing_placed(shop_session)


def test_a_stale_page_comes_back_with_what_was_typed(shop_client: FlaskClient, shop_session: Session) -> None:
    good = fill_in(shop_client)
    for token in ("", "wrong", "\N{FOX FACE}", "x" * 10_000):
        answer = read_answer(shop_client.post("/checkout", data={**good, "csrf_token": token}))
        assert answer.status == 422
        assert "This page was open for a long time." in answer.text
        assert answer.value_of("name") == "Maya Lindqvist"
        assert hidden(answer.text, "csrf_token") != token
    assert_nothing_placed(shop_session)


def test_a_form_of_another_site_is_refused(shop_client: FlaskClient, shop_session: Session) -> None:
    form = fill_in(shop_client)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        assert shop_client.post("/checkout", data=form, headers=headers).status_code == 403
    assert_nothing_placed(shop_session)


def test_a_form_that_is_too_large_is_refused(shop_client: FlaskClient, shop_session: Session) -> None:
    assert shop_client.post("/checkout", data=fill_in(shop_client, name="x" * 300_000)).status_code == 413
    assert_nothing_placed(shop_session)


@pytest.mark.parametrize(
    ("name", "text"), [("region", ATTACK), ("delivery_method", "drone"), ("country", "XX")]
)
def test_the_summary_puts_up_with_anything(shop_client: FlaskClient, name: str, text: str) -> None:
    form = fill_in(shop_client, **{name: text})
    answer = shop_client.post("/checkout/summary", data=form)
    assert answer.status_code == 200
    assert answer.text.count("<script>alert") == 0
    assert shop_client.get("/cart").text.count(f'data-sku="{SKU}"') == 1
