"""Nothing of an answer is stored, logged, put in an address or sent anywhere."""

import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, event, text
from werkzeug.datastructures import MultiDict

from app.db import Base
from app.guidance.finder_answers import all_answers
from app.storefront.finder_form import QuestionsForm, SignsForm
from tests.buyer import Buyer
from tests.finder.private_walk import MARK, PRIVATE, RUN, SIGNS, walk
from tests.finder.walks import ask, form_of
from tests.foundation.log_output import LogOutput


def _whole_database(engine: Engine) -> str:
    with engine.connect() as connection:
        return "\n".join(
            f"{table.name}: {row}"
            for table in Base.metadata.sorted_tables
            for row in sorted(map(str, connection.execute(table.select())))
        )


def test_a_walk_leaves_nothing_in_the_log(buyer: Buyer, log_output: LogOutput) -> None:
    walk(buyer)
    assert len(log_output.requests()) == 11
    assert {line["endpoint"] for line in log_output.requests()} == {
        "storefront.finder.check_signs",
        "storefront.finder.results",
    }
    assert [value for value in PRIVATE if value in log_output.text] == []


def test_the_search_of_the_log_would_find_an_answer(buyer: Buyer, log_output: LogOutput) -> None:
    logging.getLogger("anything").debug("somebody answered %s", form_of(RUN))
    assert [value for value in form_of(RUN).values() if value != "none" if value not in log_output.text] == []


def test_a_walk_leaves_nothing_in_the_database(buyer: Buyer, shop_engine: Engine) -> None:
    before = _whole_database(shop_engine)
    watch = walk(buyer)
    after = _whole_database(shop_engine)
    assert len(watch.answers) == 11
    assert after == before
    assert len(after) > 100_000
    assert [value for value in (MARK, *SIGNS) if value in after] == []


def test_the_search_of_the_database_would_find_a_change(buyer: Buyer, shop_engine: Engine) -> None:
    before = _whole_database(shop_engine)
    assert buyer.add("FR-DRF-30-TEA").status_code == 303
    assert _whole_database(shop_engine) != before


def test_a_walk_sets_no_cookie_and_leads_to_no_address(buyer: Buyer) -> None:
    watch = walk(buyer)
    assert buyer.get("/finder").status_code == 200
    assert not buyer.http.cookies
    for answer in watch.answers:
        assert "Set-Cookie" not in answer.headers
        assert "Location" not in answer.headers
        headers = str(sorted(answer.headers.items()))
        assert [value for value in (MARK, *SIGNS, *form_of(RUN).values()) if value in headers] == [
            value for value in ("none",) if value in headers
        ]
    assert {address.removeprefix(buyer.shop) for address in watch.addresses} == {
        "/finder",
        "/finder/results",
    }


def test_the_search_of_cookies_would_find_one(buyer: Buyer) -> None:
    assert "Set-Cookie" in buyer.add("FR-DRF-30-TEA").headers
    assert buyer.http.cookies


def test_no_link_or_form_of_an_answer_page_carries_an_answer(buyer: Buyer) -> None:
    for answer in walk(buyer).answers[:7]:
        addresses = _addresses(answer.text)
        assert addresses
        assert [address for address in addresses if "?" in address and "/static/" not in address] == []
        assert [address for address in addresses for sign in SIGNS if sign in address] == []
        forms = {part.partition('"')[0] for part in answer.text.split(' action="')[1:]}
        assert forms <= {"/finder", "/finder/results", "/search"}


def _addresses(page: str) -> list[str]:
    parts = page.split('href="')[1:] + page.split('action="')[1:] + page.split('src="')[1:]
    return [part.partition('"')[0] for part in parts]


def test_nothing_of_a_page_is_kept_by_caches_search_engines_or_other_sites(buyer: Buyer) -> None:
    for answer in [buyer.get("/finder"), *walk(buyer).answers]:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer")
        assert (answer.headers.get("X-Robots-Tag") == "noindex") is (answer.request.method == "POST")
        if answer.status_code == 200 and "<form" not in answer.text:
            assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """Every statement with its values, on any database."""
    sent: list[str] = []

    def note(
        _connection: Connection, _cursor: object, statement: str, values: object, *_rest: object
    ) -> None:
        sent.append(f"{statement} {values}")

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


def test_the_database_is_asked_the_same_whatever_the_answers_are(
    shop_client: FlaskClient, statements: list[str]
) -> None:
    seen: set[str] = set()
    for answers in list(all_answers())[::37]:
        statements.clear()
        assert ask(shop_client, answers).status_code == 200
        seen.add("\n".join(statements))
    assert len(seen) == 1
    assert "finder_rules" in seen.pop()


def test_a_sign_asks_the_database_nothing(shop_client: FlaskClient, statements: list[str]) -> None:
    shop_client.post("/finder", data={"sign": SIGNS, "country": "us"})
    assert statements == []


@pytest.fixture
def database_without_the_table(shop_engine: Engine) -> Iterator[None]:
    """Reading the products of the table fails."""
    with shop_engine.begin() as connection:
        connection.execute(text("ALTER TABLE finder_products RENAME TO finder_products_away"))
    yield
    with shop_engine.begin() as connection:
        connection.execute(text("ALTER TABLE finder_products_away RENAME TO finder_products"))


def test_a_failure_is_logged_without_the_answers(
    live_app: Flask, database_without_the_table: None, log_output: LogOutput
) -> None:
    answer = live_app.test_client().post("/finder/results", data={**form_of(RUN), "note": MARK})
    assert answer.status_code == 500
    assert "Traceback" in log_output.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert [
        value for value in (MARK, *form_of(RUN).values()) if value != "none" if value in log_output.text
    ] == []


def test_answers_do_not_print_themselves_into_an_error() -> None:
    sent = MultiDict(form_of(RUN) | {"sign": SIGNS[0]})
    printed = f"{RUN!r} {QuestionsForm.read(sent)!r} {SignsForm.read(sent)!r}"
    assert [value for value in (*SIGNS, *form_of(RUN).values()) if value in printed] == []
