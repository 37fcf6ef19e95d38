"""The shop closed for a while: shoppers read why, payments are still taken, jobs still run."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.config import read_config
from app.factory import create_app
from app.guidance.emergency import EMERGENCY_CARD
from app.orders.models import Order
from app.orders.status import PaymentStatus
from app.session import close_database
from tests.buyer import Buyer, order_code
from tests.foundation.crawl import inline_code
from tests.storefront.reader import Tags

CLOSED = "<h1>We are closed for a short while</h1>"


@pytest.fixture
def shop_settings(shop_settings: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """A folder of its own: what closes one shop closes no other."""
    return {**shop_settings, "DATA_DIR": str(tmp_path)}


def command(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["maintenance", *words])


@pytest.fixture
def closed_client(shop_app: Flask, shop_client: FlaskClient) -> FlaskClient:
    """A browser at a shop that has been closed."""
    assert command(shop_app, "on").exit_code == 0
    return shop_client


@pytest.mark.parametrize("path", ["/", "/products", "/guides/back-pain-warning-signs", "/cart", "/nowhere"])
def test_a_shopper_reads_that_the_shop_is_closed(closed_client: FlaskClient, path: str) -> None:
    answer = closed_client.get(path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "300")
    assert CLOSED in answer.text
    assert EMERGENCY_CARD.title in answer.text
    assert "mailto:hello@plainback.example" in answer.text
    assert answer.headers["X-Request-Id"] in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_page_needs_nothing_but_style_sheets_and_leads_nowhere(closed_client: FlaskClient) -> None:
    page = closed_client.get("/").text
    tags = Tags(page)
    assert inline_code(page) == []
    assert [link["href"] for link in tags.named("a")] == ["mailto:hello@plainback.example"]
    loaded = [link["href"] for link in tags.named("link")]
    assert all(closed_client.get(address, buffered=True).status_code == 200 for address in loaded)


def test_the_page_is_there_without_a_database(tmp_path: Path) -> None:
    nowhere = "postgresql+psycopg://nobody@127.0.0.1:9/nothing"
    app = create_app(read_config({"DATA_DIR": str(tmp_path), "DATABASE_URL": nowhere}))
    assert command(app, "on").exit_code == 0
    answer = app.test_client().get("/products")
    assert (answer.status_code, CLOSED in answer.text) == (503, True)
    close_database(app)


def test_a_form_is_told_how_to_send_what_was_typed_again(shop_app: Flask, shop_client: FlaskClient) -> None:
    form = {"email": "maya@example.com", "message": "Where is my parcel?"}
    command(shop_app, "on")
    answer = shop_client.post("/contact", data=form)
    assert answer.status_code == 503
    assert "load this page again" in answer.text
    command(shop_app, "off")
    assert shop_client.post("/contact", data=form).status_code == 303


def test_a_cart_is_as_it_was_when_the_shop_opens_again(shop_app: Flask, shop_client: FlaskClient) -> None:
    shop_client.post("/cart/items", data={"sku": "FR-DRF-30-TEA", "quantity": "2"})
    before = shop_client.get("/cart").text
    command(shop_app, "on")
    assert shop_client.get("/cart").status_code == 503
    command(shop_app, "off")
    assert shop_client.get("/cart").text == before


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_machines_are_answered_as_ever(closed_client: FlaskClient, path: str) -> None:
    answer = closed_client.get(path)
    assert answer.mimetype == "application/json"


def test_the_commands_may_be_given_twice_and_say_what_holds(shop_app: Flask) -> None:
    said = [
        command(shop_app, word).output.strip().partition(".")[0]
        for word in ("show", "on", "on", "show", "off", "off", "show")
    ]
    is_open, is_closed = "The shop is open", "The shop is closed"
    assert said == [is_open, is_closed, is_closed, is_closed, is_open, is_open, is_open]


@pytest.fixture
def closing(live_app: Flask) -> Iterator[Flask]:
    """The live shop, which is open again at the end."""
    yield live_app
    command(live_app, "off")


def test_a_payment_is_taken_while_the_shop_is_closed(
    closing: Flask, buyer: Buyer, shop_session: Session
) -> None:
    buyer.add("FR-DRF-30-TEA")
    payment_page = buyer.open_payment_page()
    command(closing, "on")
    paid = buyer.pay(payment_page)
    back = buyer.get(paid.headers["Location"])
    assert (back.status_code, "do not pay again" in back.text) == (503, True)
    wait_until_paid(shop_session)
    command(closing, "off")
    page = buyer.get(paid.headers["Location"])
    assert page.ok
    assert order_code(page.text)


def wait_until_paid(session: Session) -> None:
    """Wait for the webhook, which is sent on its own."""
    for _ in range(200):
        session.rollback()
        order = session.scalars(select(Order)).one()
        if order.payment_status is PaymentStatus.PAID:
            return
        time.sleep(0.05)
    raise AssertionError("the webhook was not taken")


def test_jobs_run_while_the_shop_is_closed(shop_settings: dict[str, str], shop_app: Flask) -> None:
    command(shop_app, "on")
    words = [sys.executable, "-m", "flask", "--app", "app.factory", "jobs", "run", "deliver-outbox"]
    done = subprocess.run(words, env={**os.environ, **shop_settings}, capture_output=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, b"No message is due.")
